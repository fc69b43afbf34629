"""Addresses of the site: Chinese without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from django.utils.functional import lazy

from cases import health
from cases.identity import site_name
from cases.previewing.views import shared_preview
from cases.public.data.api import urlpatterns as api_urlpatterns
from cases.public.urls import media_urlpatterns

handler400 = "cases.public.views.bad_request"
urlpatterns = [
    path("health/", health.page, name="health"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    *media_urlpatterns,
    *api_urlpatterns,
    *i18n_patterns(
        path(
            "admin/password_reset/",
            auth_views.PasswordResetView.as_view(extra_email_context={"site_name": lazy(site_name, str)()}),
            name="admin_password_reset",
        ),
        path("admin/password_reset/done/", auth_views.PasswordResetDoneView.as_view(), name="password_reset_done"),
        path(
            "admin/reset/<uidb64>/<token>/",
            auth_views.PasswordResetConfirmView.as_view(),
            name="password_reset_confirm",
        ),
        path("admin/reset/done/", auth_views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
        path("admin/", admin.site.urls),
        path("preview/<str:signed>/", shared_preview, name="preview"),
        path("", include("cases.public.urls")),
        prefix_default_language=False,
    ),
]
