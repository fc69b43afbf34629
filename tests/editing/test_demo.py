import os
import subprocess
import sys
from pathlib import Path

import pytest

from cases.editing import demo
from cases.editing.demo import StillNeeded, demo_accounts, load_demo, remove_demo
from cases.editing.permissions import may
from cases.editing.pictures import pictures_folder
from cases.editing.vocabulary import load_vocabulary
from cases.editing.workflow import withdraw_case
from cases.models import Case, Publication, PublishedCase, Revision, Tag, User
from cases.search.query import search
from tests.builders import make_case, make_content, make_published_case, make_publisher

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def few(monkeypatch, tmp_path):
    """The first three files of the demo, and the vocabulary they need."""
    load_vocabulary()
    for path in sorted(demo.FOLDER.glob("*.json"))[:3]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(demo, "FOLDER", tmp_path)


@pytest.mark.usefixtures("few")
def test_the_demo_is_published_marked_and_has_covers():
    count = load_demo()

    cases = list(PublishedCase.objects.all())
    assert (count, len(cases)) == (3, 3)
    assert all(case.is_demo for case in cases)
    assert {case.cover for case in cases} == {path.name for path in pictures_folder().iterdir()}


def test_where_one_may_log_in_a_case_waits_at_each_stage_for_others_to_play(settings, monkeypatch, tmp_path):
    settings.DEMO_LOGINS = True
    load_vocabulary()
    for path in sorted(demo.FOLDER.glob("*.json"))[:6]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(demo, "FOLDER", tmp_path)

    load_demo()

    stages = list(Case.objects.order_by("pk").values_list("stage", flat=True))
    assert stages == ["draft", "returned", "first_review", "second_review", "final_review", "approved"]
    assert not any("（示例：" in str(case.body) for case in PublishedCase.objects.all())
    players = {name: User.objects.get(username=f"demo-{name}") for name in ("first", "second", "publisher")}
    first, second, final = Case.objects.order_by("pk")[2:5]
    assert [may(players["first"], "approve", first), may(players["second"], "approve", second)] == [True, True]
    assert may(players["publisher"], "approve", final)
    assert (remove_demo(), Case.objects.count()) == (6, 0)


@pytest.mark.usefixtures("few")
def test_loading_again_leaves_what_is_there_alone():
    load_demo()
    case = Case.objects.order_by("pk").first()
    withdraw_case(case, by=make_publisher(), reason="试一试")

    assert (load_demo(), PublishedCase.objects.count()) == (0, 2)


@pytest.mark.usefixtures("few")
def test_the_accounts_exist_only_where_they_may_log_in(settings, client):
    settings.DEMO_LOGINS = False
    load_demo()
    without = User.objects.filter(is_demo=True).count()
    settings.DEMO_LOGINS = True
    load_demo()

    assert without == 0
    names = [name for name, *_rest in demo_accounts()]
    assert [name for name in names if client.login(username=name, password=demo.PASSWORD)] == names


@pytest.mark.usefixtures("few")
def test_removing_takes_all_of_the_demo_and_nothing_else():
    mine = make_published_case(make_content(title="真实案例", tags=("真实标签",)))
    load_demo()

    assert remove_demo() == 3

    assert list(Case.objects.values_list("pk", flat=True)) == [mine.pk]
    assert [model.objects.count() for model in (PublishedCase, Revision, Publication)] == [1, 1, 1]
    assert list(Tag.objects.values_list("name", flat=True)) == ["真实标签"]
    assert User.objects.filter(username__startswith="demo-").count() == 0
    assert list(pictures_folder().iterdir()) == []
    assert [case.pk for case in search("真实")] == [mine.pk]
    assert search("示例").count() == 0


@pytest.mark.usefixtures("few")
def test_an_account_that_wrote_real_cases_is_closed_instead(client):
    load_demo()
    editor = User.objects.get(username="demo-editor")
    case = make_case(by=editor)

    remove_demo()

    closed = User.objects.get(username="demo-editor")
    assert (closed.is_active, closed.is_staff, closed.is_demo, closed.has_usable_password()) == (False,) * 4
    assert Case.objects.get().created_by == case.created_by


@pytest.mark.usefixtures("few")
def test_nothing_is_removed_while_a_real_case_leads_to_the_demo():
    load_demo()
    publisher = make_publisher()
    real = make_published_case(by=publisher).case
    withdraw_case(real, by=publisher, reason="合并", redirect_to=Case.objects.filter(is_demo=True).first())

    with pytest.raises(StillNeeded):
        remove_demo()

    assert Case.objects.filter(is_demo=True).count() == 3


def test_the_demo_can_be_removed_where_its_accounts_are_refused(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "a secret of this test that is long enough to be one, and random: 8f3k2",
        "ALLOWED_HOSTS": "www.example.gov.cn",
    }

    def manage(*arguments, debug):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env={**environment, "DEBUG": debug}, capture_output=True, text=True)

    manage("migrate", "--verbosity", "0", debug="1")
    manage("shell", "-c", "from cases.editing.demo import _make_accounts; _make_accounts()", debug="1")

    assert manage("check", debug="0").returncode == 1
    assert manage("load_demo", "--remove", debug="0").returncode == 0
    assert manage("check", debug="0").returncode == 0
