"""Addresses of what the site says of itself."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.decorators.http import require_safe

from socialekaart.site import engines, health, statements

app_name = "site"
urlpatterns = [
    path("toegankelijkheid/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("cookies/", statements.cookies, name="cookies"),
    path("contact/", statements.contact, name="contact"),
    path(".well-known/security.txt", statements.security_txt, name="security_txt"),
    path("robots.txt", engines.robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(sitemaps.index),
        {"sitemaps": engines.SECTIONS, "sitemap_url_name": "site:sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<str:section>.xml",
        require_safe(sitemaps.sitemap),
        {"sitemaps": engines.SECTIONS},
        name="sitemap_section",
    ),
    path("gezond", health.alive, name="alive"),
    path("gezond/klaar", health.ready, name="ready"),
]
