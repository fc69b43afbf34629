"""The page at which somebody outside sees a case before it is public."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.content import from_json
from cases.editing.drafts import read_draft
from cases.editing.preview_links import NoSuchLink, open_link
from cases.previewing.page import page_context


@csrf_exempt
@require_safe
@cache_control(private=True, no_store=True)
def shared_preview(request: HttpRequest, signed: str) -> HttpResponse:
    """What a link shows; one that is unknown, has ended or was revoked is simply not found."""
    try:
        link = open_link(signed)
    except NoSuchLink:
        raise Http404 from None
    content = from_json(link.revision.content) if link.revision else read_draft(link.case)
    what = gettext("这是还没有定稿的内容。") if link.revision is None else gettext("这是送给您看的一版。")
    response = render(request, "cases/case.html", page_context(link.case, content, what=what, until=link.expires_at))
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
