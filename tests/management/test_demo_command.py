import pytest
from django.core.management import call_command

from cases.editing import demo
from cases.editing.vocabulary import load_vocabulary
from cases.models import Case
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_case(monkeypatch, tmp_path):
    load_vocabulary()
    path = demo.FOLDER / "demo-luohe-transport.json"
    (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(demo, "FOLDER", tmp_path)


def said(capsys, **options):
    capsys.readouterr()
    call_command("load_demo", **options)
    return capsys.readouterr().out.splitlines()


def test_the_log_ins_are_told_each_time(capsys):
    log_ins = [
        "演示编辑：用户名 demo-editor，密码 casebook-demo",
        "演示初审：用户名 demo-first，密码 casebook-demo",
        "演示复审：用户名 demo-second，密码 casebook-demo",
        "演示终审：用户名 demo-publisher，密码 casebook-demo",
        "演示管理员：用户名 demo-keeper，密码 casebook-demo",
        "演示读者：用户名 demo-reader，密码 casebook-demo",
        "演示超级用户：用户名 demo-admin，密码 casebook-demo",
    ]

    assert said(capsys, once=True) == ["已载入 1 个示例案例", *log_ins]
    assert said(capsys, once=True) == log_ins


def test_a_demo_that_was_removed_does_not_come_back_by_itself(capsys):
    call_command("load_demo", once=True)

    assert said(capsys, remove=True) == ["已清除 1 个示例案例和全部演示账号"]
    assert said(capsys, once=True) == []
    assert Case.objects.count() == 0


def test_a_database_with_accounts_of_its_own_gets_no_demo(capsys):
    make_user()

    assert said(capsys, once=True) == []
