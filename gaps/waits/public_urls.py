"""Addresses of the waits that everybody may see."""

from django.urls import path

from gaps.waits import public

app_name = "waits"
urlpatterns = [
    path("", public.index, name="index"),
    path("<slug:region>/", public.region, name="region"),
    path("<slug:region>/<slug:kind>/", public.kind, name="kind"),
]
