"""Settings of 营商案例库, read from the environment; they run as they stand on a fresh clone.

Every variable is listed in the README with its default. With DEBUG=0 nothing is guessed that
guards the site: a missing SECRET_KEY stops the start and says so.
"""

import re
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.columns import COLUMNS
from config.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# Safety

DEBUG = env.switch("DEBUG", default=True)
_DEVELOPMENT_KEY = "development-only-key-that-production-refuses"
SECRET_KEY = env.str("SECRET_KEY", default=_DEVELOPMENT_KEY if DEBUG else "")
if not DEBUG and SECRET_KEY in ("", _DEVELOPMENT_KEY):
    raise ImproperlyConfigured(
        "SECRET_KEY: with DEBUG=0 it must be set to a long random text of your own "
        "(生产环境必须设置环境变量 SECRET_KEY，例如：python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

HTTPS = env.switch("HTTPS", default=not DEBUG)  # the site is reached by https, directly or behind a proxy
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # whoever asks how the site is asks the program itself, past the proxy
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
BEHIND_PROXY = env.switch("BEHIND_PROXY", default=False)  # only when the proxy overwrites these headers itself
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
GZIP = env.switch("GZIP", default=not BEHIND_PROXY)  # pages are compressed here; a proxy does it better
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Parts

INSTALLED_APPS = [
    "cases.apps.CasesConfig",
    "taggit",
    "cases.apps.CasesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["cases.middleware.CompressedPages"] if GZIP else []),
    "cases.middleware.OneEncoding",
    "cases.middleware.OpenData",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cases.middleware.LanguageOfPath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cases.middleware.WhereFrom",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cases.public.site.site_identity",
            ],
        },
    },
]

# Data

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))  # everything the site writes
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'casebook.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)  # SQLite makes the file only
    # One writer at a time, readers never blocked, nothing lost at a power cut: a transaction
    # takes the write lock when it begins (a later upgrade could fail half way) and waits for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # files that programs ask for at the root of a site: /favicon.ico
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"config.static_files.{'SeparateFiles' if DEBUG else 'JoinedFiles'}"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a case of 30 initiatives × 10 measures posts thousands
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000  # a folder; beyond the bounds of a batch, so that its page can say so
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a pasted article with room; files are measured on their own
FILE_UPLOAD_HANDLERS = [
    "cases.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_LARGEST = (
    env.number("UPLOAD_LARGEST_MB", default=512, least=1) * 1024 * 1024
)  # one request, all its files together

# People

AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = ["cases.authentication.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "cases.authentication.MinimumLength",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
DEMO_LOGINS = DEBUG  # their password is no secret: `make run` prints it
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="casebook@localhost")

# Language

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "cases" / "locale"]  # for the words of templates and settings too
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

# Tags

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "cases.tagging.tags_from_text"
TAGGIT_STRING_FROM_TAGS = "cases.tagging.text_from_tags"

# Review

REVIEWS = env.number("REVIEWS", default=3, most=3)  # before a case is published: 0 to 3
REVIEW_DAYS = env.number("REVIEW_DAYS", default=3, least=1)  # a case that waits longer is overdue
PUBLIC_VERSIONS = env.switch("PUBLIC_VERSIONS", default=False)  # readers may see what a case said before

# What readers read

VIEWS = env.str("VIEWS", default="counter")  # by the program itself, or from the "log" of the server, or "off"
if VIEWS not in ("counter", "log", "off"):
    raise ImproperlyConfigured("VIEWS: counter, log or off (浏览统计只能是 counter、log 或 off)")
VIEWS_LOG = env.list("VIEWS_LOG", default=[])  # with "log": files, or patterns of them, that are read every night

# What readers report

CORRECTIONS_AN_HOUR = env.number("CORRECTIONS_AN_HOUR", default=200)  # taken of all readers together
CORRECTIONS_AN_HOUR_FROM_ONE = env.number("CORRECTIONS_AN_HOUR_FROM_ONE", default=10)  # of one network address
CORRECTION_DAYS = env.number("CORRECTION_DAYS", default=7, least=1)  # one that waits longer is overdue
CORRECTION_CONTACT_DAYS = env.number("CORRECTION_CONTACT_DAYS", default=30)  # after the answer: then it is removed

# Columns: what the site is divided into

SITE_COLUMNS = {column.key: column for column in COLUMNS}

# Identity of the site; `manage.py check` says what is not of its form

SITE_NAME = env.str("SITE_NAME", default="营商案例库")
SITE_DESCRIPTION = env.str("SITE_DESCRIPTION", default="各地优化营商环境的经验做法，逐条可查、逐数可证")
SITE_NAME_EN = env.str("SITE_NAME_EN", default="Business Environment Casebook")
SITE_DESCRIPTION_EN = env.str(
    "SITE_DESCRIPTION_EN",
    default="How places across China improve their business environment, with evidence for every number",
)
SITE_DOMAIN = env.str("SITE_DOMAIN", default="")  # the host readers know; empty: the one they asked for
SITE_CODE = env.str("SITE_CODE", default="")  # 网站标识码; empty: no government site
if not re.fullmatch(r"(bm\d{8}|\d{10})?", SITE_CODE, re.ASCII):
    raise ImproperlyConfigured(
        "SITE_CODE: bm and 8 digits, or 10 digits (网站标识码应为 bm 加 8 位数字，或 10 位数字；不是政府网站就不要设置)"
    )
SITE_OWNER = env.str("SITE_OWNER", default="")  # 主办单位
SITE_OPERATOR = env.str("SITE_OPERATOR", default="")  # 承办单位
SITE_CONTACT = env.str("SITE_CONTACT", default="")  # 联系方式
ICP_NUMBER = env.str("ICP_NUMBER", default="")  # ICP备案号
POLICE_NUMBER = env.str("POLICE_NUMBER", default="")  # 公安备案号
# 党政机关标识 and 我为政府网站找错: where each leads, and the file of its picture, which the site serves itself
PARTY_MARK_URL = env.str("PARTY_MARK_URL", default="")
PARTY_MARK_PICTURE = env.str("PARTY_MARK_PICTURE", default="")
FAULT_REPORT_URL = env.str("FAULT_REPORT_URL", default="")
FAULT_REPORT_PICTURE = env.str("FAULT_REPORT_PICTURE", default="")
HAS_IPV6 = env.switch("HAS_IPV6", default=False)  # 本网站支持IPv6
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])  # mailto:, https: or tel:, for /.well-known/security.txt
CARD_FONT = env.str("CARD_FONT", default="")  # file of a Chinese font for drawn cards; empty: one that is found
# Under what the published data may be used; an empty name says nothing about it
DATA_LICENCE_NAME = env.str("DATA_LICENCE_NAME", default="CC BY 4.0")
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/deed.zh-hans")
