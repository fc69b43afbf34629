"""A case as others cite it: GB/T 7714 of 2025 and of 2015 for readers, BibTeX and RIS for their programs."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

BIBTEX_TYPE = "application/x-bibtex; charset=utf-8"
RIS_TYPE = "application/x-research-info-systems; charset=utf-8"

_MOST_NAMED = 3  # responsible parties; of more, "and others" stands for the rest (GB/T 7714, 8.1)
_BETWEEN_NAMES = re.compile(r"[、;；,，]+")
_NO_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # \{ would do for TeX, but BibTeX counts the brace
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A web page or a data set to be cited."""

    key: str  # among the entries of a BibTeX file: case-12
    responsible: tuple[str, ...]  # persons or bodies; never empty
    title: str
    site: str  # its name
    published: datetime.date  # on this site
    address: str  # absolute
    carrier: str = "EB/OL"  # what it is and where: DS/OL is a data set (GB/T 7714, appendix B)
    note: str = ""  # what whoever cites it must know


def responsible_of(author: str, *otherwise: str) -> tuple[str, ...]:
    """The persons an author line names, else the first body there is. A body's name is never parted."""
    if names := tuple(name.strip() for name in _BETWEEN_NAMES.split(author) if name.strip()):
        return names
    return (next(name for name in otherwise if name.strip()).strip(),)


def gbt_2025(cited: Cited, *, others: str) -> tuple[str, str]:
    """The reference up to the date of access and after it: the reader's own day goes between.

    >>> gbt_2025(cited, others="等")
    ('漯河市交通运输局. 修路[EB/OL]. （2024-05-01）[', ']. https://www.example.gov.cn/cases/12/.')
    """
    return _reference(cited, "（", "）", others)


def gbt_2015(cited: Cited, *, others: str) -> tuple[str, str]:
    """The same with half-width brackets, as the standard of 2015 has it."""
    return _reference(cited, "(", ")", others)


def _reference(cited: Cited, opening: str, closing: str, others: str) -> tuple[str, str]:
    names = ", ".join([*cited.responsible[:_MOST_NAMED], *([others] * (len(cited.responsible) > _MOST_NAMED))])
    head = f"{_ended(names)} {_one_line(cited.title).rstrip('.。 ')}[{cited.carrier}]. "
    return f"{head}{opening}{cited.published.isoformat()}{closing}[", f"]. {cited.address}."


def _ended(names: str) -> str:
    return _one_line(names).rstrip(". ") + "."


def bibtex(cited: Cited, accessed: datetime.date) -> str:
    """One entry for biblatex. Names and title stand in braces of their own: they are neither parted nor lowered."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in cited.responsible),
        "title": f"{{{_tex(cited.title)}}}",
        "organization": f"{{{_tex(cited.site)}}}",
        "date": cited.published.isoformat(),
        "year": str(cited.published.year),  # for BibTeX proper
        "url": cited.address,  # verbatim
        "urldate": accessed.isoformat(),
        "langid": "chinese",
        **({"note": _tex(cited.note)} if cited.note else {}),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@online{{{cited.key},\n{lines}}}\n"


def ris(cited: Cited, accessed: datetime.date) -> str:
    """One record; a line for each field, whatever the field holds."""
    fields = [
        ("TY", "ELEC"),
        ("ID", cited.key),
        *(("AU", name) for name in cited.responsible),
        ("TI", cited.title),
        ("T2", cited.site),
        ("PY", str(cited.published.year)),
        ("DA", f"{cited.published:%Y/%m/%d}/"),
        ("Y2", f"{accessed:%Y/%m/%d}/"),
        ("UR", cited.address),
        ("LA", "zh"),
        *([("N1", cited.note)] if cited.note else []),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(_NO_LINE.sub(" ", text).split())
