"""Claims and tips at the desk: each decided on its line in the list."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from providers.models import Claim, Tip
from providers.services.joining import claims, tips
from selfservice.desk.access import DeskView


class Claims(DeskView):
    """Who says that an organisation is theirs, the oldest first."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        rows = Claim.objects.waiting().at_desk(self.region)
        return self.show("claims", claims=rows.select_related("provider", "municipality"))


class Tips(DeskView):
    """Help that referrers know and that is not on the map, the oldest first."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        rows = Tip.objects.waiting().at_desk(self.region)
        return self.show("tips", tips=rows.select_related("municipality", "help_question"))


class Decision(ABC, DeskView):
    """One button beside one line; a refusal comes back with a sentence."""

    http_method_names = ["post"]
    page = ""

    @abstractmethod
    def decide(self, pk: int, decision: str) -> str:
        """Do what was decided, and return what to say."""

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        try:
            done = self.decide(pk, request.POST.get("besluit", ""))
        except claims.AlreadyDecidedError:
            messages.warning(request, _("Een collega was u voor: hier is al over besloten."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, done)
        return redirect(f"desk:{self.page}", self.region.pk)


class DecideClaim(Decision):
    """Approve, ask, or refuse with a reason that arrives by mail."""

    page = "claims"

    def decide(self, pk: int, decision: str) -> str:
        claim = get_object_or_404(Claim.objects.at_desk(self.region), pk=pk)
        words, name = self.request.POST.get("reden", ""), str(claim)
        match decision:
            case "goed":
                claims.approve(by=self.user, claim=claim)
                return _("%(name)s: de uitnodiging is verstuurd.") % {"name": name}
            case "vraag":
                claims.ask(by=self.user, claim=claim, question=words)
                return _("%(name)s: uw vraag is gemaild.") % {"name": name}
            case "nee":
                claims.refuse(by=self.user, claim=claim, reason=words)
                return _("%(name)s: afgewezen, de reden is gemaild.") % {"name": name}
        raise ValidationError(_("Kies een van de knoppen."))


class DecideTip(Decision):
    """Ask the project to join, or leave the tip at that."""

    page = "tips"

    def decide(self, pk: int, decision: str) -> str:
        tip = get_object_or_404(Tip.objects.at_desk(self.region), pk=pk)
        if decision == "klaar":
            tips.close_tip(by=self.user, tip=tip)
            return _("%(name)s: afgerond.") % {"name": tip}
        email = self.request.POST.get("email", "").strip()
        validate_email(email)
        tips.invite_tipped(by=self.user, tip=tip, email=email)
        return _("%(name)s: de uitnodiging is verstuurd.") % {"name": tip}
