"""Who gets in at a region's desk; others do not learn that there is one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from providers.models import YouthRegion
from providers.permissions import Right, desk_regions
from selfservice.access import MemberView

NAV = "desk"


@method_decorator(never_cache, name="dispatch")
class DeskView(MemberView):
    """A page of one region's desk.

    Anonymous: to the log-in page. Not of this desk: 404, whatever the method. Of it, without the
    right to write: 403 for what changes something.
    """

    http_method_names = ["get", "head", "post"]
    reads, writes = Right.READ, Right.WRITE
    # Where its templates are.
    room = "desk"
    region: YouthRegion

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.region = get_object_or_404(desk_regions(self.user), pk=kwargs["region"])
        if not self.may(self.writes if request.method == "POST" else self.reads):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, right: Right) -> bool:
        """Whether who is at work may do this at this desk."""
        return desk_regions(self.user, right).filter(pk=self.region.pk).exists()

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Show a page with what all pages of a desk need."""
        context |= {"region": self.region, "may_write": self.may(Right.WRITE), "nav": NAV}
        return render(
            self.request, f"selfservice/{self.room}/{template}.html", context, status=status
        )

    def back(self, page: str, text: str, *args: Any, **names: Any) -> HttpResponse:
        """Go to a page of this desk with a message."""
        messages.success(self.request, text % names)
        return redirect(f"desk:{page}", self.region.pk, *args)


class OwnDesk(MemberView):
    """Leads to the desk of who is logged in; to that of this site when there are several."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, own: str) -> HttpResponse:
        mine = desk_regions(self.user)
        found = mine.filter(pk=own).first() or mine.first()
        if found is None:
            raise Http404
        return redirect("desk:region", found.pk)
