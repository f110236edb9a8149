// Fetches what the map needs once somebody can see its place, so that the list is on the screen first. A phone that never
// opens the map never fetches it.
(() => {
  "use strict";
  const { sheet, scripts } = document.currentScript.dataset;
  const canvas = document.getElementById("kaart-vlak");
  if (!canvas) return;

  function load() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheet;
    // Without its sheet Leaflet would put its parts all over the page.
    link.addEventListener("load", () => {
      for (const address of scripts.split(/\s+/)) {
        const script = document.createElement("script");
        script.src = address;
        script.async = false; // in the order in which they stand
        document.body.append(script);
      }
    });
    document.head.append(link);
  }

  // The first report comes after the first paint.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "300px" });
  watch.observe(canvas);
})();
