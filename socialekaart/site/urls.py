"""Addresses of what the site says of itself."""

from django.urls import path

from socialekaart.site import health, statements

app_name = "site"
urlpatterns = [
    path("toegankelijkheid/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("cookies/", statements.cookies, name="cookies"),
    path("contact/", statements.contact, name="contact"),
    path(".well-known/security.txt", statements.security_txt, name="security_txt"),
    path("gezond", health.alive, name="alive"),
    path("gezond/klaar", health.ready, name="ready"),
]
