"""Random and mutated articles against what the parser promises of every text.

    python bench/parse_fuzz.py --seed 1 --count 20000

Each text is made from the seed and its number alone. Of each it is asked that nothing is raised, that
every visible character lies in exactly one place, that spans are in range and in order, that a
metric's quote stands in a text of its place, that the content survives `to_json` and `from_json`, and that a
text of 1,000 characters and more takes, best of three, at most ten times the median per character. What breaks
a promise is printed with its number; `--only N` parses that text again and shows it. The exit code is 1 then.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib
import random
import statistics
import sys
import time
import traceback
import unicodedata
from collections.abc import Iterator, Sequence

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cases.content import CaseContent, InitiativeContent, MetricContent, from_json, to_json
from cases.parsing.article import parse
from cases.parsing.characters import listed
from cases.parsing.result import ROLES, SPAN_KINDS, Corrections, Parsed, Words
from cases.vocabulary import shipped_words

CORPUS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/corpus").glob("*.txt"))]
SHORTEST_TIMED, SLOWEST = 1_000, 10  # characters; times the median
PIECES = [
    *"零〇一二两三四五六七八九十百千万亿半多余几数0123456789０１２３４５６７８９①②⑩㈠⑴⒈",
    *"，。；：、！？“”‘’《》（）()【】[]〔〕…—-~·|/\\_>»*#+×%‰％.,:;!?\"'",
    *" \t\n\r\u3000\u00a0\u200b\ufeff\u2028\x00\x0b\x0c\x1f\x85\ud800\udfff\U0001f600\U00020000",
    *"个项件家户人次天日月年元条份台套",
    *"由从至到为以把将的是在和与及第约近超比较增减压缩提高降低我该本市县区省州局院委",
    *listed("工作日 小时 分钟 个月 万元 亿元 人次 户次 个百分点 平方米 个工作日 百分之 成 倍"),
    *listed("漯河市 焦作 绵阳市涪城区 朝阳 文山州 鼓楼区 高新区 市交通运输局 国网亳州供电公司 该局 我院 海关"),
    *listed("一、 二、 三、 （一） （二） 1. 2. 1、 （1） 一是 二是 三是 首先 其次 最后 第一， 第二， 一方面 另一方面"),
    *listed(
        "# ## ● - 亮点一 主要做法 取得成效 工作背景 下一步打算 【做法】 编者按： 来源： 发布时间： 作者： 责任编辑："
    ),
    *listed(
        "浏览次数： 附件： 上一篇： 打印 首页> 2023/09/08 2024年7月2日 二〇二三年五月六日 12345 7×24小时 力争 计划"
    ),
    *listed(
        "由3个工作日压缩到2个 同比增长11.2% 过去需要90天 截至目前 荣获全省先进 不超过 以内 以上 全省第一 最多跑一次"
    ),
    *listed(
        "《关于优化营商环境的实施意见》 “一件事” 、、 。。 營商環境 個工作日 （含 ） | ** *** <p> </p> <br> <a <td>"
    ),
    *("2024-03-15 09:26", "&nbsp;", "&amp;", "&#", "\r\n", "\n\n", "<!-- -->"),
]


def texts(seed: int, count: int) -> Iterator[tuple[int, str]]:
    """The texts with their numbers."""
    for number in range(count):
        yield number, text(random.Random(f"{seed}/{number}"))


def text(chance: random.Random) -> str:
    """A text of one of four kinds: mutated article, random pieces, one unit repeated, long lines of prose."""
    kind = chance.random()
    if kind < 0.55:
        return mutated(chance)
    if kind < 0.8:
        return "".join(chance.choices(PIECES, k=chance.choice((3, 30, 300, 1500))))
    if kind < 0.92:
        unit = "".join(chance.choices(PIECES, k=chance.randint(1, 6)))
        return unit * (chance.randint(1_000, 4_000) // len(unit) + 1)
    return "".join(chance.choices(CORPUS, k=4)).replace("\n", chance.choice(("", " ", "\r\n", "。")))[:6_000]


def mutated(chance: random.Random) -> str:
    """An article cut, repeated, shuffled, spliced or with characters taken out and put in, up to four times."""
    article = chance.choice(CORPUS)
    for _ in range(chance.randint(1, 4)):
        article = chance.choice(MUTATIONS)(article, chance)
    return article[:8_000]


def cut(article: str, chance: random.Random) -> str:
    start, end = sorted(chance.choices(range(len(article) + 1), k=2))
    return article[start:end]


def repeated(article: str, chance: random.Random) -> str:
    start, end = sorted(chance.choices(range(len(article) + 1), k=2))
    return article[:end] + article[start:end] * chance.randint(1, 5) + article[end:]


def shuffled(article: str, chance: random.Random) -> str:
    lines = article.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def spliced(article: str, chance: random.Random) -> str:
    return cut(article, chance) + chance.choice(("", "\n", "\r\n")) + cut(chance.choice(CORPUS), chance)


def with_gaps(article: str, chance: random.Random) -> str:
    share = chance.choice((0.005, 0.05, 0.3))
    return "".join(character for character in article if chance.random() > share)


def with_pieces(article: str, chance: random.Random) -> str:
    share = chance.choice((0.005, 0.05, 0.3))
    return "".join(character + (chance.choice(PIECES) if chance.random() < share else "") for character in article)


def widened(article: str, chance: random.Random) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in article)


def spaced(article: str, chance: random.Random) -> str:
    return chance.choice((" ", "\u3000", "\u200b")).join(article[:3_000])


def one_line(article: str, chance: random.Random) -> str:
    return article.replace("\n", chance.choice(("", " ", "\r", "<br>", "</p><p>")))


MUTATIONS = (cut, repeated, shuffled, spliced, with_gaps, with_pieces, widened, spaced, one_line)


def decisions(article: str, chance: random.Random) -> tuple[list[tuple[int, int]], Corrections]:
    """Headings a file might mark, and what an editor might decide; mostly at beginnings of lines."""
    if chance.random() < 0.5 or not article:
        return [], Corrections()
    starts = (
        [0] + [at + 1 for at, character in enumerate(article) if character == "\n"] + [chance.randrange(len(article))]
    )
    levels = [(at, chance.randint(1, 6)) for at in sorted(set(chance.choices(starts, k=chance.randint(0, 6))))]
    roles = {at: chance.choice(ROLES) for at in chance.choices(starts, k=chance.randint(0, 4))}
    ranges = [tuple(sorted(chance.choices(range(len(article) + 1), k=2))) for _ in range(chance.randint(0, 4))]
    ranges = [(start, min(end, start + 60)) for start, end in ranges if start < end]
    return levels, Corrections(
        roles=roles,
        dropped=frozenset(ranges[:2]),
        marked=frozenset(ranges[2:]),
        region=chance.choice(("", "410300", "x")),
    )


def broken(article: str, parsed: Parsed) -> list[str]:
    """The promises that the parse of an article breaks, in words."""
    return [*_misplaced(article, parsed), *_misquoted(parsed.content), *_unkept(parsed.content)]


def _misplaced(article: str, parsed: Parsed) -> Iterator[str]:
    spans = parsed.spans
    if any(not 0 <= span.start < span.end <= len(article) or span.kind not in SPAN_KINDS for span in spans):
        yield "a span is empty, out of range or of no kind"
    if any(one.start > other.start for one, other in itertools.pairwise(spans)):
        yield "spans are not in order"
    taken = bytearray(len(article))
    for stretch in [span for span in spans if span.kind != "metric"] + list(parsed.unplaced):
        if any(taken[stretch.start : stretch.end]):
            yield f"two places for {article[stretch.start : stretch.end][:20]!r}"
        taken[stretch.start : stretch.end] = b"\1" * (stretch.end - stretch.start)
    lost = [at for at, character in enumerate(article) if not taken[at] and is_visible(character)]
    if lost:
        yield f"lost {article[lost[0]]!r} at {lost[0]} and {len(lost) - 1} more"


def is_visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _misquoted(content: CaseContent) -> Iterator[str]:
    for initiative in content.initiatives:
        yield from _strangers(initiative.metrics, _texts(initiative))
    yield from _strangers(content.metrics, [content.intro, content.closing])


def _texts(initiative: InitiativeContent) -> list[str]:
    measures = [words for measure in initiative.measures for words in (measure.heading, measure.text)]
    return [initiative.heading, initiative.text, *measures]


def _strangers(metrics: Sequence[MetricContent], places: Sequence[str]) -> Iterator[str]:
    for metric in metrics:
        if not metric.quote or not any(metric.quote in place for place in places):
            yield f"the quote {metric.quote!r} stands in no text of its place"


def _unkept(content: CaseContent) -> Iterator[str]:
    if from_json(to_json(content)) != content:
        yield "the content does not survive to_json and from_json"


def run(seed: int, count: int) -> bool:
    """Parse all texts and print what breaks a promise; True when none does."""
    words = shipped_words()
    parse(CORPUS[0], words=words)  # loads tables
    faults = 0
    rates: list[tuple[float, int]] = []  # µs per character, number
    began = time.monotonic()
    for number, article in texts(seed, count):
        chance = random.Random(f"{seed}/{number}/decisions")
        levels, corrections = decisions(article, chance)
        try:
            parsed = parse(article, words=words, levels=levels, corrections=corrections)
            told = broken(article, parsed)
        except Exception:  # whatever it is, it is a finding
            told = [traceback.format_exc(limit=-2)]
        if len(article) >= SHORTEST_TIMED:
            rates.append((_rate(article, words, 1, levels, corrections), number))
        faults += bool(told)
        for fault in told[:3]:
            print(f"{number}: {fault}")
        if (number + 1) % 1000 == 0:
            print(f"{number + 1}/{count} in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return not faults + _slow(seed, rates, words)


def _rate(
    article: str,
    words: Words,
    runs: int,
    levels: Sequence[tuple[int, int]] = (),
    corrections: Corrections | None = None,
) -> float:
    """Microseconds of CPU time per character, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        parse(article, words=words, levels=levels, corrections=corrections or Corrections())
        best = min(best, time.process_time() - start)
    return best / len(article) * 1e6


def _slow(seed: int, rates: list[tuple[float, int]], words: Words) -> int:
    """Print the texts that are too slow, best of three, and return how many."""
    median = statistics.median(rate for rate, _ in rates)
    slow = []
    for rate, number in rates:
        if rate > SLOWEST * median:
            article = text(random.Random(f"{seed}/{number}"))
            levels, corrections = decisions(article, random.Random(f"{seed}/{number}/decisions"))
            best = min(rate, _rate(article, words, 2, levels, corrections))
            if best > SLOWEST * median:
                slow.append(number)
                print(f"{number}: {best:.1f} µs per character, {best / median:.1f} times the median: {article[:30]!r}")
    slowest = max(rate for rate, _ in rates)
    print(
        f"{len(rates)} texts timed, median {median:.2f}, slowest {slowest:.2f} µs per character; {len(slow)} too slow"
    )
    return len(slow)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--only", type=int, help="the number of one text, shown with its faults")
    chosen = options.parse_args()
    if chosen.only is None:
        sys.exit(0 if run(chosen.seed, chosen.count) else 1)
    article = text(random.Random(f"{chosen.seed}/{chosen.only}"))
    levels, corrections = decisions(article, random.Random(f"{chosen.seed}/{chosen.only}/decisions"))
    print(ascii(article), levels, corrections, sep="\n")
    print(*broken(article, parse(article, words=shipped_words(), levels=levels, corrections=corrections)), sep="\n")


if __name__ == "__main__":
    main()
