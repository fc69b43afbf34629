"""The columns of a sheet of cases: what each is called, what may stand in it, and what its text becomes.

A cell becomes a value of the exchange format and is read by the readers of that format, so a sheet can hold nothing
that a line of cases.jsonl could not.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override

from cases.content import gettext_noop, moment_text
from cases.editing.sheet_words import BadCell, SheetWords
from cases.models.draft import Origin
from cases.models.fields import parse_typed_moment
from cases.strict_json import shown
from cases.tagging import tags_from_text

BODY, IDENTITY = "body", "id"  # columns that are no field of a case


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `title` and `help` are translatable; `names` are others it is known by."""

    field: str
    title: str
    help: str
    example: str = ""
    names: tuple[str, ...] = ()

    def all_names(self) -> tuple[str, ...]:
        """What may stand at its head: its title in each language, as a sheet may be filled in by somebody else."""
        titles = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                titles.append(gettext(self.title))
        return (*titles, self.field, *self.names)


COLUMNS = (
    Column(
        "id", gettext_noop("编号"), gettext_noop("可不填。填了就按它认出同一个案例，再次导入不会重复。"), "lh-2024-001"
    ),
    Column(
        "title",
        gettext_noop("标题"),
        gettext_noop("必填。"),
        gettext_noop("漯河：一个窗口办成一件事"),
        (gettext_noop("案例标题"),),
    ),
    Column("subtitle", gettext_noop("副标题"), ""),
    Column(
        "published_at",
        gettext_noop("原文发布时间"),
        gettext_noop("2023-12-18 或 2023-12-18 10:41，也可以是日期格式的单元格。"),
        "2023-12-18",
        (gettext_noop("发布时间"), gettext_noop("发布日期")),
    ),
    Column("source_name", gettext_noop("来源"), gettext_noop("最先发布的网站或报刊。"), gettext_noop("漯河日报")),
    Column(
        "source_url",
        gettext_noop("原文链接"),
        gettext_noop("以 http:// 或 https:// 开头。"),
        "https://www.example.gov.cn/a",
    ),
    Column(
        "origin",
        gettext_noop("原创或转载"),
        gettext_noop("填“原创”或“转载”，不填是转载。"),
        gettext_noop("转载"),
        (gettext_noop("性质"),),
    ),
    Column("author", gettext_noop("作者"), ""),
    Column("responsible_editor", gettext_noop("责任编辑"), ""),
    Column(
        "region",
        gettext_noop("行政区划"),
        gettext_noop("名称或六位代码；有同名的写上级，如“河南省漯河市”。"),
        gettext_noop("河南省漯河市"),
        (gettext_noop("城市"), gettext_noop("地区"), gettext_noop("区划代码")),
    ),
    Column(
        "department", gettext_noop("部门"), gettext_noop("部门词表里的名称、别名或标识。"), gettext_noop("交通运输局")
    ),
    Column("organization", gettext_noop("实施单位"), gettext_noop("单位全称。"), gettext_noop("漯河市交通运输局")),
    Column(
        "themes",
        gettext_noop("主题"),
        gettext_noop("主题词表里的名称或标识，几个用顿号分开。"),
        gettext_noop("交通物流"),
    ),
    Column("tags", gettext_noop("标签"), gettext_noop("几个用顿号分开。"), gettext_noop("治超、一件事")),
    Column("summary", gettext_noop("摘要"), gettext_noop("编辑写的一两句话。")),
    Column(
        BODY,
        gettext_noop("正文"),
        gettext_noop("整篇文章，照平常的写法：一、二、三、是举措，一是二是三是具体措施；导入时自动拆开，找出指标。"),
        gettext_noop("近年来……\n一、办得快。一是减环节。全年建成便民站点18个。二是减材料。能共享的不再提交。"),
        (gettext_noop("内容"), gettext_noop("全文")),
    ),
    Column("policies", gettext_noop("政策文件"), gettext_noop("每行一个（单元格里用 Alt+回车换行）。")),
    Column("honours", gettext_noop("荣誉"), gettext_noop("每行一个。")),
)


def value_of(field: str, text: str, words: SheetWords) -> object:
    """What the exchange format has for the text of a cell. Raises BadCell."""
    match field:
        case "published_at":
            return _moment(text)
        case "origin":
            return _origin(text)
        case "region":
            return words.region(text)
        case "department":
            return words.department(text)
        case "themes":
            return words.themes(text)
        case "tags":
            return tags_from_text(text)
        case "policies" | "honours":
            return [line.strip() for line in text.split("\n") if line.strip()]
    return text


def _moment(text: str) -> str:
    try:
        moment = parse_typed_moment(text)
    except ValidationError as error:
        raise BadCell(gettext_noop("“%(value)s”不是日期。%(why)s"), value=shown(text), why=error.messages[0]) from None
    return moment_text(moment) if moment else ""


def _origin(text: str) -> str:
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, label in Origin.choices:
                if text in (value, str(label)):
                    return str(value)
    raise BadCell(gettext_noop("“%(value)s”不认识，请填“原创”或“转载”"), value=shown(text))
