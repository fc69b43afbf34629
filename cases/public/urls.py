"""Addresses of the public pages. They carry codes, slugs and ids, never titles, and stay for ever."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern] = [
    path("", RedirectView.as_view(url="/admin/"), name="home"),
]
