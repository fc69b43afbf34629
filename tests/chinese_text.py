"""What is Chinese on an English page and does not say so, read from the HTML that the server sends."""

from __future__ import annotations

import re
from html.parser import HTMLParser

CHINESE = re.compile(r"[\u3001\u3002\u3007\u3400-\u9fff\uf900-\ufaff\uff01\uff08-\uff0c\uff1a\uff1b\uff1f]")
HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]+")
SPOKEN = ("alt", "aria-label", "title", "placeholder")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """The texts of a page that are Chinese and do not say so, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.within: list[tuple[str, str]] = [("", "")]  # element, language
        self.unmarked: list[str] = []
        self.unmarked_attributes: list[str] = []
        self.unmarked_typed: list[str] = []  # in fields
        self.marked = ""
        self.title = ""
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        language = values.get("lang", self.within[-1][1])
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        for name in SPOKEN:
            if CHINESE.search(values.get(name, "")) and not language.startswith("zh"):
                self.unmarked_attributes.append(values[name])
        is_typed = tag == "input" and values.get("type") not in ("hidden", "checkbox", "radio")
        if is_typed and CHINESE.search(values.get("value", "")) and not language.startswith("zh"):
            self.unmarked_typed.append(values["value"])
        if tag not in EMPTY:
            self.within.append((tag, language))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _language in self.within]
        if tag in names[1:]:
            del self.within[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        tag, language = self.within[-1]
        if tag == "title" and self.within[-2][0] == "head":
            self.title += data
        elif tag not in ("script", "style"):
            self._heard(data, language)

    def _heard(self, text: str, language: str) -> None:
        if language.startswith("zh"):
            self.marked += text
        elif CHINESE.search(text):
            self.unmarked.append(text.strip())

    def wrong(self) -> list[str]:
        """Also of the title of the page, which cannot mark its parts: its Chinese must stand marked on the page."""
        return self.unmarked + self.unmarked_attributes + self._without_mark([self.title])

    def wrong_but_attributes_with_marks(self) -> list[str]:
        """What stands in fields, too; an attribute may be English and Chinese at once where that stands marked, too."""
        return self.unmarked + self.unmarked_typed + self._without_mark([self.title, *self.unmarked_attributes])

    def _without_mark(self, texts: list[str]) -> list[str]:
        return [run for text in texts for run in HAN.findall(text) if run not in self.marked]
