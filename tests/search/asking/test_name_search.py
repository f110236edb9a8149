"""What a search for a name leads to: the address, the page, and who else is in it."""

import pytest
from django.http import QueryDict

from search.asking.forms import AskForm
from search.asking.understanding import understand
from tests.factories import OfferFactory, ProviderFactory
from tests.search.searching import results_of

pytestmark = pytest.mark.django_db


def results_for(line):
    form = AskForm(QueryDict(mutable=True) | {"vraag": line})
    assert form.is_valid(), form.errors
    return results_of(form_query(form))


def form_query(form):
    query = QueryDict(mutable=True)
    for name, values in form.parameters().lists():
        query.setlist(name, values)
    return query.urlencode()


def test_a_town_that_is_not_served_does_not_hide_what_was_named(region):
    provider = ProviderFactory(name="Huize Zonnewende")
    offer = OfferFactory(provider=provider, municipalities=[region.katwijk])
    results = results_for("Zonnewende Leiden")
    assert results.matches.ranking.ids == [offer.pk]


def test_only_a_number_of_ours_reaches_the_address(client, region):
    offer = OfferFactory(provider__name="Praktijk Jansonius")
    answer = client.post("/", {"vraag": "Praktijk Jansonius"})
    assert answer.url == f"/?naam=aanbieder-{offer.provider_id}"


def test_the_page_says_that_a_name_was_searched(client, region):
    provider = OfferFactory(provider__name="Praktijk Jansonius").provider
    page = client.get(f"/?naam=aanbieder-{provider.pk}").content.decode()
    assert "U zocht op naam:" in page
    assert provider.get_absolute_url() in page


def test_a_draft_has_no_name(region):
    OfferFactory(title="Zonnewendegroep", status="concept", provider__name="Praktijk Jansonius")
    assert understand("Zonnewendegroep").names + understand("Jansonius").names == ()


def test_what_was_named_goes_before_all_others(region):
    others = [OfferFactory(help_questions=["somberheid"], level=0) for _ in range(3)]
    named = OfferFactory(title="Zonnewendegroep", help_questions=["angst"], level=6)
    ranking = results_of(f"hulpvraag=somberheid&naam=aanbod-{named.pk}").matches.ranking
    assert ranking.ids[0] == named.pk
    assert set(ranking.ids[1:]) == {one.pk for one in others}


def test_a_name_that_is_gone_is_said(client, region):
    OfferFactory()
    assert "er niet (meer)" in client.get("/?naam=aanbod-0").content.decode()
