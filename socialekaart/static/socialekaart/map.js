// The map beside the list: outlines first, tiles when they can be had, markers that follow the list.
(() => {
  "use strict";
  const settings = JSON.parse(document.getElementById("kaart-instellingen")?.textContent || "null");
  const canvas = document.getElementById("kaart-vlak");
  if (!settings || !canvas || !window.L) return;

  const NETHERLANDS = [[50.7, 3.3], [53.6, 7.3]];
  const map = L.map(canvas, { zoomControl: false, minZoom: 6, maxZoom: 18, keyboard: true });
  L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.fitBounds(NETHERLANDS);

  // The map is an extra on the list: it takes one tab stop for panning and the zoom buttons.
  canvas.setAttribute("aria-label", "Kaart, te verschuiven met de pijltjestoetsen");
  canvas.setAttribute("role", "application");

  const pinsLayer = L.layerGroup().addTo(map);
  const shapes = new Map();
  let regionBounds = null;
  let moved = false;

  if (settings.tiles) {
    const tiles = L.tileLayer(settings.tiles, { attribution: settings.attribution, minZoom: 6, maxZoom: 18 });
    const section = () => canvas.closest(".sk-map");
    tiles.once("tileload", () => section()?.classList.add("sk-map--tiles"));
    tiles.addTo(map);
  }

  fetch(settings.outlines)
    .then((answer) => answer.json())
    .then((outlines) => {
      const layer = L.geoJSON(outlines, {
        interactive: false,
        style: (feature) => ({
          fillOpacity: 1,
          className: feature.properties.region === settings.region ? "sk-outline" : "sk-outline sk-outline--out",
        }),
        onEachFeature: (feature, shape) => {
          shapes.set(feature.properties.code, shape);
          if (feature.properties.region !== settings.region) return;
          regionBounds = regionBounds ? regionBounds.extend(shape.getBounds()) : L.latLngBounds(shape.getBounds());
          shape.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "sk-map__label" });
        },
      });
      layer.addTo(map).bringToBack();
      markChosen();
      frame();
    })
    .catch(() => {}); // Without outlines the markers still tell where things are.

  // keyboard: false, as everything on the map is in the list: markers stay out of the tab order.
  const pin = (at, size, element) =>
    L.marker(at, { keyboard: false, icon: L.divIcon({ className: "", iconSize: size, html: "" }) })
      .on("add", (event) => event.target.getElement().replaceChildren(element));

  function shape(className, text) {
    const box = document.createElement("div");
    box.className = className;
    const label = document.createElement("b");
    label.textContent = text;
    box.append(label);
    return box;
  }

  const municipality = () => document.getElementById("resultaat")?.dataset.municipality;

  // The municipality asked for lies on top of its neighbours, so that its whole edge shows.
  function markChosen() {
    const asked = municipality();
    for (const [code, shape] of shapes) {
      shape.getElement()?.classList.toggle("sk-outline--chosen", code === asked);
    }
    shapes.get(asked)?.bringToFront();
  }

  const cards = () => [...document.querySelectorAll("#lijst .sk-card[data-lat]")];
  const numberOf = (card) => card.querySelector(".sk-no")?.textContent.trim() || "";
  // The pins on which an offer stands: one for each of its places.
  let pinsOf = new Map();
  // What the server sent of the map last.
  let sent = { points: [], clusters: [], numbered: [] };

  // Whatever lies within some ten metres shares one pin: two pins on one point hide each other.
  function together() {
    const places = new Map();
    const byOffer = new Map(cards().map((card) => [card.dataset.offer, card]));
    const put = (lat, lon, entry) => {
      const at = [Number(Number(lat).toFixed(5)), Number(Number(lon).toFixed(5))];
      const key = at.map((degrees) => degrees.toFixed(4)).join();
      if (!places.has(key)) places.set(key, { at, entries: new Map() });
      places.get(key).entries.set(entry.offer, entry);
    };
    const ofCard = (card) => ({
      offer: card.dataset.offer,
      kind: card.dataset.kind,
      title: card.querySelector(".sk-card__title").textContent.trim(),
      number: numberOf(card),
      card,
    });
    for (const card of byOffer.values()) put(card.dataset.lat, card.dataset.lon, ofCard(card));
    for (const [lat, lon, offer] of sent.numbered) {
      const card = byOffer.get(String(offer));
      if (card) put(lat, lon, ofCard(card));
    }
    for (const [lat, lon, offer, kind, title] of sent.points) {
      if (!byOffer.has(String(offer))) put(lat, lon, { offer: String(offer), kind, title, number: "" });
    }
    return [...places.values()].map(({ at, entries }) => ({ at, entries: [...entries.values()] }));
  }

  // "4", "4 · 11", "4 + 3": the numbers of the list, as far as they fit.
  function labelOf(entries) {
    const numbers = entries.map((entry) => entry.number).filter(Boolean);
    if (numbers.length === entries.length && numbers.length <= 2) return numbers.join(" · ");
    return numbers.length ? `${numbers[0]} + ${entries.length - 1}` : String(entries.length);
  }

  function pinFor({ at, entries }) {
    const [first] = entries;
    const label = entries.length === 1 ? first.number : labelOf(entries);
    const element = shape(looksOf(entries), label);
    element.dataset.offers = entries.map((entry) => entry.offer).join(" ");
    const height = label ? 32 : 20;
    return pin(at, [Math.max(height, entries.length === 1 ? 0 : 16 + 8 * label.length), height], element);
  }

  function looksOf(entries) {
    const [first] = entries;
    if (entries.length === 1) return `sk-marker sk-marker--${first.kind}${first.number ? "" : " sk-marker--small"}`;
    return entries.some((entry) => entry.number) ? "sk-marker sk-marker--several" : "sk-cluster sk-cluster--here";
  }

  function namesOf(entries) {
    const list = document.createElement("ul");
    list.className = "sk-map__names";
    for (const entry of entries) {
      const row = document.createElement("li");
      row.append(entry.card ? toCard(entry) : toOffer(entry));
      list.append(row);
    }
    return list;
  }

  function toOffer(entry) {
    const link = document.createElement("a");
    // As on a card: seen from the municipality that was asked for, with the way back.
    const given = new URLSearchParams();
    if (municipality()) given.set("gemeente", municipality());
    const search = document.getElementById("resultaat")?.dataset.back || "";
    if (search) given.set("terug", search);
    link.href = `${settings.offer.replace("/0-", `/${entry.offer}-`)}?${given}`;
    link.textContent = entry.title;
    return link;
  }

  function toCard(entry) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${entry.number}. ${entry.title}`;
    button.addEventListener("click", () => {
      map.closePopup();
      select(entry.card, true);
    });
    return button;
  }

  function draw() {
    pinsLayer.clearLayers();
    pinsOf = new Map();
    for (const place of together()) {
      const { entries } = place;
      const one = pinFor(place);
      if (entries.length === 1 && entries[0].card) one.on("click", () => select(entries[0].card, true));
      else one.bindPopup(() => namesOf(entries));
      one.addTo(pinsLayer);
      for (const entry of entries) pinsOf.set(entry.offer, [...(pinsOf.get(entry.offer) || []), one]);
    }
    for (const [lat, lon, count] of sent.clusters) {
      const size = Math.round(28 + Math.min(28, 7 * Math.log10(count + 1) * 1.6));
      const cluster = pin([lat, lon], [size, size], shape("sk-cluster", String(Number(count))));
      cluster.on("click", () => map.setView([lat, lon], map.getZoom() + 2));
      cluster.addTo(pinsLayer);
    }
  }

  function select(card, scroll) {
    for (const other of document.querySelectorAll(".sk-card--selected")) other.classList.remove("sk-card--selected");
    for (const marked of canvas.querySelectorAll(".sk-marker--selected")) marked.classList.remove("sk-marker--selected");
    card.classList.add("sk-card--selected");
    for (const one of pinsOf.get(card.dataset.offer) || []) {
      one.getElement()?.firstChild?.classList.add("sk-marker--selected");
      one.setZIndexOffset(1000);
    }
    if (!scroll) return;
    if (location.hash === "#kaart") location.hash = "#lijst";
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    card.querySelector("a").focus({ preventScroll: true });
  }

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("#lijst .sk-card");
    if (card) select(card, false);
  });
  document.addEventListener("pointerover", (event) => {
    const card = event.target.closest?.("#lijst .sk-card");
    if (card && !card.classList.contains("sk-card--selected")) select(card, false);
  });

  function frame() {
    // By the nearest place of each: a provider with a house at the other end of the country
    // would show the whole of it.
    const pins = cards().map((card) => [Number(card.dataset.lat), Number(card.dataset.lon)]);
    moved = false;
    if (pins.length > 1) map.fitBounds(L.latLngBounds(pins).pad(0.15), { maxZoom: 14, animate: false });
    else if (pins.length === 1) map.setView(pins[0], 13, { animate: false });
    else if (regionBounds) map.fitBounds(regionBounds, { animate: false });
    ask();
  }

  // Asked for once, however often the map is framed, and not while nobody sees it.
  let drawn = "";
  async function ask() {
    if (!canvas.offsetWidth) return;
    const view = map.getBounds();
    const box = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()].map((n) => n.toFixed(4)).join(",");
    const query = document.getElementById("resultaat")?.dataset.query || "";
    const numbered = cards().map((card) => card.dataset.offer).join(",");
    const address = `${settings.points}?${query}&vak=${box}&genummerd=${numbered}`;
    if (address === drawn) return;
    drawn = address;
    const answer = await fetch(address).catch(() => null);
    const data = answer?.ok ? await answer.json().catch(() => null) : null;
    if (drawn !== address) return;
    if (!data) {
      drawn = "";
      return;
    }
    sent = data;
    draw();
    canvas.dataset.located = data.located;
  }

  // Further out the names of small neighbours lie over each other.
  map.on("zoomend", () => canvas.classList.toggle("sk-map--far", map.getZoom() < 10));
  // A popup that opens may move the map; drawing the pins anew would close it.
  let reading = false;
  map.on("popupopen", (event) => {
    reading = true;
    event.popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Sluit");
  });
  map.on("popupclose", () => { reading = false; });
  map.on("moveend", () => { if (moved && !reading) ask(); });
  map.on("dragstart zoomstart", () => { moved = true; });

  // On a phone the map is not displayed until it is asked for; then it must measure itself anew.
  new ResizeObserver(() => { map.invalidateSize(); if (!moved) frame(); }).observe(canvas);

  document.addEventListener("sk:results", () => {
    sent = { points: [], clusters: [], numbered: [] };
    draw();
    markChosen();
    frame();
  });
  draw();
  frame();
})();
