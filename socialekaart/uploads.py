"""What comes in is bounded: small files, held in memory, and no more fields than a form has."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError


class SmallFilesOnly(MemoryFileUploadHandler):
    """Refuse a request with more in it than FILE_UPLOAD_MAX_MEMORY_SIZE, before it is read.

    Django would write what is larger to the disk, from anybody and to any address.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        super().handle_raw_input(*args, **kwargs)
        if not self.activated:
            raise RequestDataTooBig("More than FILE_UPLOAD_MAX_MEMORY_SIZE.")


class FewFieldsFromVisitors:
    """Hold addresses, and forms of people who are not logged in, to VISITOR_MAX_NUMBER_FIELDS.

    Django has one limit for everybody (DATA_UPLOAD_MAX_NUMBER_FIELDS). That one has to be as
    high as the largest form of an editor: a municipality in the admin takes eleven fields, and
    an offer may serve all 342. A visitor's largest form has some tens.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The API refuses by itself (api.base), in its own form and with its own headers.
        is_of_api = request.path.startswith("/api/")
        if not is_of_api and self._sent(request) > settings.VISITOR_MAX_NUMBER_FIELDS:
            raise TooManyFieldsSent("More than VISITOR_MAX_NUMBER_FIELDS.")
        return self.get_response(request)

    @staticmethod
    def _sent(request: HttpRequest) -> int:
        in_address = str(request.META.get("QUERY_STRING", "")).count("&") + 1
        if request.method != "POST" or request.user.is_authenticated:
            return in_address
        try:
            in_form = sum(len(values) for _name, values in request.POST.lists())
        except UnreadablePostError:
            # The line broke; whoever needs the form says so.
            in_form = 0
        return max(in_address, in_form)
