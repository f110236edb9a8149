// The map of coverage to move about in; without a script the drawing below it stays.
(() => {
  "use strict";
  const frame = document.getElementById("dekkingskaart");
  if (!frame || !window.L) return;

  const drawing = frame.firstElementChild;
  fetch(frame.dataset.map)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject()))
    .then((outlines) => {
      const canvas = document.createElement("div");
      canvas.className = "sk-region-canvas";
      canvas.setAttribute("role", "application");
      canvas.setAttribute("aria-label", frame.dataset.label);
      frame.append(canvas);
      const map = L.map(canvas, { zoomControl: false, zoomSnap: 0, minZoom: 7, maxZoom: 13, scrollWheelZoom: false });
      L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(map);
      map.attributionControl.setPrefix(false);
      const layer = L.geoJSON(outlines, {
        interactive: false,
        style: (feature) => ({ fillOpacity: 1, className: `sk-area sk-area--${feature.properties.look}` }),
        onEachFeature: (feature, shape) => {
          const { name, label } = feature.properties;
          const words = document.createElement("span");
          const letter = document.createElement("b");
          letter.textContent = label;
          words.append(letter, document.createTextNode(name));
          shape.bindTooltip(words, { permanent: true, direction: "center", className: "sk-region-label" });
        },
      }).addTo(map);
      map.fitBounds(layer.getBounds(), { animate: false });
      // Names that always stand there: Leaflet has only tooltips for them, which tell of something else.
      layer.eachLayer((shape) => shape.getTooltip().getElement().removeAttribute("role"));
      drawing.classList.add("sk-region--print");
      new ResizeObserver(() => map.invalidateSize()).observe(canvas);
    })
    .catch(() => { document.getElementById(frame.dataset.say).textContent = frame.dataset.lost; });
})();
