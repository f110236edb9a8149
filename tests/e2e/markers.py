"""The pins of the map: which offers stand on them, and when they are drawn."""

NUMBERED = ".sk-marker[data-offers]:not(.sk-marker--small)"
OFFERS = "all => all.flatMap(pin => pin.dataset.offers.split(' '))"


def markers_follow(page):
    """Wait until every card that has a place has a pin, alone or together with others."""
    page.wait_for_function(
        """selector => {
          const onMap = new Set([...document.querySelectorAll(selector)]
            .flatMap(pin => pin.dataset.offers.split(" ")));
          const cards = [...document.querySelectorAll("#lijst .sk-card[data-lat]")];
          return cards.every(card => onMap.has(card.dataset.offer))
            && document.getElementById("kaart-vlak").dataset.located !== undefined;
        }""",
        arg=NUMBERED,
    )
