// Where the map is, in words; and a search around it or around whoever looks. A point becomes a
// postcode in this browser, with the list of the region: the point itself is never sent.
(() => {
  "use strict";
  const { map, settings } = window.skMap || {};
  if (!map) return;
  const FAR = 25_000; // metres: further from every postcode is outside the region
  const CLOSE = 12; // from this zoom on the names of municipalities fall outside the view
  let areas = null;
  const say = (words) => { document.getElementById("kaart-melding").textContent = words; };

  function listed() {
    areas ||= fetch(settings.areas)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject()))
      .catch(() => { areas = null; return []; });
    return areas;
  }

  async function nearest(point) {
    let found = null;
    for (const [code, town, lat, lon] of await listed()) {
      const metres = map.distance(point, [lat, lon]);
      if (metres < FAR && metres < (found?.metres ?? Infinity)) found = { code, town, metres };
    }
    return found;
  }

  async function searchAround(point, outside) {
    const area = await nearest(point);
    if (!area) return say(outside);
    const query = new URLSearchParams(document.getElementById("resultaat").dataset.query);
    for (const name of ["gemeente", "pagina", "plaats"]) query.delete(name);
    query.set("plaats", area.code);
    location.assign(`${settings.search}?${query}`);
  }

  function button(words, press) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "sk-map__button";
    one.textContent = words;
    one.addEventListener("click", press);
    return one;
  }

  const bar = L.control({ position: "topright" });
  const here = button("Zoek in dit gebied", () => searchAround(map.getCenter(), "Dit gebied ligt buiten de regio."));
  here.hidden = true;
  const mine = button("Bij mij", () => {
    say("");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => searchAround([coords.latitude, coords.longitude], "U bent nu buiten de regio."),
      () => say("Uw plek is niet bekend. Typ een postcode of plaats."),
      { maximumAge: 600_000, timeout: 10_000 },
    );
  });
  const whole = button("Groot", () => {
    const section = document.getElementById("kaart");
    if (document.fullscreenElement) document.exitFullscreen();
    else section.requestFullscreen?.().catch(() => {});
  });
  whole.classList.add("sk-map__whole");
  document.addEventListener("fullscreenchange", () => {
    whole.textContent = document.fullscreenElement ? "Klein" : "Groot";
  });
  const again = button("Terug", () => window.skMap.frame());
  again.hidden = true;
  again.setAttribute("aria-label", "Toon weer alle resultaten");
  bar.onAdd = () => {
    const box = L.DomUtil.create("div", "sk-map__bar");
    if ("geolocation" in navigator) box.append(mine);
    if (document.fullscreenEnabled) box.append(whole);
    box.prepend(here, again);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  bar.addTo(map);

  async function tell() {
    const { moved } = window.skMap;
    here.hidden = again.hidden = !moved;
    const where = document.getElementById("kaart-plek");
    if (!where) return;
    where.hidden = map.getZoom() < CLOSE;
    if (where.hidden) return;
    const area = await nearest(map.getCenter());
    where.textContent = area ? `${area.town} · ${area.code}` : "";
    where.hidden = !area;
  }
  map.on("moveend framed", tell);
  document.addEventListener("sk:results", tell);
  tell();
})();
