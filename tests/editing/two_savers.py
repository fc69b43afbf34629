"""Two threads, each with a connection of its own, act on one case or article at the same moment.

Run by test_concurrency in a process of its own with DATABASE_URL set; prints a JSON object
{"outcomes": [...], "title": …, "version": …, "published": …, "kept": drafts of the article}.
"""

import json
import os
import sys
import threading

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings above
from django.db import connection  # noqa: E402

from cases.content import from_json  # noqa: E402
from cases.editing.archiving import delete_case  # noqa: E402
from cases.editing.drafts import Conflict, write_draft  # noqa: E402
from cases.editing.importing import drafts_from_article, parse_article, receive_article  # noqa: E402
from cases.editing.merging_words import merge_words  # noqa: E402
from cases.editing.permissions import NotAllowed  # noqa: E402
from cases.editing.preview_links import make_link  # noqa: E402
from cases.editing.review.comments import comment_on  # noqa: E402
from cases.editing.review.steps import submit_for_review  # noqa: E402
from cases.editing.saving import save_content  # noqa: E402
from cases.editing.unsaved import keep_typed  # noqa: E402
from cases.editing.workflow import publish_case  # noqa: E402
from cases.models import (  # noqa: E402
    Alias,
    Case,
    DraftSave,
    PublishedCase,
    ReviewComment,
    SourceText,
    UnsavedText,
)
from tests.builders import make_case, make_content, make_publisher  # noqa: E402

TABS = {"甲的修改": "the-first-tab", "乙的修改": "the-second-tab"}
SAME = make_content(title="一个新案例")


def act(action, name, case, by, start, outcomes):
    try:
        start.wait()
        if action == "save":
            write_draft(make_content(title=name), by=by, case=case)
        elif action == "save typed":  # from one tab each, as the form does
            save_content(make_content(title=name), by=by, case=case, version=case.version, token=TABS[name], step=5)
        elif action == "save again":  # one tab, its button pressed twice
            save_content(SAME, by=by, case=None, version=None, token=TABS["甲的修改"])
        elif action == "autosave":  # that comes late: the tab has pressed the button since
            kept = keep_typed(by=by, case=case, token=TABS["甲的修改"], step=4, typed={"title": "打了一半"})
            outcomes.append(kept.state)
            return
        elif action == "submit":
            submit_for_review(case, by=by)
        elif action == "delete":
            delete_case(case, by=by)
        elif action == "comment":
            comment_on(case, by=by, text=name)
        elif action == "share":
            make_link(case, by=by, hours=24)
        elif action == "merge":
            merge_words(Alias(kind="tag", old="治超", new=name), by=by)
        elif action == "keep":  # an article of which there is no draft
            article = SourceText.objects.get()
            if not drafts_from_article(article, [(parse_article(article), None)], known=0, by=by):
                raise Conflict
        else:
            publish_case(case, by=by)
        outcomes.append("won")
    except (Conflict, NotAllowed):
        outcomes.append("told")
    except Exception as error:
        outcomes.append(repr(error))
    finally:
        connection.close()


def main(first, second):
    call_command("migrate", verbosity=0)
    publisher = make_publisher()
    case = make_case(by=publisher)
    was = case.title
    receive_article("", "漯河市：把窗口搬进园区".encode(), by=publisher)
    start, outcomes = threading.Barrier(2), []
    threads = [
        threading.Thread(target=act, args=(action, name, Case.objects.get(pk=case.pk), publisher, start, outcomes))
        for action, name in ((first, "甲的修改"), (second, "乙的修改"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = Case.objects.filter(pk=case.pk).first() or Case(title="", version=-1, stage="deleted")
    published = list(PublishedCase.objects.values_list("title", flat=True))
    result = {"outcomes": sorted(outcomes), "title": case.title, "version": case.version, "published": published}
    result["unsaved"] = UnsavedText.objects.filter(typed__isnull=False).count()
    result["replaced"] = [(save.version, from_json(save.content).title) for save in DraftSave.objects.order_by("pk")]
    result["cases"], result["stage"] = Case.objects.count(), case.stage
    result["was"] = was
    result["comments"], result["aliases"] = ReviewComment.objects.count(), Alias.objects.count()
    result["kept"] = SourceText.objects.get().case_set.count()
    print(json.dumps(result))


main(*sys.argv[1:])
