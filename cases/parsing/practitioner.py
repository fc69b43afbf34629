"""The body whose practice an article tells, among those it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.parsing.bodies import Body, find_bodies
from cases.parsing.furniture import EDITORS_NOTE
from cases.parsing.places import Mention
from cases.parsing.result import Words

# In this pattern and the next the character comes first, so that a search skips to it.
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
    candidates = _Candidates(places, words)
    candidates.named(title, bylines)
    candidates.acting(notes, opening)
    own = candidates.stood_for([*notes, *opening, *rest])
    candidates.publishing(sources, own)
    candidates.working([*opening[4:], *rest][:40])
    best = candidates.best(own if opening else "")
    if best is None:
        return None
    enough = 6 if any(_acts_as_a_whole(paragraph, places[paragraph]) for paragraph in opening[:3]) else 3
    return Practitioner(best.fullest, min(1.0, best.points / 10)) if best.points >= enough else None


class _Candidates:
    """The bodies an article names, and how much each place they stand in speaks for them."""

    def __init__(self, places: Mapping[str, Sequence[Mention]], words: Words) -> None:
        self.places = places
        self.words = words
        self.found: list[_Candidate] = []
        self._bodies: dict[str, list[Body]] = {}

    def bodies(self, text: str, longest: int = _SEARCHED) -> list[Body]:
        """The bodies named in the first characters of a text."""
        if text not in self._bodies:
            near = [one for one in self.places[text] if one.end <= _SEARCHED]
            self._bodies[text] = find_bodies(text[:_SEARCHED], near, self.words)
        return [body for body in self._bodies[text] if body.end <= longest]

    def add(self, body: Body, points: float, outside: bool = False) -> None:
        for candidate in self.found:
            if _same(candidate.bodies, body):
                if not outside or not any(one.codes for one in candidate.bodies):
                    candidate.bodies.append(body)  # what authors call themselves completes a relative form only
                candidate.points += points
                return
        self.found.append(_Candidate([body], points))

    def named(self, title: str, bylines: Sequence[str]) -> None:
        """In the headline, or alone in a line."""
        for body in self.bodies(title):
            self.add(body, 10 if body.start <= 8 else 6)
        for byline in bylines:
            for body in self.bodies(byline)[:1]:
                self.add(body, 5)

    def acting(self, notes: Sequence[str], opening: Sequence[str]) -> None:
        """As the one who acts in the opening; the editors present others than themselves."""
        for body in (body for note in notes for body in self.bodies(note, 400)):
            self.add(body, 0.5)
        for number, paragraph in enumerate(opening[:4]):
            for body in self.bodies(paragraph, 400):
                self.add(body, _acting(paragraph, body, number))

    def stood_for(self, paragraphs: Sequence[str]) -> str:
        """The kind that the first 该局, 我局 or else bare 中心 names, "" without one; the body it stands for gains."""
        own, meant = "", None
        for pattern in (_OWN, _ITSELF):
            found = _first(pattern, paragraphs)
            if found is not None and meant is None:
                number, match = found
                own = next(filter(None, match.groups()))
                earlier = [body for text in paragraphs[:number] for body in self.bodies(text)]
                earlier += [body for body in self.bodies(paragraphs[number]) if body.end <= match.start()]
                meant = _meant(own, earlier)
        if meant is not None:
            self.add(meant, 4)
        return own

    def publishing(self, sources: Sequence[str], own: str) -> None:
        """As the source of the page."""
        for number, source in enumerate(sources):
            for body in self.bodies(source):
                self.add(body, 6 if own and _is_kind(body, own) else 1.5, outside=number > 0)

    def working(self, paragraphs: Sequence[str]) -> None:
        """As one who acts somewhere in the text."""
        for paragraph in paragraphs:
            for body in self.bodies(paragraph, 600):
                if _acts(paragraph, body):
                    self.add(body, 1)

    def best(self, own: str) -> _Candidate | None:
        """The one most speaks for, more so when it is the only one that acts and when it is of its own kind."""
        if not self.found:
            return None
        best = max(self.found, key=lambda candidate: candidate.points)
        acting = [candidate for candidate in self.found if candidate.points > 1.5]
        best.points += 1.5 * (acting == [best] and best.points >= 2)
        best.points += 2 * bool(own and _is_kind(best.bodies[0], own))
        return best


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
