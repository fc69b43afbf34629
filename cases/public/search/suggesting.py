"""What a reader may mean while still typing: cities, departments, themes, tags, titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.search.entry import searchable
from cases.search.names import LONGEST_NAME, find_names
from cases.search.typed import tags_beginning, titles_holding

MOST = 10
MOST_NAMES = 5
MOST_TAGS = 3
MOST_WORDS = 3
SHORTEST_FOR_TITLES = 2  # characters; a single one is in half of the titles
FRESH_SECONDS = 60

TITLES = {
    "region": gettext_lazy("地区"),
    "department": gettext_lazy("部门"),
    "theme": gettext_lazy("主题"),
    "tag": gettext_lazy("标签"),
    "case": gettext_lazy("案例"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: str
    text: str
    detail: str
    url: str


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS)
def suggest(request: HttpRequest) -> JsonResponse:
    """What `q` may mean: {"status": a sentence, "groups": [{"title", "items": [{"text", "detail", "url"}]}]}."""
    found = suggestions(searchable(request.GET.get("q", "")[: LONGEST_NAME + 1]))
    groups = [{"title": str(title), "items": _items(found, kind)} for kind, title in TITLES.items()]
    count = len(found)
    told = ngettext("%(count)d 条建议，用上下箭头选择。", "%(count)d 条建议，用上下箭头选择。", count) % {
        "count": count
    }
    answer = {"status": told if found else _("没有建议。"), "groups": [group for group in groups if group["items"]]}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _items(found: list[Suggestion], kind: str) -> list[dict[str, Any]]:
    return [{"text": one.text, "detail": one.detail, "url": one.url} for one in found if one.kind == kind]


def suggestions(typed: str) -> list[Suggestion]:
    """For a folded text, at most MOST; none for one too long to be a name."""
    if not typed or len(typed) > LONGEST_NAME:
        return []
    found = [
        Suggestion(name.kind, name.name, name.detail, reverse(name.kind, args=[name.key]))
        for name in find_names(typed, MOST_NAMES)
        if name.cases
    ]
    found += [
        Suggestion("tag", name, "", reverse("tag", args=[slug])) for slug, name in tags_beginning(typed, MOST_TAGS)
    ]
    words = typed.split(" ")
    if len(typed) < SHORTEST_FOR_TITLES or len(words) > MOST_WORDS:
        return found
    titles = titles_holding(words, MOST - len(found))
    return found + [Suggestion("case", title, "", reverse("case", args=[key])) for key, title in titles]
