// Fetches what a map needs once somebody can see its place, so that the list is on the screen first. A phone that never
// opens the map never fetches it. `data-canvas` names the place, which says where and what to say when it cannot be had.
(() => {
  "use strict";
  const { canvas, sheet, scripts } = document.currentScript.dataset;
  const place = document.getElementById(canvas);
  if (!place) return;

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
        script.addEventListener("error", giveUp);
        document.body.append(script);
      }
    });
    link.addEventListener("error", giveUp);
    document.head.append(link);
  }

  let isLost = false;
  function giveUp() {
    if (isLost || place.matches(".leaflet-container, :has(.leaflet-container)")) return;
    isLost = true;
    window.L = undefined; // What comes after it looks for Leaflet first, and leaves the place alone.
    showInstead();
    document.addEventListener("htmx:afterSettle", showInstead);
  }

  // The sentence, and the picture for who has no script where the page has one: anew after each change of the list.
  function showInstead() {
    const picture = place.parentElement.querySelector("noscript");
    if (picture) place.innerHTML = picture.textContent;
    document.getElementById(place.dataset.say).textContent = place.dataset.lost;
  }

  // The first report comes after the first paint.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "300px" });
  watch.observe(place);
})();
