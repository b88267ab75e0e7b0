"""Settings of Laurel, all from the environment; safe unless asked otherwise."""

import os
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
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


def env_optional_secret(name: str) -> str:
    """A secret from NAME or the file NAME_FILE, or none."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, "")


def env_list(name: str, default: str = "") -> list[str]:
    """Parts between commas, without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_choice(name: str, choices: tuple[str, ...]) -> str:
    """One of these words; the first where nothing is set."""
    text = os.environ.get(name) or choices[0]
    if text not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}, not {text!r}")
    return text


def env_file(name: str) -> Path | None:
    """A file that is there, or none named."""
    text = os.environ.get(name, "")
    if text and not Path(text).is_file():
        raise BadSetting(f"{name} names no file: {text}")
    return Path(text).resolve() if text else None


def env_networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks such as 10.1.0.0/16 between commas; a lone address is one too."""
    try:
        return [ip_network(part) for part in env_list(name)]
    except ValueError as error:
        raise BadSetting(f"{name}: {error}") from None


def env_seconds(name: str, default: str) -> list[float]:
    """Seconds between commas, at least one."""
    try:
        steps = [float(part) for part in env_list(name, default)]
    except ValueError:
        raise BadSetting(f"{name} must be seconds between commas") from None
    if not steps or min(steps) <= 0:
        raise BadSetting(f"{name} must be seconds above 0 between commas")
    return steps


# Whether queries/prepared.py has PostgreSQL keep its statements planned.
DB_PREPARED = env_bool("DB_PREPARED", True)


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
    if DB_PREPARED:
        # A plan is made once a connection, not once for each set of values.
        settings.append("-c plan_cache_mode=force_generic_plan")
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
# The first key signs the checkpoints of the transparency log, the others are told with it; without one they are made
# of the key ring above. Its name must stay what it is as long as the log lasts.
LOG_KEYS = env_optional_secret("LOG_KEY").split(",") if env_optional_secret("LOG_KEY") else IDENTITY_KEYS
# Beside Ed25519's, checkpoints bear a signature of SM2 with SM3 (GB/T 32918).
LOG_SM2 = env_bool("LOG_SM2")
if LOG_SM2 and find_spec("gmssl_pyx") is None:
    raise BadSetting(
        "LOG_SM2 needs the package gmssl-pyx, which this kind of machine has to build from its source"
    )
LOG_HASH = env_choice("LOG_HASH", ("sha256", "sm3"))
# However little happens, after so many seconds the log says how far the ledgers go.
LOG_HEAD_S = env_int("LOG_HEAD_S", 600)
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / ".data")).resolve()
FILES_DIR = DATA_DIR / "files"
# Templates of the site's own for papers to go on writing in (docs/documents.md), shared by all web processes.
PAPER_TEMPLATES = Path(os.environ.get("PAPER_TEMPLATES") or DATA_DIR / "paper-templates").resolve()
# The certificate that PDFs are signed with, as PKCS#12; without one they go out unsigned.
SIGNING_PKCS12 = env_file("SIGNING_PKCS12")
SIGNING_PASSWORD = env_optional_secret("SIGNING_PASSWORD")
PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "http://127.0.0.1:8000")
LOG_ORIGIN = os.environ.get("LOG_ORIGIN") or f"{urlsplit(PUBLIC_ORIGIN.split(',')[0]).netloc}/log"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = PUBLIC_ORIGIN.split(",")

# The database role of this process: laurel_web, laurel_worker, or the owner where it is empty (migrate).
DB_ROLE = os.environ.get("DB_ROLE", "")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not DATABASE_URL:
    raise BadSetting("DATABASE_URL is missing; `make run` sets it to the embedded server")
DATABASES = {"default": database(DATABASE_URL, DB_ROLE)}
ATOMIC_REQUESTS = False
# Requests that one web process answers at a time; each thread keeps a connection to PostgreSQL.
WEB_THREADS = env_int("WEB_THREADS", 12)
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
        "DIRS": [BASE_DIR / "services/workflow/web/templates", BASE_DIR / "services/workflow/jobs/templates"],
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

PROCRASTINATE_IMPORT_PATHS = [f"services.workflow.jobs.{name}" for name in ("sweep", "relay", "transparency")]

# Beyond the browser (docs/notifications.md). Without SMTP_HOST the demo keeps its mail in a folder, others send none.
SMTP_TLS = env_choice("SMTP_TLS", ("starttls", "tls", "none"))
EMAIL_HOST = os.environ.get("SMTP_HOST", "")
EMAIL_PORT = env_int("SMTP_PORT", {"starttls": 587, "tls": 465, "none": 25}[SMTP_TLS])
EMAIL_HOST_USER = os.environ.get("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env_optional_secret("SMTP_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_TLS == "starttls", SMTP_TLS == "tls"
EMAIL_FILE_PATH = DATA_DIR / "outbox"
MAIL_BACKEND = "smtp" if EMAIL_HOST else "filebased" if DEMO else "none"
if EMAIL_HOST or DEMO:
    EMAIL_BACKEND = f"django.core.mail.backends.{MAIL_BACKEND}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", f"laurel@{urlsplit(PUBLIC_ORIGIN).hostname or 'localhost'}")
SMS_URL = os.environ.get("SMS_URL", "")
SMS_TOKEN = env_optional_secret("SMS_TOKEN")
SMS_SIGN = os.environ.get("SMS_SIGN", "")
# Networks that webhooks, robots and the SMS gateway may lie in beside the public internet; http is allowed there.
DELIVERY_ALLOW = env_networks("DELIVERY_ALLOW")
ROBOT_HOSTS = env_list("ROBOT_HOSTS")
DELIVERY_BACKOFF_S = env_seconds("DELIVERY_BACKOFF_S", "5,30,120,600,1800,7200,18000,43200")
DELIVERY_TIMEOUT_S = env_int("DELIVERY_TIMEOUT_S", 10)
DELIVERY_LEASE_S = env_int("DELIVERY_LEASE_S", 60)
EMAIL_TIMEOUT = DELIVERY_TIMEOUT_S

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = (
    20_000  # a score grid has a field for each unit and criterion, two for a ratio
)
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
