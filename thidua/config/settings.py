"""Settings: sensible with nothing set; every knob is an environment variable. THIDUA_HOME holds all that is kept."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("THIDUA_HOME", "var")).resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)


def _secret_key() -> str:
    """The key of this installation, made at the first start and readable by its owner only."""
    if "THIDUA_SECRET_KEY" in os.environ:
        return os.environ["THIDUA_SECRET_KEY"]
    path = HOME / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("THIDUA_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("THIDUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("THIDUA_ORIGINS", "").split(",") if origin]
BEHIND_TLS = os.environ.get("THIDUA_TLS") == "1"

SLICES = (
    "demo",
    "home",
    "news",
    "conference",
    "awards",
    "scoring",
    "crosschecks",
    "ballots",
    "reports",
    "pledges",
    "programmes",
    "forecasts",
    "rapporteurs",
    "directives",
    "criteria",
    "paperwork",
    "clusters",
    "people",
    "audit",
    "files",
    "web",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    *(f"thidua.{name}" for name in SLICES),  # before the libraries whose templates they replace
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks_db",
    "thidua.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thidua.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thidua.people.middleware.ActorMiddleware",
    "thidua.people.middleware.PrivateMiddleware",
    "thidua.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "thidua.config.urls"
WSGI_APPLICATION = "thidua.config.wsgi.application"
ASGI_APPLICATION = "thidua.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thidua.config.frame.frame",
            ],
            "builtins": ["thidua.web.templatetags.thidua", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(os.environ.get("DATABASE_URL", f"sqlite:///{HOME / 'thidua.sqlite3'}"), conn_max_age=60)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": HOME / f"test-{os.getpid()}.sqlite3"}  # a file: connections really meet
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; "
            "PRAGMA synchronous=NORMAL; "
            "PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON; "
            "PRAGMA cache_size=-8000; "
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "thidua.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "thidua.people.forms.LoginForm",
    "change_password": "thidua.people.forms.ChangePasswordForm",
    "reauthenticate": "thidua.people.forms.ReauthenticateForm",
}
# A whole hall signs in from one address. Wrong passwords are counted by axes (below), wrong second steps by login_failed.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "300/m/ip,10/5m/key"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "thidua.people.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "thidua.people.forms.SecondStepForm",
    "reauthenticate": "thidua.people.forms.SecondStepAgainForm",
    "activate_totp": "thidua.people.forms.AppCodeForm",
    "deactivate_totp": "thidua.people.forms.AppCodeOffForm",
    "generate_recovery_codes": "thidua.people.forms.RecoveryCodesForm",
    "add_webauthn": "thidua.people.forms.AddKeyForm",
    "edit_webauthn": "thidua.people.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "thidua"
MFA_TOTP_TOLERANCE = 1  # step of 30 seconds either way, for telephones whose clock is off (RFC 6238, 5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
USERSESSIONS_TRACK_ACTIVITY = False

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("THIDUA_PROXIES", "0"))
"""How many proxies of one's own stand before the server: so many of the last addresses in X-Forwarded-For are theirs."""
AXES_CLIENT_IP_CALLABLE = "thidua.people.adapter.client_address"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_USERNAME_FORM_FIELD = "username"  # of the credentials; django-allauth calls its form field "login"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", "English")]
TIME_ZONE = os.environ.get("THIDUA_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
FORMAT_MODULE_PATH = ["thidua.web.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31536000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
if BEHIND_TLS:
    SECURE_HSTS_SECONDS = 31536000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# 5 MB of Vietnamese text have up to 15 as a form sends them; the form then says at its field that it is too long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if 'THIDUA_SMTP' in os.environ else 'dummy'}.EmailBackend"
EMAIL_HOST = os.environ.get("THIDUA_SMTP", "localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"quiet": {"()": "thidua.config.logs.NoListener"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
