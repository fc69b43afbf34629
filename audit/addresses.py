"""Which pages are looked at: all kinds for axe and the validator, six for Lighthouse."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.core.management import call_command

from cases.models import PublishedCase
from tests.whole_site import LANGUAGES, admin_pages, fill_site, public_pages, superuser


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses on the site, by language and kind; paths with their query."""

    public: dict[str, dict[str, str]]
    admin: dict[str, dict[str, str]]
    measured: dict[str, str]  # for Lighthouse: 首页 → /
    session: str  # the value of the cookie that opens the admin


def find_pages() -> Pages:
    """Fill the site with its demo and more, and find one page of every kind."""
    quietly = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("load_vocabulary", **quietly)
    call_command("load_demo", **quietly)
    filled = fill_site()
    client = superuser()
    return Pages(
        public={language: public_pages(filled, language) for language in LANGUAGES},
        admin={language: admin_pages(filled, client, language) for language in LANGUAGES},
        measured=_measured(),
        session=client.cookies["sessionid"].value,
    )


def _measured() -> dict[str, str]:
    """The pages with figures to reach; the case is the fullest of the demo."""
    of_demo = PublishedCase.objects.filter(is_demo=True).order_by("pk")
    fullest = max(of_demo, key=lambda case: len(str(case.body)))
    first, second = of_demo[:2]
    return {
        "首页": "/",
        "主题页": fullest.themes.all()[0].get_absolute_url(),
        "案例页": fullest.get_absolute_url(),
        "搜索": "/search/?q=开办企业",
        "对比": f"/compare/?case={first.pk}&case={second.pk}",
        "数字": "/numbers/",
    }
