import pytest

from cases.presenting.policies import read_policy

NAME = "《优化营商环境条例》"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NAME, "优化营商环境条例"),
        (NAME, " 《优化营商 环境条例》 "),
        (NAME, "《優化營商環境條例》"),
        ("《办事指南（试行）》", "《办事指南(试行)》"),
        ("《ＡＩ审批办法》", "《ai审批办法》"),
        ("《关于印发〈工作规则〉的通知》", "《关于印发<工作规则>的通知》"),
        ("《通知》（国办发〔2020〕1号）", "《通知》(国办发[2020]1号)"),
    ],
)
def test_names_that_differ_in_signs_alone_are_one_document(one, other):
    assert read_policy(one).key == read_policy(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《办事指南》", "《办事指南（试行）》"),
        ("《办事指南（2021年版）》", "《办事指南（2023年版）》"),
        ("《办事指南》", "《办事指南（2023年版）》"),
        ("《通知》（国办发〔2020〕1号）", "《通知》（国办发〔2020〕2号）"),
        ("《漯河市办事指南》", "《办事指南》"),
        ("《A+B办法》", "《AB办法》"),
    ],
)
def test_what_may_be_two_documents_is_two(one, other):
    assert read_policy(one).key != read_policy(other).key


@pytest.mark.parametrize(
    "version",
    [
        "《办事指南（试行）》",
        "《办事指南（2023年版）》",
        "《办事指南》（漯政办〔2023〕5号）",
        "《办事指南（2023年修订）》",
    ],
)
def test_versions_of_a_document_are_akin(version):
    assert read_policy(version).stem == "办事指南"


@pytest.mark.parametrize("text", ["", "  ", "《》", "——", "。"])
def test_a_line_without_a_name_names_nothing(text):
    assert read_policy(text) is None


@pytest.mark.parametrize("text", ["《" + "甲+" * 149 + "》", "a/b?c#d", "%00", "../x", "．．"])
def test_a_key_fits_an_address_and_its_column(text):
    read = read_policy(text)

    assert read is None or (0 < len(read.key) <= 310 and not set(read.key) & set("/?#%. \0"))
