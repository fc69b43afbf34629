"""What the site is called, in the language of the page."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def site_name() -> str:
    return settings.SITE_NAME_EN if get_language() == "en" else settings.SITE_NAME


def site_description() -> str:
    return settings.SITE_DESCRIPTION_EN if get_language() == "en" else settings.SITE_DESCRIPTION
