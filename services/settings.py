"""Settings of Laurel, all from the environment; safe unless asked otherwise."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting in the environment that cannot be used; the message names it."""


def env_bool(name: str, default: bool = False) -> bool:
    text = os.environ.get(name, "1" if default else "0").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{name} must be 0 or 1, not {text!r}")


def env_int(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    try:
        return int(text)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {text!r}") from None


def env_secret(name: str) -> str:
    """A secret from NAME or the file NAME_FILE; refuses an empty or a short one."""
    path = os.environ.get(f"{name}_FILE")
    text = Path(path).read_text().strip() if path else os.environ.get(name, "")
    if len(text) < 32:
        raise BadSetting(f"{name} (or {name}_FILE) must hold at least 32 characters")
    return text


def database(url: str, role: str) -> dict[str, object]:
    """Django's database entry for a libpq address; the role is set at connect."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL must begin with postgresql://")
    query = dict(parse_qsl(parts.query))
    options: dict[str, object] = {key: value for key, value in query.items() if key != "host"}
    settings = ["-c TimeZone=UTC"]
    if role:
        limits = ("statement_timeout=10s", "idle_in_transaction_session_timeout=10s")
        settings += [f"-c role={role}", *(f"-c {limit}" for limit in limits)]
    options["options"] = " ".join(settings)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEMO = env_bool("DEMO")
DEBUG = False
SECRET_KEY = env_secret("SECRET_KEY")
TICKET_SECRET = env_secret("TICKET_SECRET")
# The first key seals who objects, all of them open it: a new key is put in front of the old ones.
IDENTITY_KEYS = env_secret("IDENTITY_KEY").split(",")
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / ".data")).resolve()
FILES_DIR = DATA_DIR / "files"
PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "http://127.0.0.1:8000")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = PUBLIC_ORIGIN.split(",")

# The database role of this process: laurel_web, laurel_worker, or the owner where it is empty (migrate).
DB_ROLE = os.environ.get("DB_ROLE", "")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not DATABASE_URL:
    raise BadSetting("DATABASE_URL is missing; `make run` sets it to the embedded server")
DATABASES = {"default": database(DATABASE_URL, DB_ROLE)}
ATOMIC_REQUESTS = False
# Rings for the push beside NOTIFY, where notify cannot LISTEN: redis://host:port/0
BELL_REDIS_URL = os.environ.get("BELL_REDIS_URL", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "viewflow.workflow",
    "procrastinate.contrib.django",
    "axes",
    "csp",
    "django_htmx",
    "services.workflow",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "services.workflow.web.language.PageLanguage",
    "services.workflow.api.limits.ApiLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "services.workflow.web.acting.ActingMiddleware",
]
ROOT_URLCONF = "services.urls"
WSGI_APPLICATION = None
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "services/workflow/web/templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "services.workflow.web.context.shell",
            ],
            "builtins": ["services.workflow.web.templatetags.laurel"],
            "libraries": {"laurel": "services.workflow.web.templatetags.laurel"},
        },
    }
]

AUTH_USER_MODEL = "workflow.Member"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "services.workflow.web.sessions.locked_out"
CSRF_FAILURE_VIEW = "services.workflow.web.errors.csrf_failure"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC_ORIGIN.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / f"services/workflow/{room}/locale" for room in ("wording", "web", "documents")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "services/workflow/web/static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

PROCRASTINATE_IMPORT_PATHS = ["services.workflow.jobs.sweep"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
