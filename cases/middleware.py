"""What is done for every request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language


class LanguageOfPath(LocaleMiddleware):
    """The language is that of the address alone: Chinese without a prefix, English under /en/.

    Django's own also tells caches that pages vary with the language of the browser. Ours do not,
    and a shared cache would keep one copy of each page for every browser setting.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", get_language())
        return response


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
