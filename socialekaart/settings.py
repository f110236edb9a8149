"""All settings in one file. Every variable read here is documented in docs/operators.md."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from socialekaart.env import (
    database,
    database_url,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_numbers,
    env_path,
    env_str,
    known_code,
    secret_key,
)
from socialekaart.running import log_in
from socialekaart.running.configured import FORMATTERS, caches_of, logging_of, share_figures
from socialekaart.running.organisation import Organisation
from socialekaart.running.pools import POOLS, PRIMARY, READ, WRITE, reading
from socialekaart.running.sentry import start as start_sentry

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything the program writes: database, secret key, loaded boundaries, collected static files.
VAR_DIR = env_path("VAR_DIR", BASE_DIR / "var")
FIXTURES_DIR = BASE_DIR / "fixtures"

DEBUG = env_bool("DEBUG", default=False)
DEMO = env_bool("DEMO", default=False)
# Before the key: a command without its environment must make neither a key nor a database.
DATABASE_URL = database_url(needed=not (DEMO or DEBUG))
SECRET_KEY = secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [])
# Whether a proxy of our own stands in front: only then what it says of the visitor is believed.
BEHIND_PROXY = env_bool("BEHIND_PROXY", default=False)
# Whether machines share the work, and which part is this one's (docs/scaling.md).
POOL = env_choice("POOL", "single", [*POOLS])
# Off only on a machine of one's own, where there is no certificate (bin/demo).
HTTPS = env_bool("HTTPS", default=True)

# --- What this site is -------------------------------------------------------------------------
REGION_CODE = known_code(
    "REGION_CODE", "JZ18", file=FIXTURES_DIR / "reference" / "youth_regions.csv"
)
REGION_NAME = env_str("REGION_NAME", "Holland Rijnland")
SITE_NAME = "Socialekaart"
CONTACT_EMAIL = env_str("CONTACT_EMAIL", "beheer@socialekaart.example")
# Who answers for the site, as the statements name it (site/statements.py).
OWNER_NAME = env_str("OWNER_NAME", f"Jeugdregio {REGION_NAME}")
CONTACT_PHONE = env_str("CONTACT_PHONE", "")
PRIVACY_EMAIL = env_str("PRIVACY_EMAIL", CONTACT_EMAIL)
SECURITY_EMAIL = env_str("SECURITY_EMAIL", CONTACT_EMAIL)
# The statement in the national register, once there is one.
ACCESSIBILITY_URL = env_str("ACCESSIBILITY_URL", "")
# Where this site is found: for links in mails, which are sent outside any request.
SITE_URL = env_str("SITE_URL", "http://localhost:8000")

# Days after which a fact counts as out of date (design: the clocks).
FRESHNESS_DAYS = {"wait": 30, "places": 14, "offer": 90, "contact": 180}
# Past this share of its clock a fact still counts, but its provider is asked to confirm it.
FRESHNESS_DUE_SHARE = 2 / 3
# A reminder goes so many days before the first fact runs out: time to answer. How often follows
# from the clocks and from what a member chose (providers/rules/clocks.py); its link works longer.
REMINDER_ANSWER_DAYS = 7
REMINDER_LINK_DAYS = 35

# What counts how much in the order of results (docs/ranking.md). The order of the parts
# (light before heavy) goes before the score.
SEARCH_WEIGHTS = env_numbers(
    "SEARCH_WEIGHTS", {"fit": 50.0, "start": 25.0, "light": 15.0, "near": 5.0, "fresh": 5.0}
)

# From where help counts as too far, too late or fragile for a municipality (gaps/cells/classes.py).
GAP_THRESHOLDS = env_numbers(
    "GAP_THRESHOLDS",
    {
        "far_km": 10.0,  # on the average from where people live to the nearest place
        "late_weeks": 12.0,  # where the region has no norm for the kind of help
        "ends_days": 183.0,  # a contract or money that ends so soon does not go on
        "fewest_providers": 2.0,  # that go on; with fewer a cell is fragile
    },
)

# How many one-tap signals one network may send: interest, reports, missing help.
TAP_RATE = env_str("TAP_RATE", "60/hour")
# From when signals count, and how many of one browser or network do (docs/abuse.md).
TAP_LIMITS = env_numbers(
    "TAP_LIMITS",
    {
        "sender_minutes": 5,  # so long a browser was known before its report "full" counts
        "hours_apart": 4,  # between the two reports that make an offer full
        "reports_a_day": 10,  # of one kind
        "people_a_group": 20,  # named as interest in one group
        "people_a_day": 40,
        "missing_a_day": 10,
        "searches_a_day": 100,  # of one network, as demand
        "same_search_a_day": 2,  # for one help question, age band and municipality
        "uses_a_day": 2000,  # of one network: offers opened, kept, handed out, called about
        "shown_a_day": 40_000,  # of one network: offers in results, up to twenty a page
        "same_use_a_day": 5,  # for one offer and one of these
    },
)
# So often each worker writes what was searched for (search/counting); 0: nothing is counted.
DEMAND_SECONDS = env_int("DEMAND_SECONDS", 60)

# PDOK's Locatieserver, which knows the point of an address; empty: never asked. It gets the address
# of a provider's location, and nothing else.
PDOK_URL = env_str("PDOK_URL", "https://api.pdok.nl/bzk/locatieserver/search/v3_1")
PDOK_SECONDS = env_int("PDOK_SECONDS", 2)
TILES_URL = env_str(
    "TILES_URL",
    "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
)
TILES_HOST = env_str("TILES_HOST", "https://service.pdok.nl")
TILES_ATTRIBUTION = env_str("TILES_ATTRIBUTION", "Kaartgegevens © Kadaster")

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "socialekaart.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "leaflet",
    "rest_framework",
    "drf_spectacular",
    "accounts",
    "providers",
    "search",
    "selfservice",
    "gaps",
    "importing",
    "api",
    "demo",
    "socialekaart.site",
]

# Figures for Prometheus and reports for Sentry, each only where asked for.
METRICS_TOKEN = env_str("METRICS_TOKEN", "")
SENTRY_DSN = env_str("SENTRY_DSN", "")

MIDDLEWARE = [
    "socialekaart.running.request_id.RequestIdMiddleware",
    *(["socialekaart.running.metrics.MetricsMiddleware"] if METRICS_TOKEN else []),
    *(["socialekaart.running.pools.WroteMiddleware"] if POOL == WRITE else []),
    "accounts.after_response.AfterResponseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "socialekaart.conditional.ConditionalPageMiddleware",
    "csp.middleware.CSPMiddleware",
    "socialekaart.running.headers.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "socialekaart.uploads.FewFieldsFromVisitors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "socialekaart.running.idle.IdleMiddleware",
    "socialekaart.second_step.SecondStepMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "socialekaart.urls"
WSGI_APPLICATION = "socialekaart.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "socialekaart.context.site",
                "socialekaart.context.shortlist",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------------------------
REDIS_URL = env_str("REDIS_URL", "")
DATABASES = {"default": database(DATABASE_URL, var_dir=VAR_DIR)}
if POOL == READ:
    url = env_str("DATABASE_PRIMARY_URL", "")
    primary = database(url, var_dir=VAR_DIR) if url else None
    DATABASES = reading(DATABASES["default"], primary=primary, redis=REDIS_URL)
# Where is written what a page that only reads leaves behind: counts of searches.
WRITE_DATABASE = PRIMARY if POOL == READ else "default"
# Behind PgBouncer in transaction mode a connection is another server's at each transaction.
DATABASE_POOLED = env_bool("DATABASE_POOLED", default=False)
for one in DATABASES.values():
    one["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLED
# How long a statement of a visitor may take on PostgreSQL; 0: no limit of ours.
DATABASE_STATEMENT_SECONDS = env_int("DATABASE_STATEMENT_SECONDS", 0 if DATABASE_POOLED else 15)
# Where pg_dump and pg_restore are, for backup and restore; empty: on the PATH.
POSTGRESQL_TOOLS = env_str("POSTGRESQL_TOOLS", "")
CACHES = caches_of(redis=REDIS_URL)
# Seconds for which a finished page is kept at most; a write ends it at once. 0: keep none.
PAGE_CACHE_SECONDS = env_int("PAGE_CACHE_SECONDS", 0 if DEBUG else 60)

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Not the one of allauth: that also lets people in by an address they have not confirmed.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "selfservice:portal"
ACCOUNT_ADAPTER = "socialekaart.account_adapter.SiteAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an editor, who knows the address
# One address per account. Another one is asked for with the password, comes into use by the link
# that is mailed to it, and the old one is told; see accounts/addresses.py.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS, ACCOUNT_RATE_LIMITS = log_in.FORMS, log_in.RATE_LIMITS
# That mail would invite people to sign up, which nobody can.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "search:search"
ACCOUNT_SESSION_REMEMBER = False
# Otherwise all visitors behind the proxy share one address, and one of them who guesses at
# passwords keeps everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
# Whether staff, a region's desk, and who writes for a municipality must log in in two steps: in
# the admin, and on pages behind the log-in. Off in a demo, whose password everybody knows.
MFA_REQUIRED = env_bool("MFA_REQUIRED", default=not DEMO)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_ADAPTER = "accounts.passkeys.adapter.SecondStepAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS, MFA_RATE_LIMITS = log_in.PASSKEY_FORMS, log_in.PASSKEY_RATE_LIMITS
# Nobody can register here, so nobody can claim an address of somebody else by a second step; and
# an administrator made by `createsuperuser` has no link to confirm theirs with.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Log-in by an organisation (OpenID Connect): who comes in so is decided in accounts/oidc.
ORGANISATION = Organisation.from_environment()
SOCIALACCOUNT_ADAPTER = "accounts.oidc.adapter.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = ORGANISATION.providers()

# --- Mail --------------------------------------------------------------------------------------
EMAIL_BACKEND = env_str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env_str("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = VAR_DIR / "mail"  # for the demo, which writes its mail to files
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", CONTACT_EMAIL)

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- Static files ------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "socialekaart" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env_str("STATICFILES_BACKEND", "socialekaart.stylesheets.JoinedSheetsStorage")
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Source maps are half of all bytes, and read by nobody but programmers.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# --- Safety ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([TILES_HOST] if TILES_HOST else [])],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *ORGANISATION.origins],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A log-in that nobody used for so long ends (running/idle.py).
SESSION_IDLE_MINUTES = env_int("SESSION_IDLE_MINUTES", 120)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
# A supervisor asks the program itself, without the proxy that speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^gezond(/klaar)?$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# What a referrer looked for must not travel to another site with a click.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# The largest form of an editor: an offer in every municipality, with some years of waits. Who is
# not logged in may send far fewer (socialekaart.uploads).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
VISITOR_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["socialekaart.uploads.SmallFilesOnly"]
CSRF_FAILURE_VIEW = "socialekaart.views.csrf_failure"
DEFAULT_EXCEPTION_REPORTER_FILTER = "socialekaart.error_reports.NothingTyped"

# --- API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    # No ?format=: the Accept header chooses, and an unknown parameter is an error.
    "URL_FORMAT_OVERRIDE": None,
    # Whose address counts for the limit.
    "NUM_PROXIES": int(BEHIND_PROXY),
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.problems.problem_response",
    "DEFAULT_THROTTLE_CLASSES": ["accounts.limits.ApiThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": env_str("API_RATE", "300/min")},
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Socialekaart API",
    "DESCRIPTION": "Hulp voor jeugd en gezin: wat er is, voor wie, en wanneer het kan beginnen.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "CONTACT": {"name": "Beheer Socialekaart", "email": CONTACT_EMAIL, "url": SITE_URL},
    "LICENSE": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    # The version stands in the address of the server, not in that of each path.
    "SERVERS": [{"url": f"{SITE_URL.rstrip('/')}/api/v1"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.headers.describe_headers",
    ],
}

# --- Logs: to standard error, never with what somebody typed -------------------------------------
LOG_FORMAT = env_choice("LOG_FORMAT", "debug" if DEBUG else "line", [*FORMATTERS])
LOGGING = logging_of(LOG_FORMAT, level=env_str("LOG_LEVEL", "INFO"))
if METRICS_TOKEN:
    share_figures(VAR_DIR / "metrics")
if SENTRY_DSN:
    start_sentry(SENTRY_DSN)
