"""Bodies named in a text: 焦作市交通运输局, 国网亳州供电公司, 市局, 我院."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cases.parsing.lexicon import Lexicon
from cases.parsing.places import Mention, lineage
from cases.parsing.result import Words

_ENDINGS = (
    "人力资源和社会保障局|(?<![布格破开])局(?![面势部限])|委员会|委(?![托派])|办公室|中心|法院|检察院|供电公司|公司|海关|管委会|管理委员会|支队|大队|总队|银行|分行|支行|工商联|商会|协会|集团|厅|署|联合会|街道办事处|"
    "总工会|工会|妇联|侨联|科协|贸促会|公证处|管理处|服务处|事务所|研究院|报社|总站|税务(?!局|分局|所)|供电所|供电局"
)
_GENERIC = re.compile(
    rf"(?:(?!一家|某|市委|县委|区委|省委|州委|党委|的|在|把|将|对|以|让|为|是|与|等|坚持|聚焦|围绕|立足|紧扣|"
    rf"通过|创新|持续|深化|推进|推动|全力|积极|结合|组织|联合|全面|着力|率先|出台|"
    rf"印发)[\u4e00-\u9fff]){{1,16}}?(?:{_ENDINGS})(?![\u4e00-\u9fff]{{0,2}}部门)"
)
_POLICE_UNIT = re.compile(
    r"(?:交通?警察?支队|交警支队|交警大队|出入境管理支队|经侦支队|特警支队|[\u4e00-\u9fff]{2,4}分局)"
)
_BOARD = re.compile("管委会|管理委员会")
_BRANCH = re.compile(r"分行|支行|中心支行|分公司|海关|海事局|车站|机场")
_COUNCIL = re.compile(r"(?:人民政府|市委|县委|区委|省委|州委|政府|党委)")
_PREFIX = re.compile(
    r"(?:中国（[\u4e00-\u9fff]{2,3}）自由贸易试验区|国家税务总局|国网|南方电网|(?:中国)?人民银行|人行|建行|工行|农行|中行|交行|"
    r"邮储银行|农商行|"
    r"国家金融监督管理总局|中共|国家统计局|"
    r"中国邮政集团(?:有限)?公司|中国移动|中国电信|中国联通|中华人民共和国|国家外汇管理局|(?:中国)?(?:工商|"
    r"农业|建设|邮政储蓄|农业发展|进出口)银行|(?:中国|交通)银行|中国铁塔|中国石油|中国石化)$"
)
_PREFIX_ENDS = frozenset("区局网行共司动信通国塔油化")  # what every branch of _PREFIX and _STATE ends with
_STATE = re.compile(r"(?:国网)?(?:[\u4e00-\u9fff]{2,3}省?)?电力(?:有限)?公司$")
# The character comes first, so that a search skips to it.
_RELATIVE = re.compile(
    r"[市县区省州旗](?=[\u4e00-\u9fff])"
    r"(?:(?<![\u4e00-\u9fff][市县区省州旗])|(?<=[，。；：、“（由在与和向经让被从该我][市县区省州旗]))"
)


class Body(NamedTuple):
    """A body named at `text[start:end]`."""

    start: int
    end: int
    name: str  # plain, as written
    codes: tuple[str, ...]  # of the division it serves; () for a relative form (市局)
    slug: str  # kind of office, "" when unknown
    level: str = ""  # 市, 县 … of a relative form


def find_bodies(text: str, mentions: Sequence[Mention], words: Words) -> list[Body]:
    """Every body named with one of the divisions mentioned in the text, or relative to one (市交通运输局)."""
    found = []
    for mention in mentions:
        body = _after_place(text, mention, words)
        if body:
            found.append(body)
    taken = [(body.start, body.end) for body in found]
    for match in _RELATIVE.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        stem = _stem(text, match.end(), words)
        if stem:
            end, slug = stem
            found.append(Body(match.start(), end, text[match.start() : end], (), slug, match[0]))
    return sorted(found, key=lambda body: body.start)


def _after_place(text: str, mention: Mention, words: Words) -> Body | None:
    end = mention.end
    if (
        text.startswith(("市", "县", "区", "省"), end)
        and not text.startswith("市场", end)
        and _stem(text, end + 1, words)
    ):
        end += 1  # 漯河 市交通运输局
    stem = _stem(text, end, words)
    if stem is None or (_COUNCIL.match(text, end) and not text.startswith("政府采购", end)):
        return None
    start = mention.start
    if text[start - 1 : start] in _PREFIX_ENDS:
        before = text[max(0, start - 16) : start]
        prefix = _PREFIX.search(before) or _STATE.search(before)
        start -= len(prefix[0]) if prefix else 0
    return Body(start, stem[0], text[start : stem[0]], mention.codes, stem[1])


def _stem(text: str, start: int, words: Words) -> tuple[int, str] | None:
    """Where the name of an office that starts here ends, and its kind; None when there is no office."""
    known = _offices(words).at(text, start)
    best = (start + len(known[0]), known[1]) if known else None
    generic = _GENERIC.match(text, start, start + 26)
    if best is not None and (generic is None or generic.end() <= best[0] or len(text[start : best[0]]) >= 3):
        end, slug = best
        if text.startswith("办公室", end - 1):
            end += 2  # 政务服务办公室
        elif board := _BOARD.match(text, end):
            end = board.end()  # 行政服务中心管委会
        unit = _POLICE_UNIT.match(text, end)
        return (unit.end(), slug) if unit and slug == "public-security" else (end, slug)
    if best is None and generic is None:
        branch = _BRANCH.match(text, start)
        return (branch.end(), "") if branch else None
    if generic is None:
        return None
    name = text[start : generic.end()]
    return generic.end(), _kind_of(name, words)


def _kind_of(name: str, words: Words) -> str:
    """The kind of office whose alias ends the name, the longest of them; "" when none does."""
    known = _aliases(words)
    return next((known[name[at:]] for at in range(len(name) - 2) if name[at:] in known), "")


def kind_slug(body: Body, words: Words) -> str:
    return body.slug or _kind_of(body.name, words)


def _offices(words: Words) -> Lexicon[str]:
    """The names of kinds of offices with their slugs."""
    if "bodies" not in words.indexes:
        words.indexes["bodies"] = Lexicon(_aliases(words).items())
    return words.indexes["bodies"]


def _aliases(words: Words) -> dict[str, str]:
    if "aliases" not in words.indexes:
        aliases: dict[str, str] = {}
        for department in words.departments:
            for alias in (department.name, *department.aliases) if department.slug != "other" else ():
                if len(alias) >= 2 and not alias.endswith("部门"):
                    aliases.setdefault(alias, department.slug)
        words.indexes["aliases"] = aliases
    return words.indexes["aliases"]


def completed(body: Body, region: str, words: Words, plain_region: str) -> str:
    """The name of a body with the division it is relative to: 市交通运输局 → 焦作市交通运输局."""
    if body.codes or not region:
        return body.name
    names = {"市": "市", "县": "县", "区": "区", "省": "省", "州": "州", "旗": "旗"}
    for code in lineage(region, words):
        name = words.region_by_code[code].name
        if name.endswith(names[body.level]):
            return name + body.name[1:]
    return plain_region + body.name[1:]
