import json

import pytest
from django.core.management import CommandError, call_command

from cases.content import to_json
from cases.exporting.exchange import exchange_record
from cases.models import Case, PublishedCase, User
from tests.builders import make_content, make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


def jsonl(path, *lines):
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return str(path)


def test_bad_lines_are_reported_by_number_and_the_rest_is_imported(tmp_path, capsys):
    good, twice = make_content(), make_content()
    path = jsonl(
        tmp_path / "cases.jsonl",
        exchange_record("a", good),
        b'{"title": broken',
        {"id": "b", "region": "999999"},
        exchange_record("a", twice),
        b"",
        exchange_record("c", make_content()),
    )

    with pytest.raises(CommandError, match="3 行没有完全导入"):
        call_command("import_cases", path, publish=True)

    printed = capsys.readouterr()
    assert printed.out == "新建 2 个，更新 0 个，未变 0 个；发布 2 个\n"
    assert printed.err.splitlines() == [
        "第 2 行：不是完整的 JSON（第 11 个字符处）",
        "第 3 行：region：词表里没有“999999”",
        "第 4 行：id“a”在前面第 1 行已出现",
    ]
    assert sorted(Case.objects.values_list("external_id", flat=True)) == ["a", "c"]
    assert PublishedCase.objects.get(external_id="a").content == good


def test_importing_twice_does_no_harm(tmp_path, capsys):
    path = jsonl(tmp_path / "cases.jsonl", exchange_record("a", make_content()), to_json(make_content()))
    call_command("import_cases", path, publish=True)
    capsys.readouterr()

    call_command("import_cases", path, publish=True)

    assert capsys.readouterr().out == "新建 0 个，更新 0 个，未变 2 个；发布 0 个\n"


def test_commands_act_as_the_system_account_that_cannot_log_in(tmp_path):
    call_command("import_cases", jsonl(tmp_path / "cases.jsonl", to_json(make_content())))

    system = User.objects.get(username="system")
    assert (Case.objects.get().created_by, system.has_usable_password()) == (system, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["import_cases", "nowhere.jsonl"], "无法读取 nowhere.jsonl"),
        (["import_cases", "nowhere.jsonl", "--by", "谁"], "没有名为“谁”的账号"),
        (["export_cases", "city=411100"], "条件“city=411100”应写作"),
        (["export_cases", "region=000000"], "没有代码为“000000”的行政区划"),
        (["export_cases", "year=今年"], "年份“今年”应是四位数字"),
        (["export_cases", "year=2024", "--drafts"], "不能加条件"),
    ],
)
def test_wrong_arguments_give_one_clear_line(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command(*arguments)


def exported(capsys, *filters, **options):
    capsys.readouterr()
    call_command("export_cases", *filters, **options)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_is_exported_can_be_imported_and_is_the_same(tmp_path, capsys):
    make_published_case(region=make_region(), tags=("治超",))
    records = exported(capsys)

    path = jsonl(tmp_path / "cases.jsonl", *records)
    call_command("import_cases", path)

    assert exported(capsys) == records
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "condition",
    ["region=410000", "department=transport", "theme=logistics-transport", "tag=治超", "year=2021"],
)
def test_export_can_be_narrowed(condition, capsys):
    wanted = make_published_case(
        region=make_region("411100"),
        department=make_department(),
        themes=[make_theme()],
        tags=("治超",),
        published_at=make_content().published_at.replace(year=2021),
    )
    make_published_case(region=make_region("310115"), tags=("别的",))

    assert [record["id"] for record in exported(capsys, condition)] == [f"case-{wanted.pk}"]


def test_drafts_are_exported_only_when_asked_for(capsys):
    published = make_published_case()
    from tests.builders import make_case

    draft = make_case()

    assert [record["id"] for record in exported(capsys)] == [f"case-{published.pk}"]
    assert [record["id"] for record in exported(capsys, drafts=True)] == [f"case-{published.pk}", f"case-{draft.pk}"]
