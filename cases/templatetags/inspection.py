"""Words of the inspection panel."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def rule_words(line: Any) -> str:
    """The rule of a line, with its numbers."""
    return gettext(line.rule) % line.params if line.params else gettext(line.rule)
