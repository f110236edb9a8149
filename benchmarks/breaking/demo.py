"""python -m benchmarks.breaking.demo: loads the demo, with a group that has places to give away.

Prints what the provider writes to, as JSON. With `numbers OFFER RUN`: what was stored.
"""

from __future__ import annotations

import json
import sys

from benchmarks.setup import set_up

PLACES = 990


def main() -> None:
    set_up()
    if sys.argv[1:2] == ["numbers"]:
        print(json.dumps(stored(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(load()))


def load() -> dict[str, object]:
    """Load the demo region and widen one group of the demo provider."""
    from django.core.management import call_command
    from django.utils import timezone

    from demo.accounts import ACCOUNTS, PASSWORD, PROVIDERS
    from providers.models import GroupRun
    from providers.services.groups import PlacesLeft, update_places_of_runs

    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    runs = GroupRun.objects.upcoming(timezone.localdate()).order_by("starts_on")
    run = runs.filter(programme__offer__provider__name__in=PROVIDERS)[0]
    GroupRun.objects.filter(pk=run.pk).update(places=PLACES)
    offer, shown = run.programme.offer, run.places_left
    run = runs.get(pk=run.pk)
    member = offer.provider.memberships.get(user__email=ACCOUNTS[0].email).user
    update_places_of_runs(by=member, given=[PlacesLeft(run, PLACES, shown=shown)])
    return {
        "offer": offer.pk,
        "run": run.pk,
        "places": PLACES,
        "page": offer.get_absolute_url(),
        "email": ACCOUNTS[0].email,
        "password": PASSWORD,
    }


def stored(offer: int, run: int) -> dict[str, object]:
    """Return the numbers of the waits that are there, and the places left."""
    from providers.models import GroupRun, WaitTime

    waits = WaitTime.objects.filter(offer=offer).exclude(people_waiting=None)
    return {
        "waits": list(waits.values_list("people_waiting", flat=True)),
        "places": GroupRun.objects.get(pk=run).places_left,
    }


if __name__ == "__main__":
    main()
