"""What every public page knows of the site itself."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.http.request import split_domain_port

from cases.identity import site_description, site_name
from cases.presenting.canonical import site_root
from cases.public.marks import site_mark

POLICE_SITE = "https://beian.mps.gov.cn/#/query/webSearch?code="  # then the digits of 公安备案号


def root_of(request: HttpRequest) -> str:
    """The site without a path, for addresses that others shall keep: that of SITE_DOMAIN, else as it was asked for."""
    return site_root(request.scheme or "https", request.get_host(), settings.SITE_DOMAIN)


def domain_of(request: HttpRequest) -> str:
    """The same, its host alone."""
    return settings.SITE_DOMAIN or split_domain_port(request.get_host())[0]


def site_identity(request: HttpRequest) -> dict[str, object]:
    """`site` (name, owner, numbers of the footer, from the settings) and `site_style_sheets`, those of every page."""
    return {
        "site": {
            "name": site_name(),
            "description": site_description(),
            "root": root_of(request),
            "domain": domain_of(request),
            "code": settings.SITE_CODE,
            "owner": settings.SITE_OWNER,
            "operator": settings.SITE_OPERATOR,
            "contact": settings.SITE_CONTACT,
            "icp_number": settings.ICP_NUMBER,
            "police_number": settings.POLICE_NUMBER,
            "police_url": POLICE_SITE + "".join(filter(str.isdigit, settings.POLICE_NUMBER)),
            "has_ipv6": settings.HAS_IPV6,
            "party_mark": site_mark("party"),
            "fault_report": site_mark("fault"),
        },
        "site_style_sheets": staticfiles_storage.style_sheets,  # type: ignore[attr-defined]  # of config.static_files
    }
