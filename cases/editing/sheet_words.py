"""Places, departments and themes as a sheet names them, read from the vocabulary once for all its rows."""

from __future__ import annotations

from django.utils.translation import gettext

from cases.content import gettext_noop
from cases.models import Department, Region, Theme
from cases.models.vocabulary import ThemeScheme
from cases.parsing.places import short_names
from cases.parsing.result import RegionWord
from cases.strict_json import shown
from cases.tagging import tags_from_text


class BadCell(ValueError):
    """What stands in a cell is no value of its column. A person reads `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message, self.params = message, params
        super().__init__(message % params)


class SheetWords:
    """The vocabulary by its names; three queries."""

    def __init__(self) -> None:
        self._regions = _Divisions()
        self._departments: dict[str, str] = {}
        for slug, name, aliases in Department.objects.current().values_list("slug", "name", "aliases"):
            for word in (slug, name, *aliases):
                self._departments.setdefault(word, slug)
        schemes = list(ThemeScheme.values)
        rows = Theme.objects.current().values_list("slug", "name", "scheme")
        self._themes: dict[str, str] = {}
        for slug, name, _scheme in sorted(rows, key=lambda row: schemes.index(row[2])):
            self._themes.setdefault(slug, slug)
            self._themes.setdefault(name, slug)  # of a name in two schemes, that of the main one

    def region(self, text: str) -> str:
        """The code of the division named. Raises BadCell."""
        plain = "".join(text.replace("/", " ").replace("／", " ").split())
        if plain in self._regions.by_code:
            return plain
        found = self._regions.named(plain)
        if not found:
            raise BadCell(gettext_noop("没有叫“%(value)s”的行政区划，请写全称或六位代码"), value=shown(text))
        if len(found) > 1:
            names = gettext("、").join(map(self._regions.full_name, found[:4]))
            message = gettext_noop("叫“%(value)s”的有几个（%(names)s），请写全称或六位代码")
            raise BadCell(message, value=shown(text), names=names)
        return found[0]

    def department(self, text: str) -> str:
        """The slug of the kind of office named. Raises BadCell."""
        if text not in self._departments:
            raise BadCell(gettext_noop("部门词表里没有“%(value)s”"), value=shown(text))
        return self._departments[text]

    def themes(self, text: str) -> list[str]:
        """The slugs of the themes named. Raises BadCell."""
        names = tags_from_text(text)
        if unknown := [name for name in names if name not in self._themes]:
            raise BadCell(gettext_noop("主题词表里没有“%(value)s”"), value=shown(gettext("、").join(unknown)))
        return [self._themes[name] for name in names]


class _Divisions:
    """Divisions by what they are called, alone or with those above them."""

    def __init__(self) -> None:
        self.by_code: dict[str, RegionWord] = {}
        self._by_name: dict[str, list[str]] = {}
        for code, name, parent, level in Region.objects.current().values_list("code", "name", "parent_id", "level"):
            region = self.by_code[code] = RegionWord(code, name, parent or "", level)
            for called in {region.name, *short_names(region)}:
                self._by_name.setdefault(called, []).append(code)

    def named(self, text: str) -> list[str]:
        """The codes of the divisions that a text names as a whole; of two that hold each other (恩施) the higher."""
        found = [
            code
            for length in range(2, len(text) + 1)
            for code in self._by_name.get(text[-length:], ())
            if length == len(text) or not set(self.named(text[:-length])).isdisjoint(self._above(code))
        ]
        return [code for code in found if not any(other in self._above(code) for other in found)]

    def full_name(self, code: str) -> str:
        """河南省漯河市"""
        return "".join(self.by_code[one].name for one in [*reversed(self._above(code)), code])

    def _above(self, code: str) -> list[str]:
        above, code = [], self.by_code[code].parent
        while code in self.by_code:
            above.append(code)
            code = self.by_code[code].parent
        return above
