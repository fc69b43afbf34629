"""What every public page knows of the site itself."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest

from cases.identity import site_description, site_name


def site_identity(request: HttpRequest) -> dict[str, object]:
    """`site` (name, owner, numbers of the footer, from the settings) and `site_style_sheets`, those of every page."""
    return {
        "site": {
            "name": site_name(),
            "description": site_description(),
            "owner": settings.SITE_OWNER,
            "operator": settings.SITE_OPERATOR,
            "contact": settings.SITE_CONTACT,
            "icp_number": settings.ICP_NUMBER,
            "police_number": settings.POLICE_NUMBER,
        },
        "site_style_sheets": staticfiles_storage.style_sheets,
    }
