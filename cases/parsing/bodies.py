"""Bodies named in a text (焦作市交通运输局, 国网亳州供电公司, 市局, 我院) and the one whose practice it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
EDITORS_NOTE = re.compile(r"[【（]?(?:编者按|编者的话|编者|按语)[】）]?[：】]?")
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
# In this pattern and the next two the character comes first, so that a search skips to it.
_RELATIVE = re.compile(
    r"[市县区省州旗](?=[\u4e00-\u9fff])"
    r"(?:(?<![\u4e00-\u9fff][市县区省州旗])|(?<=[，。；：、“（由在与和向经让被从该我][市县区省州旗]))"
)
_OWN = re.compile(
    r"[我该本](?:(?<![\u4e00-\u9fff].)(?P<kind>局|院|委|中心|办|公司|厅|支队|海关|关|所|行)|"
    r"(?<=[，。；：“由在与和向让被据][我该])(?P<inner>局|院|委|中心|办|公司|厅|支队|海关|关|行))"
)
# 中心从…发力，支队便把…: how an article calls the body it has named before, without 该 or 我.
_ITSELF = re.compile(
    r"([中支大管法海分](?<![\u4e00-\u9fff].)(?:(?<=中)心|(?<=[支大])队|(?<=管)委会|(?<=法)院|(?<=海)关|(?<=[支分])行))"
    r"(?=便|正|还|也|则|又|从|把|将|以|已|先|推出|推行|建|对|围绕|聚焦|坚持)"
)
_HELPER = re.compile(
    r"(?:与|和|联合|会同|由|向|在|被|协同|指导|配合|邀请|对接|从|把|将|给|到|报|及|、|同|经|等|据|牵头|移送|"
    r"协调|请|组织|依托)$"
)
_NO_SUBJECT_AFTER = re.compile(
    r"的|等|、|和|及|局长|副局长|主任|副主任|党组书记|相关|有关|负责|工作人员|窗口|大厅|[一二三四]层|办公|获|"
    r"等单位|部门|审批|许可|办理|领导|干部|[”》）]|$|。|；"
)
_SUBJECT_AFTER = re.compile(
    r"(?:党组|党委)?(?:，|：|始终|坚持|聚焦|围绕|立足|紧扣|紧盯|以|把|将|从|通过|针对|积极|主动|创新|持续|"
    r"深化|推进|推动|全力|着力|率先|结合|按照|坚决|锚定|牢固|探索|在|用|为|推出|推行|打造|认真|深入|依托|"
    r"抓住|充分|瞄准|大力|切实|根据|早早|今年|近年|于|自|落实|不断|全面|让|变|先后|设|建|启动|开展|组织|给|"
    r"织|试行|优化|提供|成立|实施|贯彻|与|会同|联合|联手|携手|牵头|认|直|对标|对|发|率|迅|及|同|抢|主|统|盯|"
    r"瞄|筑|架|搭|拓|助|破|敢|勇|一|多|强|扛|精|化|做|当|巧|加|下|“|的)"
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
    return words.indexes["bodies"]  # type: ignore[return-value]


def _aliases(words: Words) -> dict[str, str]:
    if "aliases" not in words.indexes:
        aliases: dict[str, str] = {}
        for department in words.departments:
            for alias in (department.name, *department.aliases) if department.slug != "other" else ():
                if len(alias) >= 2 and not alias.endswith("部门"):
                    aliases.setdefault(alias, department.slug)
        words.indexes["aliases"] = aliases
    return words.indexes["aliases"]  # type: ignore[return-value]


# whose practice it is

_SEARCHED = 2000  # characters of a paragraph that bodies are looked for in


@dataclass(slots=True)
class _Candidate:
    bodies: list[Body]
    points: float = 0.0

    @property
    def fullest(self) -> Body:
        """The longest form of the name, offices inside the body (…办公室) left out."""
        named = [body for body in self.bodies if not re.search(r"局办公室|委办公室", body.name)] or self.bodies
        return max(named, key=lambda body: (bool(body.codes), len(body.name)))


@dataclass(frozen=True, slots=True)
class Practitioner:
    """The body whose practice it is and how sure that is."""

    body: Body
    certainty: float


def practitioner(
    title: str,
    bylines: Sequence[str],
    sources: Sequence[str],
    opening: Sequence[str],
    rest: Sequence[str],
    places: Mapping[str, Sequence[Mention]],
    words: Words,
) -> Practitioner | None:
    """The body an article is about: named in the headline, alone in a line, or as the one who acts in the opening.

    `places` are the divisions mentioned in each of the texts.
    None when a city or district acts as a whole; the source of the page is no evidence by itself.
    """
    if not opening:  # the article begins with its first initiative
        opening, rest = rest[:3], rest[3:]
    notes = [paragraph for paragraph in opening if EDITORS_NOTE.match(paragraph)]
    opening = [paragraph for paragraph in opening if paragraph not in notes]
    candidates: list[_Candidate] = []

    def add(body: Body, points: float, outside: bool = False) -> None:
        for candidate in candidates:
            if _same(candidate.bodies, body):
                if not outside or not any(one.codes for one in candidate.bodies):
                    candidate.bodies.append(body)  # what authors call themselves completes a relative form only
                candidate.points += points
                return
        candidates.append(_Candidate([body], points))

    known: dict[str, list[Body]] = {}

    def bodies(text: str, longest: int = _SEARCHED) -> list[Body]:
        if text not in known:
            known[text] = find_bodies(text[:_SEARCHED], [one for one in places[text] if one.end <= _SEARCHED], words)
        return [body for body in known[text] if body.end <= longest]

    for body in bodies(title):
        add(body, 10 if body.start <= 8 else 6)
    for byline in bylines:
        for body in bodies(byline)[:1]:
            add(body, 5)
    for body in (body for note in notes for body in bodies(note, 400)):
        add(body, 0.5)  # the editors present others than themselves
    for number, paragraph in enumerate(opening[:4]):
        for body in bodies(paragraph, 400):
            add(body, _acting(paragraph, body, number))
    own, meant = _stood_for([*notes, *opening, *rest], bodies)
    if meant is not None:
        add(meant, 4)
    for number, source in enumerate(sources):
        for body in bodies(source):
            supported = own and _is_kind(body, own)
            add(body, 6 if supported else 1.5, outside=number > 0)
    for paragraph in [*opening[4:], *rest][:40]:
        for body in bodies(paragraph, 600):
            if _acts(paragraph, body):
                add(body, 1)
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.points)
    acting = [candidate for candidate in candidates if candidate.points > 1.5]
    best.points += 1.5 * (acting == [best] and best.points >= 2) + 2 * bool(
        own and _is_kind(best.bodies[0], own) and opening
    )
    enough = 6 if any(_acts_as_a_whole(paragraph, places[paragraph]) for paragraph in opening[:3]) else 3
    return Practitioner(best.fullest, min(1.0, best.points / 10)) if best.points >= enough else None


def _stood_for(paragraphs: Sequence[str], bodies: Callable[[str], Sequence[Body]]) -> tuple[str, Body | None]:
    """The kind that the first 该局, 我局 or else bare 中心 names, "" without one; and the body it stands for."""
    own, meant = "", None
    for pattern in (_OWN, _ITSELF):
        found = _first(pattern, paragraphs)
        if found is not None and meant is None:
            number, match = found
            own = next(filter(None, match.groups()))
            earlier = [body for text in paragraphs[:number] for body in bodies(text)]
            earlier += [body for body in bodies(paragraphs[number]) if body.end <= match.start()]
            meant = _meant(own, earlier)
    return own, meant


def _first(pattern: re.Pattern[str], paragraphs: Sequence[str]) -> tuple[int, re.Match[str]] | None:
    matches = ((number, pattern.search(paragraph, 0, _SEARCHED)) for number, paragraph in enumerate(paragraphs))
    return next(((number, match) for number, match in matches if match), None)


def _is_kind(body: Body, own: str) -> bool:
    """True when 该局, 该院, 该办 can stand for the body."""
    return body.name.endswith((own, "办公室") if own == "办" else own)


def _meant(own: str, earlier: Sequence[Body]) -> Body | None:
    """The body 该局 stands for: the last full name before it, wherever that stands, else the last relative one."""
    meant = [body for body in earlier if _is_kind(body, own)]
    return next((body for body in reversed(meant) if body.codes), meant[-1] if meant else None)


def _acts_as_a_whole(paragraph: str, mentions: Sequence[Mention]) -> bool:
    """True when a division itself, or its council, opens a clause of an opening paragraph and acts in it."""
    for mention in mentions:
        if mention.end > 200:
            break
        opens = mention.start == 0 or paragraph[mention.start - 1] in "，。；：、"
        if opens and _SUBJECT_AFTER.match(paragraph, mention.end):
            return True
    return bool(re.search(r"(?:^|，)(?:市委|县委|区委|我[市县区省州]|[市县区]委、)", paragraph[:200]))


def _same(bodies: Sequence[Body], body: Body) -> bool:
    other = bodies[0]
    if body.slug and other.slug:
        ends = {body.name[-1], other.name[-1]}
        if body.slug != other.slug or ends == {"局", "心"}:
            return False  # 行政审批服务局 is not its 政务服务中心
    elif body.name[-4:] != other.name[-4:]:
        return False
    if not body.codes or not other.codes:
        return True
    return bool(set(body.codes) & {code for one in bodies for code in one.codes})


def _acts(paragraph: str, body: Body) -> bool:
    before = paragraph[max(0, body.start - 4) : body.start]
    return not _HELPER.search(before) and not _NO_SUBJECT_AFTER.match(paragraph, body.end)


def _acting(paragraph: str, body: Body, number: int) -> float:
    """How much a mention in one of the first paragraphs says that the body is the one who acts."""
    reported = re.match(r"(?:获悉|了解到|得知)", paragraph[body.end : body.end + 4])
    if not _acts(paragraph, body) and not reported:
        return 0.5
    opens = body.start < 40
    return (6.0 if opens else 4.0) if number == 0 else 3.0 if number == 1 else 2.0


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
