"""What the head of a page tells machines of it: meta tags, its one address, its other language, its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.urls import reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.presenting.canonical import canonical_query, is_worth_finding
from cases.presenting.linked_data import website
from cases.presenting.meta_tags import Tags, column_of_article, column_tags, site_tags

register = template.Library()

LANGUAGES = (("zh-CN", "zh-hans"), ("en", "en"), ("x-default", "zh-hans"))  # hreflang, ours
LOCALES = {"zh-hans": "zh_CN", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class PageHead:
    """Addresses are absolute; those of a page that is not for machines (an error, a preview) are empty."""

    tags: Tags
    description: str
    is_listed: bool  # by search engines
    address: str = ""
    languages: tuple[tuple[str, str], ...] = ()  # hreflang, address
    image: str = ""
    locale: str = "zh_CN"
    website: dict[str, Any] | None = None  # JSON-LD, on the home page


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> PageHead:
    """From `section` of the view (its column), `subject` (what it is about, within the column) and `article_tags`.

    `subject_description` is put in place of what the column says of itself, where that is not true of the subject.
    A page without a section is an error page. One that `is_unlisted` is for whoever came to it, not for machines: a
    form, or what has its place in another page.
    """
    site = context["site"]
    name = settings.SITE_NAME if site["code"] else site["name"]  # a government site has the one it is registered by
    tags = site_tags(name=name, domain=site["domain"], code=site["code"])
    section = context.get("section", "")
    request: HttpRequest | None = context.get("request")
    if context.get("preview") or section not in settings.SITE_COLUMNS or request is None:
        return PageHead(tags, site["description"], is_listed=False)
    column, article, subject = settings.SITE_COLUMNS[section], context.get("article_tags"), context.get("subject")
    description = str(context.get("subject_description", column.description))
    if subject and not description:
        description = str(subject)
    elif subject:
        description = _("%(subject)s：%(description)s") % {"subject": subject, "description": description}
    if article:
        tags += (*article, *column_of_article(name=str(column.name), type=column.type))
    else:
        words = f"{subject},{column.keywords}" if subject else str(column.keywords)
        tags += column_tags(name=str(column.name), description=description, keywords=words, type=column.type)
    if context.get("is_unlisted"):
        return PageHead(tags, description, is_listed=False)
    return _of_public_page(request, site, section, tags, description, str(context.get("card") or ""))


def _of_public_page(
    request: HttpRequest, site: dict[str, Any], section: str, tags: Tags, description: str, card: str
) -> PageHead:
    parameters = [(name, value) for name, values in request.GET.lists() for value in values]
    query = canonical_query(section, parameters)
    root, language = site["root"], get_language() or settings.LANGUAGE_CODE

    def address(in_language: str) -> str:
        return root + iri_to_uri(translate_url(request.path, in_language)) + query

    said = website(site["name"], site["description"], root + reverse("home"), root + reverse("search"))
    return PageHead(
        tags=tags,
        description=description,
        is_listed=is_worth_finding(section, parameters),
        address=address(language),
        languages=tuple((hreflang, address(ours)) for hreflang, ours in LANGUAGES),
        image=root + (card or reverse("site_card")),
        locale=LOCALES.get(language, "zh_CN"),
        website=said if section == "home" else None,
    )


@register.simple_tag
def bare_tags() -> Tags:
    """The tags of the site on a page that must not ask for anything, as anything may be what failed."""
    if not settings.SITE_DOMAIN:
        return ()
    return site_tags(name=settings.SITE_NAME, domain=settings.SITE_DOMAIN, code=settings.SITE_CODE)


@register.tag
def captured(parser: Parser, token: Token) -> Captured:
    """{% captured name %}…{% endcaptured %}: keeps what is drawn as one line under a name, to be shown twice."""
    _tag, name = token.split_contents()
    nodes = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return Captured(name, nodes)


class Captured(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        drawn = self.nodelist.render(context)
        context[self.name] = mark_safe(" ".join(drawn.split()))  # noqa: S308 - drawn by a template
        return SafeString("")
