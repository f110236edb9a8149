"""One list of work at the desk."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from selfservice.desk.access import DeskView
from selfservice.desk.worklists import BY_NAME

LINES_A_PAGE = 50


class Worklist(DeskView):
    """The lines of one kind of work, with whom to call."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str, name: str) -> HttpResponse:
        worklist = BY_NAME.get(name)
        if worklist is None:
            raise Http404
        pages = Paginator(worklist.lines(self.region, timezone.localdate()), LINES_A_PAGE)
        page = pages.get_page(request.GET.get("pagina"))
        return self.show("worklist", worklist=worklist, page=page)
