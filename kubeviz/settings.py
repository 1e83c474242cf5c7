"""Settings of kubeviz; the environment variables that change them are listed in docs/deployment.md."""

import sys
import warnings
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from kubeviz import environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# `manage.py runserver` is a developer's server: it shows errors in full. Everything else does not.
DEBUG = env.bool("KUBEVIZ_DEBUG", default=sys.argv[1:2] == ["runserver"])
SECRET_KEY = env.str("SECRET_KEY", default="") or environment.secret_key(BASE_DIR / ".secret-key")

HOST = env.str("HOST", default="")
ALLOWED_HOSTS = environment.allowed_hosts(HOST, env.list("ALLOWED_HOSTS", default=[]))
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Behind a proxy that ends TLS and sets X-Forwarded-Proto (docs/deployment.md).
if env.bool("KUBEVIZ_BEHIND_TLS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

INSTALLED_APPS = [
    "daphne",  # first: its `runserver` speaks WebSocket
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "channels",
    "django_htmx",
    "template_partials",
    "csp",
    "kubeviz",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kubeviz.views.quotas.Quotas",
]

ROOT_URLCONF = "kubeviz.urls"
ASGI_APPLICATION = "kubeviz.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(
        env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Scenarios first, then a pack for each lesson: `loaddata snackbar` finds the name in every folder.
FIXTURE_DIRS = [BASE_DIR / "fixtures", *sorted(path for path in (BASE_DIR / "fixtures").iterdir() if path.is_dir())]

REDIS_URL = env.str("REDIS_URL", default="")
CHANNEL_LAYERS = {
    "default": environment.channel_layer(REDIS_URL, env.str("REDIS_PREFIX", default="kubeviz")),
}

# What is counted (wrong passwords, wrong codes) is counted for all processes together.
CACHES = {"default": environment.cache(REDIS_URL, env.str("REDIS_PREFIX", default="kubeviz"))}

# So often it is asked whether those who watch still may, and said who is here: at most 4, for a line that may no longer
# be watched ends within 5 seconds.
GUARD_SECONDS = env.float("KUBEVIZ_GUARD_SECONDS", default=3.0)

# Those who teach have an account. A learner has none: the session is who they are, for a term.
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/scenarios/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

SESSION_COOKIE_AGE = 60 * 60 * 24 * 120
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "kubeviz_session"
CSRF_COOKIE_NAME = "kubeviz_csrf"

# What one browser and one address may ask for, and how long a lab is kept that nobody looks at (docs/deployment.md).
LABS_PER_LEARNER = env.int("KUBEVIZ_LABS_PER_LEARNER", default=20)
LABS_AN_HOUR = env.int("KUBEVIZ_LABS_AN_HOUR", default=120)
LABS_AN_HOUR_OF_ADDRESS = env.int("KUBEVIZ_LABS_AN_HOUR_OF_ADDRESS", default=6000)
WRITES_A_SECOND = env.int("KUBEVIZ_WRITES_A_SECOND", default=30)
WRITES_A_SECOND_OF_ADDRESS = env.int("KUBEVIZ_WRITES_A_SECOND_OF_ADDRESS", default=3000)
LABS_EXPIRE_DAYS = env.int("KUBEVIZ_LABS_EXPIRE_DAYS", default=30)

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "kubeviz_language"
LANGUAGE_COOKIE_AGE = SESSION_COOKIE_AGE
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

# `manage.py serve` collects the static files once and serves them compressed, under names that carry their
# hash; everywhere else (tests, runserver) they are served from where they lie.
COLLECTED = env.bool("KUBEVIZ_COLLECTED", default=False)
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if COLLECTED else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "kubeviz.assets.CollectedStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_IMMUTABLE_FILE_TEST = r"/static/vendor/|\.[0-9a-f]{12}\."
# WhiteNoise hands over open files; under ASGI Django reads them whole, which suits files as small as ours.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

CDN = "https://cdn.jsdelivr.net"
# The one rule Cytoscape adds to the page: `.__________cytoscape_container { position: relative; }`
CYTOSCAPE_STYLE = "'sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, CDN, NONCE],  # the nonce is the import map's: no other inline script, no eval
        "style-src": [SELF, CDN, CYTOSCAPE_STYLE, NONCE],  # xterm.js writes its sizes into styles of its own
        "font-src": [SELF, CDN],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],  # takes in WebSockets of this very origin
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"level": "ERROR"}},  # a 404 is the visitor's news, not the operator's
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
