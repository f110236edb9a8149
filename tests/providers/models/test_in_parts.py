"""Rows that are read in parts."""

import pytest
from django.db import connection

from providers.models import Municipality
from providers.models.base import in_parts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pooled", [False, True], ids=["direct", "PgBouncer"])
def test_rows_stay_in_the_database_until_they_are_read(region, monkeypatch, pooled):
    """Behind PgBouncer too: 250,000 rows at once took a process from 290 MB to over a gigabyte."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", pooled)
    opened, cursor = [], connection.chunked_cursor
    monkeypatch.setattr(connection, "chunked_cursor", lambda: opened.append(1) or cursor())
    rows = Municipality.objects.order_by("name").values_list("name", "code")
    found = list(in_parts(rows, size=2))
    assert (found, len(opened)) == (list(rows), 1)
    assert len(found) > 2
