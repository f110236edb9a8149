from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demo import samples


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The design system on one page: every component in every state."""
    context = {
        "colours": samples.colours(),
        "pills": samples.PILLS,
        "levels": tuple(enumerate(samples.LEVELS)),
        "card_states": samples.CARD_STATES,
        "kept": samples.KEPT,
        "chart": samples.CHART,
        "form": samples.SampleForm(),
        "wrong_form": samples.wrong_form(),
        "page": Paginator(range(60), 20).page(2),
    }
    return render(request, "components_page.html", context)
