"""What is done for every request."""

from django.http import HttpRequest
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
