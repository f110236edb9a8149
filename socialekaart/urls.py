"""Every address of the site: one include per app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.log_ins.views import log_ins
from accounts.oidc.views import come_back, link_account, log_in
from accounts.views import email as account_email
from socialekaart.running.organisation import PROVIDER_ID

ORGANISATION = {"provider_id": PROVIDER_ID}

urlpatterns = [
    path("", include("search.urls")),
    path("voor-aanbieders/", include("selfservice.urls")),
    path("regio/", include("importing.urls")),
    path("regio/", include("gaps.waits.region_urls")),
    path("regio/", include("gaps.reported.urls")),
    path("regio/", include("selfservice.desk.urls")),
    path("meedoen/", include("selfservice.joining.urls")),
    path("voor-gemeenten/", include("gaps.urls")),
    path("wachttijden/", include("gaps.waits.public_urls")),
    path("", include("api.urls")),
    path("beheer/", admin.site.urls),
    # Before the one of allauth, whose address it takes.
    path("account/email/", account_email, name="account_email"),
    path("account/ingelogd/", log_ins, name="account_log_ins"),
    # Under the names by which allauth finds them.
    path("account/organisatie/", log_in, ORGANISATION, name="openid_connect_login"),
    path("account/organisatie/terug/", come_back, ORGANISATION, name="openid_connect_callback"),
    path(
        "account/organisatie/koppelen/<str:token>/", link_account, name="account_link_organisation"
    ),
    # Not allauth.urls: that would also open pages on which people link accounts themselves.
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("socialekaart.site.urls")),
    path("componenten/", include("demo.urls")),
]
if settings.METRICS_TOKEN:
    # Its package is there only where figures are asked for.
    from socialekaart.running.metrics import figures

    urlpatterns.append(path("metrieken", figures, name="metrics"))

handler400 = "socialekaart.views.bad_request"
handler403 = "socialekaart.views.permission_denied"
handler404 = "socialekaart.views.page_not_found"
handler500 = "socialekaart.views.server_error"
