"""What a browser would send back of a page: the fields of a form as they are drawn, and rows added to it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict

from cases.admin.editor.fields_of_case import blank_row
from cases.admin.editor.reading import typed_from_post


class _Fields(HTMLParser):
    def __init__(self, form_id: str | None) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, form_id is None
        self.fields: dict[str, list[str]] = {}
        self.select: str | None = None
        self.blank = 0  # what stands in a template is sent by nobody
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        name = values.get("name")
        if tag == "form" and self.form_id is not None:
            self.inside = values.get("id") == self.form_id
        self.blank += tag == "template"
        if not self.inside or self.blank:
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
        self.blank -= tag == "template"
        if tag == "form" and self.form_id is not None:
            self.inside = False
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea is not None and self.inside:
            self.fields[self.textarea] = [self.fields[self.textarea][0] + data]


_REPEATED = re.compile(r"themes|(?:\w+\.\w+\.)*(?:initiatives|measures|metrics|pictures)")  # lists, of any length


def drawn_fields(response: Any, form_id: str | None = "case_form") -> dict[str, Any]:
    """The fields of a drawn form by name, as `client.post` takes them; the lines of a textarea part as in a browser."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    fields = {}
    for name, values in parser.fields.items():
        if values and name != "csrfmiddlewaretoken":
            lines = [value.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n") for value in values]
            fields[name] = lines if _REPEATED.fullmatch(name) else lines[-1]
    return fields


def add_row(fields: dict[str, Any], list_name: str, **values: Any) -> str:
    """Add a row to a list (`initiatives.0.measures`) as the page's script does; returns the name of the row."""
    keys = fields.setdefault(list_name, [])
    keys.append(f"n{len(keys)}")
    row = f"{list_name}.{keys[-1]}"
    blank = blank_row(list_name.rpartition(".")[2])
    fields |= {f"{row}.{name}": value for name, value in (blank | values).items() if isinstance(value, str) and value}
    return row


def drop_row(fields: dict[str, Any], row: str) -> None:
    fields[f"{row}.dropped"] = "on"


def typed_tree(fields: dict[str, Any]) -> dict[str, Any]:
    """What stands in a form of these fields, whatever the keys of its rows are."""
    post = QueryDict(mutable=True)
    for name, value in fields.items():
        post.setlist(name, value if isinstance(value, list) else [value])
    return typed_from_post(post)
