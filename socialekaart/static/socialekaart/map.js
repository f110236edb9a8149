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

  const cardsLayer = L.layerGroup().addTo(map);
  const othersLayer = L.layerGroup().addTo(map);
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

  const marker = (lat, lon, kind, text, size) =>
    L.marker([lat, lon], {
      keyboard: false, // everything on the map is in the list: markers stay out of the tab order
      icon: L.divIcon({ className: "", iconSize: [size, size], html: "" }),
    }).on("add", (event) => {
      const box = document.createElement("div");
      box.className = `sk-marker sk-marker--${kind}${text ? "" : " sk-marker--small"}`;
      const label = document.createElement("b");
      label.textContent = text;
      box.append(label);
      event.target.getElement().replaceChildren(box);
    });

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
  const byOffer = new Map();

  function drawCards() {
    cardsLayer.clearLayers();
    byOffer.clear();
    for (const card of cards()) {
      const number = card.querySelector(".sk-no")?.textContent || "";
      const pin = marker(Number(card.dataset.lat), Number(card.dataset.lon), card.dataset.kind, number, 32);
      pin.on("click", () => select(card, true));
      pin.addTo(cardsLayer);
      byOffer.set(card.dataset.offer, pin);
    }
  }

  function select(card, scroll) {
    for (const other of document.querySelectorAll(".sk-card--selected")) other.classList.remove("sk-card--selected");
    for (const pin of byOffer.values()) pin.getElement()?.firstChild?.classList.remove("sk-marker--selected");
    card.classList.add("sk-card--selected");
    const pin = byOffer.get(card.dataset.offer);
    pin?.getElement()?.firstChild?.classList.add("sk-marker--selected");
    pin?.setZIndexOffset(1000);
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
    const pins = [...byOffer.values()].map((pin) => pin.getLatLng());
    moved = false;
    if (pins.length > 1) map.fitBounds(L.latLngBounds(pins).pad(0.15), { maxZoom: 14, animate: false });
    else if (pins.length === 1) map.setView(pins[0], 13, { animate: false });
    else if (regionBounds) map.fitBounds(regionBounds, { animate: false });
    drawOthers();
  }

  // Asked for once, however often the map is framed, and not while nobody sees it.
  let drawn = "";
  async function drawOthers() {
    if (!canvas.offsetWidth) return;
    const view = map.getBounds();
    const box = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()].map((n) => n.toFixed(4)).join(",");
    const query = document.getElementById("resultaat")?.dataset.query || "";
    const shown = cards().map((card) => card.dataset.offer).join(",");
    const address = `${settings.points}?${query}&vak=${box}&zonder=${shown}`;
    if (address === drawn) return;
    drawn = address;
    const answer = await fetch(address).catch(() => null);
    const data = answer?.ok ? await answer.json().catch(() => null) : null;
    if (drawn !== address) return;
    if (!data) {
      drawn = "";
      return;
    }
    othersLayer.clearLayers();
    for (const [lat, lon, offer, kind, title] of data.points) {
      const pin = marker(lat, lon, kind, "", 20);
      pin.bindPopup(() => {
        const link = document.createElement("a");
        link.href = settings.offer.replace("/0-", `/${offer}-`) + (municipality() ? `?gemeente=${municipality()}` : "");
        link.textContent = title;
        return link;
      });
      pin.addTo(othersLayer);
    }
    for (const [lat, lon, count] of data.clusters) {
      const size = Math.round(28 + Math.min(28, 7 * Math.log10(count + 1) * 1.6));
      const pin = L.marker([lat, lon], { keyboard: false, icon: L.divIcon({ className: "sk-cluster", iconSize: [size, size], html: String(Number(count)) }) });
      pin.on("click", () => map.setView([lat, lon], map.getZoom() + 2));
      pin.addTo(othersLayer);
    }
    canvas.dataset.located = data.located;
  }

  // Further out the names of small neighbours lie over each other.
  map.on("zoomend", () => canvas.classList.toggle("sk-map--far", map.getZoom() < 10));
  map.on("popupopen", (event) => {
    event.popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Sluit");
  });
  map.on("moveend", () => { if (moved) drawOthers(); });
  map.on("dragstart zoomstart", () => { moved = true; });

  // On a phone the map is not displayed until it is asked for; then it must measure itself anew.
  new ResizeObserver(() => { map.invalidateSize(); if (!moved) frame(); }).observe(canvas);

  document.addEventListener("sk:results", () => { drawCards(); markChosen(); frame(); });
  drawCards();
  frame();
})();
