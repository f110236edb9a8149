// The map beside the list: outlines first, tiles when they can be had, markers that follow the list.
(() => {
  "use strict";
  const settings = JSON.parse(document.getElementById("kaart-instellingen")?.textContent || "null");
  const canvas = document.getElementById("kaart-vlak");
  if (!settings || !canvas || !window.L) return;

  const NETHERLANDS = [[50.7, 3.3], [53.6, 7.3]];
  // A popup stays clear of the buttons at the top, which lie over it.
  const POPUP = { maxWidth: 230, minWidth: 220, autoPanPaddingTopLeft: [4, 100], autoPanPaddingBottomRight: [4, 4] };
  const map = L.map(canvas, { zoomControl: false, minZoom: 6, maxZoom: 18, keyboard: true });
  L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(map);
  L.control.scale({ imperial: false, position: "topleft" }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.fitBounds(NETHERLANDS);

  // The map is an extra on the list: it takes one tab stop for panning and the zoom buttons.
  canvas.setAttribute("aria-label", "Kaart, te verschuiven met de pijltjestoetsen");
  canvas.setAttribute("role", "application");

  // What shares a point is one pin with the numbers of the list, which fans out when it is pressed.
  // Like every pin it stays out of the tab order.
  L.MarkerCluster.prototype.options.keyboard = false;
  const pinsLayer = L.markerClusterGroup({
    animate: false,
    maxClusterRadius: 26,
    removeOutsideVisibleBounds: false,
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false,
    zoomToBoundsOnClick: false,
    spiderLegPolylineOptions: { className: "sk-leg", weight: 1.5, interactive: false },
    iconCreateFunction: (cluster) => sharedIcon(cluster.getAllChildMarkers().map((one) => one.entry)),
  }).addTo(map);
  const countsLayer = L.layerGroup().addTo(map);
  const shapes = new Map();
  let regionBounds = null;
  let moved = false;
  let framed = false;
  // Framed on results: outlines that come later need no other view, and would close a fan that is open.
  let onPins = false;

  if (settings.tiles) {
    const tiles = L.tileLayer(settings.tiles, { attribution: settings.attribution, minZoom: 6, maxZoom: 18 });
    const section = () => canvas.closest(".sk-map");
    tiles.once("tileload", () => section()?.classList.add("sk-map--tiles"));
    tiles.addTo(map);
  }

  // First what lies in and around the region; all of the country for who looks further.
  let outlines = null;
  function outline(address, whole) {
    return fetch(address)
      .then((answer) => answer.json())
      .then((data) => {
        outlines?.remove();
        shapes.clear();
        outlines = L.geoJSON(data, {
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
        outlines.addTo(map).bringToBack();
        markChosen();
        if (!whole && !onPins) frame();
      })
      .catch(() => {}); // Without outlines the markers still tell where things are.
  }
  let asksForAll = false;
  map.on("moveend", () => {
    if (asksForAll || !outlines || outlines.getBounds().contains(map.getBounds())) return;
    asksForAll = true;
    outline(settings.outlines, true);
  });
  outline(`${settings.outlines}?rond=regio`, false);

  // keyboard: false, as everything on the map is in the list: markers stay out of the tab order.
  const icon = (size, element) => L.divIcon({ className: "", iconSize: size, html: element });
  const pin = (at, size, element) => L.marker(at, { keyboard: false, icon: icon(size, element) });

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

  const { cards, cardOf, preview, show } = window.skMapCard;
  const numberOf = (card) => card.querySelector(".sk-no")?.textContent.trim() || "";
  // The pins on which an offer stands: one for each of its places.
  let pinsOf = new Map();
  // What the server sent of the map last.
  let sent = { points: [], clusters: [], numbered: [] };

  // One entry for each place of each offer.
  function entries() {
    const found = new Map();
    const byOffer = new Map(cards().map((card) => [card.dataset.offer, card]));
    const put = (lat, lon, entry) => {
      const at = [Number(lat), Number(lon)];
      found.set([entry.offer, ...at.map((degrees) => degrees.toFixed(4))].join(), { at, ...entry });
    };
    const ofCard = (card) => ({
      offer: card.dataset.offer,
      kind: card.dataset.kind,
      title: card.querySelector(".sk-card__title").textContent.trim(),
      number: numberOf(card),
      card,
    });
    // Until every place of an offer was sent there is the one of its row.
    const known = new Set(sent.numbered.map(([, , offer]) => String(offer)));
    for (const card of byOffer.values()) {
      if (!known.has(card.dataset.offer)) put(card.dataset.lat, card.dataset.lon, ofCard(card));
    }
    for (const [lat, lon, offer] of sent.numbered) {
      const card = byOffer.get(String(offer));
      if (card) put(lat, lon, ofCard(card));
    }
    for (const [lat, lon, offer, kind, title] of sent.points) {
      if (!byOffer.has(String(offer))) put(lat, lon, { offer: String(offer), kind, title, number: "" });
    }
    return [...found.values()];
  }

  // "4", "4 · 11", "4 + 3": the numbers of the list, as far as they fit.
  function labelOf(shared) {
    const numbers = [...new Set(shared.map((entry) => entry.number).filter(Boolean))].sort((a, b) => a - b);
    const others = new Set(shared.map((entry) => entry.offer)).size - numbers.length;
    if (!others && numbers.length <= 3) return numbers.join(" · ");
    return numbers.length ? `${numbers[0]} + ${numbers.length - 1 + others}` : String(others);
  }

  function sharedIcon(shared) {
    const label = labelOf(shared);
    const numbered = shared.some((entry) => entry.number);
    const element = shape(numbered ? "sk-marker sk-marker--several" : "sk-cluster sk-cluster--here", label);
    element.dataset.offers = [...new Set(shared.map((entry) => entry.offer))].join(" ");
    return icon([Math.max(32, 16 + 8 * label.length), 32], element);
  }

  function pinFor(entry) {
    const small = entry.number ? "" : " sk-marker--small";
    const element = shape(`sk-marker sk-marker--${entry.kind}${small}`, entry.number);
    element.dataset.offers = entry.offer;
    const size = entry.number ? 32 : 20;
    const one = pin(entry.at, [size, size], element);
    one.entry = entry;
    one.bindPopup(() => (entry.card ? preview(entry.card) : toOffer(entry)), POPUP);
    one.on("click", () => { if (entry.card) choose(entry.card); });
    one.on("mouseover", () => { if (entry.card) mark(entry.card); });
    return one;
  }

  // On a phone the strip below the map shows it, and the map stays; else the list moves to its row.
  const phone = window.matchMedia("(max-width: 60rem)");
  function choose(card) {
    mark(card);
    if (phone.matches) {
      map.closePopup();
      show(card.dataset.offer);
      return;
    }
    const folded = card.closest("details:not([open])");
    if (folded) folded.open = true;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  function toOffer(entry) {
    const box = document.createElement("div");
    box.className = "sk-preview";
    const link = document.createElement("a");
    // As on a card: seen from the municipality that was asked for, with the way back.
    const given = new URLSearchParams();
    if (municipality()) given.set("gemeente", municipality());
    const search = document.getElementById("resultaat")?.dataset.back || "";
    if (search) given.set("terug", search);
    link.href = `${settings.offer.replace("/0-", `/${entry.offer}-`)}?${given}`;
    link.className = "sk-preview__title";
    link.textContent = entry.title;
    box.append(link);
    return box;
  }

  function draw() {
    pinsLayer.clearLayers();
    countsLayer.clearLayers();
    pinsOf = new Map();
    const pins = entries().map((entry) => {
      const one = pinFor(entry);
      pinsOf.set(entry.offer, [...(pinsOf.get(entry.offer) || []), one]);
      return one;
    });
    pinsLayer.addLayers(pins);
    for (const [lat, lon, count] of sent.clusters) {
      const size = Math.round(28 + Math.min(28, 7 * Math.log10(count + 1) * 1.6));
      const cluster = pin([lat, lon], [size, size], shape("sk-cluster", Number(count).toLocaleString("nl-NL")));
      cluster.on("click", () => map.setView([lat, lon], map.getZoom() + 2));
      cluster.addTo(countsLayer);
    }
    const chosen = document.querySelector("#lijst .sk-card--selected");
    if (chosen) mark(chosen);
  }
  pinsLayer.on("clusterclick", (event) => event.layer.spiderfy());
  pinsLayer.on("clustermouseover", (event) => {
    const listed = event.layer.getAllChildMarkers().map((one) => one.entry).filter((entry) => entry.card);
    listed.sort((a, b) => a.number - b.number);
    if (listed.length) mark(listed[0].card);
  });

  // The row and its pins stand out together; a pin that is one of several, with those.
  function mark(card) {
    for (const other of document.querySelectorAll(".sk-card--selected")) other.classList.remove("sk-card--selected");
    for (const marked of canvas.querySelectorAll(".sk-marker--selected")) marked.classList.remove("sk-marker--selected");
    card.classList.add("sk-card--selected");
    for (const one of pinsOf.get(card.dataset.offer) || []) {
      (pinsLayer.getVisibleParent(one) || one).getElement()?.firstChild?.classList.add("sk-marker--selected");
    }
  }

  document.addEventListener("sk:choose", (event) => {
    const card = cardOf(event.detail);
    const [one] = pinsOf.get(event.detail) || [];
    if (!card || !one) return;
    mark(card);
    map.panTo(one.getLatLng(), { animate: false });
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("#lijst .sk-card");
    if (card) mark(card);
  });
  document.addEventListener("pointerover", (event) => {
    const card = event.target.closest?.("#lijst .sk-card");
    if (card && !card.classList.contains("sk-card--selected")) mark(card);
  });

  function frame() {
    // By the nearest place of each: a provider with a house at the other end of the country
    // would show the whole of it.
    // What lies folded away does not count either.
    const listed = cards().filter((card) => !card.closest("details:not([open])"));
    const pins = listed.map((card) => [Number(card.dataset.lat), Number(card.dataset.lon)]);
    const place = document.getElementById("resultaat")?.dataset.place;
    if (place && pins.length) pins.push(place.split(",").map(Number));
    framed = Boolean(canvas.offsetWidth);
    onPins = framed && pins.length > 0;
    if (pins.length > 1) map.fitBounds(L.latLngBounds(pins).pad(0.15), { maxZoom: 14, animate: false });
    else if (pins.length === 1) map.setView(pins[0], 13, { animate: false });
    else if (regionBounds) map.fitBounds(regionBounds, { animate: false });
    moved = false;
    map.fire("framed");
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
  pinsLayer.on("spiderfied", () => { reading = true; });
  pinsLayer.on("unspiderfied", () => { reading = false; });
  map.on("popupopen", (event) => {
    reading = true;
    event.popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Sluit");
  });
  map.on("popupclose", () => { reading = false; });
  map.on("moveend", () => { if (moved && !reading) ask(); });
  map.on("dragstart zoomstart", () => { moved = true; });

  // On a phone the map is not displayed until it is asked for; then it must measure itself anew. A
  // map that was framed once stays where it is: turning a phone is no reason to zoom out.
  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (!framed) frame();
  }).observe(canvas);

  document.addEventListener("sk:results", () => {
    sent = { points: [], clusters: [], numbered: [] };
    draw();
    markChosen();
    frame();
  });
  window.skMap = { map, settings, frame, get moved() { return moved; } };
  draw();
  frame();
})();
