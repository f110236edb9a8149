"""Addresses of what a region arranges itself, at its desk: pages, and buttons that take away."""

# By the end of the address, the same with the names of the numbers that tests fill in.
OF_THE_REGION = {
    "lokale-teams/": "lokale-teams/",
    "lokale-teams/nieuw/": "lokale-teams/nieuw/",
    "lokale-teams/<int:pk>/": "lokale-teams/{local_team}/",
    "clientondersteuning/<slug:municipality>/": "clientondersteuning/GM0546/",
    "crisisnummers/": "crisisnummers/",
    "crisisnummers/nieuw/": "crisisnummers/nieuw/",
    "crisisnummers/<int:pk>/": "crisisnummers/{crisis_number}/",
    "woorden/": "woorden/",
}
# Of those who ask one after another, the last finds nothing there any more.
REMOVALS = {
    "lokale-teams/<int:pk>/weg/": "lokale-teams/{local_team}/weg/",
    "crisisnummers/<int:pk>/weg/": "crisisnummers/{crisis_number}/weg/",
    "woorden/<int:pk>/weg/": "woorden/{own_word}/weg/",
}
