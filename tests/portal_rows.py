"""Addresses of the portal that only who may write for the provider gets: pages, and buttons."""

FORMS = (
    "aanbieder/<int:pk>/nieuw-aanbod/",
    "aanbieder/<int:pk>/gegevens/",
    "aanbieder/<int:pk>/dicht/",
    "aanbieder/<int:pk>/tabel/",
    "aanbieder/<int:pk>/tabel.xlsx",
    "aanbieder/<int:pk>/tabel.csv",
    "aanbieder/<int:pk>/tabel/<slug:kind>/",
    "aanbieder/<int:pk>/tabel/<slug:kind>.xlsx",
    "aanbieder/<int:pk>/tabel/<slug:kind>.csv",
    "aanbod/<int:pk>/wat/",
    "aanbod/<int:pk>/voor-wie/",
    "aanbod/<int:pk>/waar/",
    "aanbod/<int:pk>/locatie/",
    "aanbod/<int:pk>/locatie/<int:location>/",
    "aanbod/<int:pk>/gemeenten/",
    "aanbod/<int:pk>/begin/",
    "aanbod/<int:pk>/verwijzing/",
    "aanbod/<int:pk>/andere-plekken/",
)
# For who reads along too.
FIGURES = ("aanbieder/<int:pk>/actueel/", "aanbieder/<int:pk>/inzicht/")
BUTTONS = (
    "aanbod/<int:pk>/publiceren/",
    "aanbod/<int:pk>/archiveren/",
    "aanbod/<int:pk>/terughalen/",
    "aanbod/<int:pk>/kopie/",
    "aanbod/<int:pk>/losmaken/",
    "aanbod/<int:pk>/andere-plekken/<int:event>/terugdraaien/",
    "aanbieder/<int:pk>/tabel/<int:change>/terugdraaien/",
)


NUMBERS = {
    "aanbod/<int:pk>/losmaken/": "aanbod/{copy}/losmaken/",
    "aanbod/<int:pk>": "aanbod/{offer}",
    "aanbieder/<int:pk>": "aanbieder/{provider}",
    "<int:location>": "{location}",
    "<int:event>": "{brought}",
    "<int:change>": "{table_change}",
    "<slug:kind>": "locaties",
}


def address_of(route):
    """Return the address with the names of the numbers that tests fill in."""
    for part, name in NUMBERS.items():
        route = route.replace(part, name)
    return f"voor-aanbieders/{route}"


# What editors and managers of a municipality write, and where that is of Leiden.
SPEAKING_FOR_LEIDEN = {
    "voor-gemeenten/<slug:slug>/meldingen/mailbox/": "voor-gemeenten/leiden/meldingen/mailbox/",
    "voor-gemeenten/<slug:slug>/meldingen/vraag/<slug:code>/": (
        "voor-gemeenten/leiden/meldingen/vraag/{question}/"
    ),
}
