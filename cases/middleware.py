"""What is done for every request."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import ClassVar

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language
from django.views.defaults import bad_request

from cases.editing.audit.acting import acting
from cases.editing.audit.recording import record_refusal
from cases.models import AuditWay
from cases.network import address_of


class LanguageOfPath(LocaleMiddleware):
    """The language is that of the address alone: Chinese without a prefix, English under /en/.

    Django's own also tells caches that pages vary with the language of the browser. Ours do not,
    and a shared cache would keep one copy of each page for every browser setting.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", get_language())
        return response


class OneEncoding:
    """What is sent is in UTF-8; a request that calls it anything else is refused.

    Django reads it by any codec of that name, also one that is for no text, or gives what no database keeps.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = request.encoding
        is_other = told is not None and codecs.lookup(told).name != "utf-8"
        return bad_request(request, SuspiciousOperation()) if is_other else self.get_response(request)


class CompressedPages(GZipMiddleware):
    """Pages and data for reading are sent compressed, where no proxy does it.

    Outside of what makes the ETag: the tag is of the page itself, and says by its `W/` that bytes may differ. Pages of
    the admin and previews are left as they are: beside a secret (a token of a form, an address that is a key) somebody
    could place words in an address and learn from the length of the answer whether they guessed it (BREACH). Public
    pages hold none; so nothing is gained by Django's random bytes either, and the same page gives the same answer.
    """

    max_random_bytes = 0
    _SECRET = re.compile(r"(?:/en)?/(?:admin|preview)/.*", re.DOTALL)
    _TEXTS = re.compile(r"text/.*|application/(?:.*\+)?(?:json|xml|javascript).*|image/svg\+xml.*")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = self._TEXTS.match(response.headers.get("Content-Type", ""))
        if not is_text or self._SECRET.fullmatch(request.path_info):
            return response
        return super().process_response(request, response)


class OpenData:
    """Addresses of data, and no page, may be read by pages of other sites (CORS).

    They are for other programs, a chart on somebody's page among them. That is safe: they are read only, and what
    they say is public and the same for everyone, as no cookie is looked at; `*` keeps browsers from sending any.
    Outside the rest, so that "not modified" and "not found" can be read, too.
    """

    _ADDRESSES = re.compile(r"/api/.*|(?!(?:/en)?/admin/).*\.(?:atom|csv|json|zip)", re.DOTALL)
    _METHODS = "GET, HEAD, OPTIONS"
    _PREFLIGHT: ClassVar[dict[str, str]] = {
        "Allow": _METHODS,
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, If-Modified-Since, If-None-Match",
        "Access-Control-Max-Age": "86400",  # seconds
    }
    _READABLE = "ETag, X-Total-Count, Content-Disposition"  # beside the few headers that browsers let through anyway

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._ADDRESSES.fullmatch(request.path_info):
            return self.get_response(request)
        response: HttpResponseBase
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=self._PREFLIGHT)
        else:
            response = self.get_response(request)
            response.headers["Access-Control-Expose-Headers"] = self._READABLE
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


class WhereFrom:
    """Tell the audit from where somebody acts, and record which pages of the admin they were refused.

    Behind the log-in: who it is, is looked at only when there is something to record.
    """

    _ADMIN = re.compile(r"(?:/en)?/admin/.*", re.DOTALL)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_admin = bool(self._ADMIN.fullmatch(request.path_info))
        way = AuditWay.ADMIN if is_admin else AuditWay.PUBLIC
        with acting(way=way, address=address_of(request), by=request.user):
            response = self.get_response(request)
            if is_admin and response.status_code == 403 and request.user.is_authenticated:
                record_refusal("opened", by=request.user, title=request.path, note=request.method or "")
        return response
