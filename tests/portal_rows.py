"""Addresses of the portal that only who may write for the provider gets: pages, and buttons."""

FORMS = (
    "aanbieder/<int:pk>/nieuw-aanbod/",
    "aanbieder/<int:pk>/gegevens/",
    "aanbod/<int:pk>/wat/",
    "aanbod/<int:pk>/voor-wie/",
    "aanbod/<int:pk>/waar/",
    "aanbod/<int:pk>/gemeenten/",
    "aanbod/<int:pk>/begin/",
)
BUTTONS = ("aanbod/<int:pk>/publiceren/",)


def address_of(route):
    """Return the address with the names of the numbers that tests fill in."""
    named = route.replace("aanbod/<int:pk>", "aanbod/{offer}")
    return "voor-aanbieders/" + named.replace("aanbieder/<int:pk>", "aanbieder/{provider}")
