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

from cases.editing.drafts import Conflict, write_draft  # noqa: E402
from cases.editing.importing import drafts_from_article, parse_article, receive_article  # noqa: E402
from cases.editing.workflow import publish_case  # noqa: E402
from cases.models import Case, PublishedCase, SourceText  # noqa: E402
from tests.builders import make_case, make_content, make_publisher  # noqa: E402


def act(action, name, case, by, start, outcomes):
    try:
        start.wait()
        if action == "save":
            write_draft(make_content(title=name), by=by, case=case)
        elif action == "keep":  # an article of which there is no draft
            article = SourceText.objects.get()
            if not drafts_from_article(article, [(parse_article(article), None)], known=0, by=by):
                raise Conflict
        else:
            publish_case(case, by=by)
        outcomes.append("won")
    except Conflict:
        outcomes.append("told")
    except Exception as error:
        outcomes.append(repr(error))
    finally:
        connection.close()


def main(first, second):
    call_command("migrate", verbosity=0)
    publisher = make_publisher()
    case = make_case(by=publisher)
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
    case.refresh_from_db()
    published = list(PublishedCase.objects.values_list("title", flat=True))
    result = {"outcomes": sorted(outcomes), "title": case.title, "version": case.version, "published": published}
    result["kept"] = SourceText.objects.get().case_set.count()
    print(json.dumps(result))


main(*sys.argv[1:])
