from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("案例库")

    def ready(self) -> None:
        from cases import checks  # noqa: F401 - importing registers the checks
