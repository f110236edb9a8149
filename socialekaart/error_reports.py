"""What a report of a fault of ours may hold: never what somebody typed."""

from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NothingTyped(SafeExceptionReporterFilter):
    """Names the fields of a form and the variables of the code, and hides what they held.

    Reports go to whoever is mailed and to whatever collects them; an operator who switches that
    on must not get stories about children. On a machine of one's own (DEBUG) nothing is hidden.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_post_parameters(request)
        return dict.fromkeys(shown, self.cleansed_substitute) if self.is_active(request) else shown

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:
        if self.is_active(request):
            return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
        return super().get_traceback_frame_variables(request, tb_frame)
