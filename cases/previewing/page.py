"""The public page of a case from a content that is in no published table: what readers would see."""

from __future__ import annotations

from typing import Any

from cases.content import CaseContent
from cases.models import Case, Department, PublishedCase, Region, Tag, Theme
from cases.models.published import tag_slug
from cases.presenting.cards import lead_text
from cases.public.case_page import case_context


def page_context(case: Case, content: CaseContent, *, what: str, until: Any = None) -> dict[str, Any]:
    """The context of `cases/case.html`, with a notice that it is a preview; at most four queries, nothing is written.

    `what` says which version it is; `until`: when a link to it ends. What only a public case has is left out: the
    cases like it, its notes, and what machines read.
    """
    regions = Region.objects.select_related("parent__parent")
    region = regions.filter(pk=content.region).first() if content.region else None
    live: Any = PublishedCase.objects.filter(pk=case.pk).values("first_released_at", "released_at").first()
    shown = PublishedCase(
        case_id=case.pk,
        title=content.title,
        lead=lead_text(content),
        region=region,
        department=Department.objects.filter(pk=content.department).first() if content.department else None,
        origin=content.origin,
        is_demo=case.is_demo,
        **{division.level: division for division in (region.lineage() if region else ())},
        **(live or {}),
    )
    context = case_context(
        shown,
        content,
        themes=list(Theme.objects.filter(pk__in=content.themes)) if content.themes else [],
        tags=[Tag(name=word, slug=tag_slug(word)) for word in content.tags],
    )
    return context | {"preview": {"what": what, "until": until}}
