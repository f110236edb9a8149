"""Pages of a list: `page` from 1, `pageSize` from 1 to 100; anything else is refused."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

MOST_PAGES = 10**9


class Pages(PageNumberPagination):
    """Numbered pages. A page past the last one does not exist (404)."""

    page_size = 25
    max_page_size = 100
    page_query_param = "page"
    page_size_query_param = "pageSize"
    page_query_description = gettext_lazy("Bladzijde, vanaf 1.")  # type: ignore[assignment]
    page_size_query_description = gettext_lazy(  # type: ignore[assignment]
        "Aantal per bladzijde, 1 tot en met 100."
    )
    parameters = ("page", "pageSize")

    def get_page_size(self, request: Request) -> int:
        return _whole_number(
            request, self.page_size_query_param, self.page_size, self.max_page_size
        )

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        _whole_number(request, "page", 1, MOST_PAGES)
        return super().paginate_queryset(queryset, request, view)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters with their bounds, which Django REST framework leaves out."""
        highest = {
            self.page_query_param: MOST_PAGES,
            self.page_size_query_param: self.max_page_size,
        }
        found: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for one in found:
            one["schema"] |= {"minimum": 1, "maximum": highest[one["name"]]}
        return found


def _whole_number(request: Request, name: str, default: int, highest: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    # Ten digits at most: int() refuses thousands of them with another error.
    if text.isascii() and text.isdecimal() and len(text) <= 10 and 1 <= int(text) <= highest:
        return int(text)
    raise ValidationError(
        {name: [_("Geef een heel getal van 1 tot en met %(highest)s.") % {"highest": highest}]}
    )
