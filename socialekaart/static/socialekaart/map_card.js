// A result on the map: what its popup says, and on a phone a strip of cards below the map.
(() => {
  "use strict";
  const strip = document.createElement("ol");
  strip.className = "sk-strip";
  strip.setAttribute("aria-label", "Resultaten op de kaart");
  const cards = () => [...document.querySelectorAll("#lijst .sk-card[data-lat]")];
  const cardOf = (offer) => document.querySelector(`#lijst .sk-card[data-offer="${offer}"]`);

  // Its number, start, title, provider, telephone and star: taken from the row, so never otherwise.
  function preview(card) {
    const box = document.createElement("div");
    box.className = "sk-preview";
    const copy = (selector) => {
      const found = card.querySelector(selector)?.cloneNode(true);
      found?.removeAttribute("id");
      if (found) box.append(found);
      return found;
    };
    copy(".sk-pill");
    const keep = copy(".sk-keep");
    const title = copy(".sk-card__title a");
    const number = card.querySelector(".sk-no")?.textContent.trim();
    if (title && number) title.prepend(`${number}. `);
    title?.classList.add("sk-preview__title");
    copy(".sk-card__by");
    copy(".sk-call");
    // The star in the row does the work, and says what it did.
    keep?.removeAttribute("hx-post");
    keep?.addEventListener("click", (event) => {
      event.preventDefault();
      card.querySelector(".sk-keep")?.click();
      keep.setAttribute("aria-pressed", String(keep.getAttribute("aria-pressed") !== "true"));
    });
    return box;
  }

  function fill() {
    strip.replaceChildren(...cards().map((card) => {
      const item = document.createElement("li");
      item.dataset.offer = card.dataset.offer;
      item.append(preview(card));
      return item;
    }));
    const map = document.getElementById("kaart");
    map?.classList.toggle("sk-map--strip", strip.childElementCount > 0);
    map?.append(strip);
  }

  // The card in the middle of the strip is the one on the map; only a hand on the strip moves the map.
  let byHand = false;
  strip.addEventListener("pointerdown", () => { byHand = true; });
  strip.addEventListener("focusin", () => { byHand = true; });
  strip.addEventListener("scrollend", () => {
    if (!byHand) return;
    const middle = strip.getBoundingClientRect().left + strip.clientWidth / 2;
    const item = [...strip.children].find((one) => one.getBoundingClientRect().right > middle);
    if (item) document.dispatchEvent(new CustomEvent("sk:choose", { detail: item.dataset.offer }));
  });

  function show(offer) {
    byHand = false;
    const item = strip.querySelector(`[data-offer="${offer}"]`);
    item?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
  }

  window.skMapCard = { preview, show, cardOf, cards };
  document.addEventListener("sk:results", fill);
  fill();
})();
