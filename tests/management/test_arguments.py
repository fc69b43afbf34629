"""Wrong arguments are told in one line of Chinese, on the command line and to whoever calls a command."""

import pytest
from django.core.management import CommandError, call_command

from tests.test_settings import manage

WRONG = {
    ("check_links", "--most", "abc"): "--most 应为整数，不能是 abc",
    ("check_links", "--most"): "--most 后面缺少内容",
    ("check_links", "--by"): "--by 后面缺少内容",
    ("check_links", "x", "y"): "不认识 x y",
    ("check_links", "-v", "7"): "-v/--verbosity 只能是 0, 1, 2, 3，不能是 7",
    ("parse_articles",): "缺少 PATH",
    ("count_views", "--log"): "--log 后面缺少内容",
    ("prune_audit",): "缺少 --before, --to",
    ("prune_audit", "--before", "去年", "--to", "x"): "--before 应为日期，如 2026-05-01，不能是 去年",
    ("load_demo", "--once=1"): "--once 后面不带内容",
    ("check_links", "--v", "1"): "--v 可能是 --version, --verbosity，请写全",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_arguments_are_told_in_chinese_to_who_calls_the_command(arguments):
    with pytest.raises(CommandError) as caught:
        call_command(*arguments)

    assert str(caught.value) == f"参数不对：{WRONG[arguments]}。加 --help 查看用法"


@pytest.mark.parametrize("arguments", [("check_links", "--most", "abc"), ("parse_articles",)])
def test_on_the_command_line_they_end_it_with_2_and_one_line(arguments):
    done = manage(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"参数不对：{WRONG[arguments]}。加 --help 查看用法\n"
