"""Dates and times as pages show them: 2024-03-15 09:26, 2023/09/08, 2024年7月2日, 二〇二三年五月六日."""

from __future__ import annotations

import datetime
import re

from cases.content import Moment
from cases.parsing.numerals import chinese_integer

_BETWEEN = r" ?(?:[—./]|年 ?/?) ?"
DATE = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d){_BETWEEN}(?P<month>\d{{1,2}}) ?(?:[—./]|月 ?/?) ?(?P<day>\d{{1,2}})(?!\d) ?日?"
    r"(?: ?[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    r"(?: ?t? ?(?P<hour>\d{1,2}) ?[：时] ?(?P<minute>\d{2})(?:[：分] ?\d{2}(?:\.\d+)?秒?)?)?"
    r"|"
    r"(?P<han>[二一][〇零○一二三四五六七八九]{3})年(?P<han_month>[一二三四五六七八九十]{1,2})月(?P<han_day>[一二三四五六七八九十]{1,3})日"
    r"|(?<!\d)(?P<packed>20\d\d[01]\d[0-3]\d)(?!\d)"
)


def read_date(text: str, start: int = 0) -> tuple[Moment, int, int] | None:
    """The first date from `start` on with its place in `text`, which is plain; None without one."""
    if "20" not in text and "19" not in text and "年" not in text:
        return None
    for match in DATE.finditer(text, start):
        moment = _moment(match)
        if moment is not None:
            return moment, match.start(), match.end()
    return None


def _moment(match: re.Match[str]) -> Moment | None:
    try:
        if match["packed"]:
            return datetime.datetime.strptime(match["packed"], "%Y%m%d").date()
        if match["han"]:
            year = int("".join(str("〇一二三四五六七八九".index(digit)) for digit in match["han"].replace("零", "〇")))
            return datetime.date(year, chinese_integer(match["han_month"]) or 0, chinese_integer(match["han_day"]) or 0)
        day = datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"]:
            return datetime.datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]))
        return day
    except ValueError:
        return None
