"""Searches by the parameters of their address, for the tests of the search room."""

from django.http import QueryDict
from django.utils import timezone

from search.results.page import results_page
from search.results.params import SearchParams
from search.results.run import run_search


def params_of(query):
    """The search that an address asks for; `query` is text or a QueryDict."""
    return SearchParams.from_query(QueryDict(query), today=timezone.localdate())


def results_of(query):
    """All that is found for an address."""
    return run_search(params_of(query))


def page_of(query):
    """The words of the page at an address."""
    return results_page(results_of(query))
