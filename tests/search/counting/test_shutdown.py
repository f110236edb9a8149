"""A worker that stops writes what it counted."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from providers.models import Demand
from tests.test_killed import where_others_can_write


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["fork", "spawn", "alone"])
def test_what_was_counted_is_written_when_a_worker_stops(tmp_path, kind):
    address, read_back = where_others_can_write(tmp_path)
    subprocess.run(
        [sys.executable, "-m", "tests.search.counting.a_worker", kind],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "socialekaart.settings"},
        check=True,
        timeout=120,
    )
    read_back()
    assert Demand.objects.get().searches == 1
