"""Pictures of cases in the widths that pages ask for."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse

from cases.renditions import Unreadable, size_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """What an `img` says of a picture, so that its place is there before it has come."""

    address: str  # of the original
    width: int  # pixels of the original
    height: int
    choices: str  # `srcset` of its renditions


@register.filter
def shown_picture(file: str) -> ShownPicture | None:
    """The picture with its size and renditions; None if its file is missing or broken."""
    try:
        size = size_of(file)
    except Unreadable:
        return None
    digest = file.partition(".")[0]
    choices = ", ".join(
        f"{reverse('smaller_picture', args=[digest, made.limit])} {made.width}w" for made in size.renditions
    )
    return ShownPicture(reverse("picture", args=[file]), size.width, size.height, choices)
