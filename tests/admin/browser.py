"""What a browser would send back of a page: the fields of a form as they are drawn, and rows added to it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    def __init__(self, form_id: str | None) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, form_id is None
        self.fields: dict[str, list[str]] = {}
        self.select: str | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        name = values.get("name")
        if tag == "form" and self.form_id is not None:
            self.inside = values.get("id") == self.form_id
        if not self.inside:
            return
        if tag == "option" and self.select and "selected" in values:
            self.fields[self.select] = [values.get("value") or ""]
        if not name:
            return
        if tag == "select":
            self.select = name
            self.fields.setdefault(name, [])
        elif tag == "textarea":
            self.textarea = name
            self.fields[name] = [""]
        elif tag == "input" and values.get("type") not in ("submit", "file"):
            is_box = values.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in values:
                self.fields.setdefault(name, []).append(values.get("value") or ("on" if is_box else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea is not None and self.inside:
            self.fields[self.textarea] = [self.fields[self.textarea][0] + data]


def drawn_fields(response: Any, form_id: str | None = "case_form") -> dict[str, Any]:
    """The fields of a drawn form by name, as `client.post` takes them; the lines of a textarea part as in a browser."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    fields = {}
    for name, values in parser.fields.items():
        if values and name != "csrfmiddlewaretoken":
            lines = [value.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n") for value in values]
            fields[name] = lines if name == "themes" else lines[-1]
    return fields


def add_row(fields: dict[str, Any], prefix: str, **values: Any) -> str:
    """Add a row as the page's script does, from the empty one drawn with the form; returns the prefix of the row."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    empty = prefix if f"{prefix}-__prefix__-order" in fields else _pattern(prefix)
    row = f"{prefix}-{number}"
    for name, value in list(fields.items()):
        for blank in (f"{empty}-__prefix__-", f"{empty}-empty-"):
            if name.startswith(blank):
                fields[f"{row}-{name.removeprefix(blank)}"] = value
    fields[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    fields[f"{row}-order"] = str(number)
    for name, value in values.items():
        fields[f"{row}-{name}"] = value
    return row


def _pattern(prefix: str) -> str:
    """Where the empty row of nested rows stands: initiatives-4-measures → initiatives-empty-measures."""
    head, _number, tail = prefix.split("-")
    return f"{head}-empty-{tail}"
