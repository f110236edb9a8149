"""One log-in: enough to see that it was somebody else, too little to follow anybody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Device(models.TextChoices):
    """Kinds of devices, as far as a browser says."""

    COMPUTER = "computer", _("computer")
    PHONE = "telefoon", _("telefoon")
    TABLET = "tablet", _("tablet")
    UNKNOWN = "onbekend", _("onbekend apparaat")


class Browser(models.TextChoices):
    """The browsers that most people use."""

    EDGE = "edge", "Edge"
    FIREFOX = "firefox", "Firefox"
    CHROME = "chrome", "Chrome"
    SAFARI = "safari", "Safari"
    OTHER = "anders", _("andere browser")


class Way(models.TextChoices):
    """How somebody showed who they are."""

    PASSWORD = "wachtwoord", _("met wachtwoord")
    ORGANISATION = "organisatie", _("via uw organisatie")
    PASSKEY = "sleutel", _("met een toegangssleutel")
    INVITATION = "uitnodiging", _("met een uitnodiging")


class LogIn(models.Model):
    """A log-in of one person; no address of the network, and no user agent as it was sent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_ins"
    )
    at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=10, choices=Device.choices)
    browser = models.CharField(max_length=10, choices=Browser.choices)
    way = models.CharField(max_length=12, choices=Way.choices)
    in_two_steps = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("keer ingelogd")
        verbose_name_plural = _("keren ingelogd")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="log_in_of_user")]

    def __str__(self) -> str:
        return f"{self.get_browser_display()}, {self.get_device_display()}"
