// Search without a reload: filters, suggestions for the place, and a word for screen readers.
(() => {
  "use strict";
  document.documentElement.classList.add("sk-js");

  // Places while one types. The list is a <datalist>: the browser makes it keyboard-proof.
  const place = document.querySelector("input[name=plaats]");
  const options = document.getElementById("plaatsen");
  let asked = "";
  let timer = 0;
  place?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = place.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      // Like the question: by POST, so that what is typed stays out of addresses and logs.
      const token = document.querySelector("input[name=csrfmiddlewaretoken]");
      if (!token) return;
      const body = new FormData();
      body.append("plaats", typed);
      body.append("csrfmiddlewaretoken", token.value);
      const answer = await fetch(place.dataset.suggest, { method: "POST", body }).catch(() => null);
      if (answer?.ok && asked === typed) options.innerHTML = await answer.text();
    }, 150);
  });

  // The swap replaces the list with the filters in it. Who filters keeps the filter open, the focus
  // on the choice just made, and that choice where it was on the screen.
  const filters = (state) => [...document.querySelectorAll(`#resultaat details[data-filter]${state}`)];
  const sheet = () => document.querySelector("#filters .sk-filters__row");
  let before = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "resultaat") return;
    // Not every browser gives the focus to a box that is clicked.
    const used = event.detail.requestConfig?.triggeringEvent?.target || document.activeElement;
    before = {
      open: filters("[open]").map((one) => one.dataset.filter),
      used: used.id,
      filter: used.closest("details[data-filter]")?.dataset.filter,
      top: used.getBoundingClientRect().top,
      sheet: sheet()?.scrollTop || 0,
      chips: document.getElementById("filters")?.scrollLeft || 0,
    };
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "plan-deel") say(event.target.dataset.said);
    if (event.detail.target.id !== "resultaat" && event.target.id !== "resultaat") return;
    for (const one of filters("")) {
      if (before?.open.includes(one.dataset.filter)) one.open = true;
    }
    if (before) stay(before);
    before = null;
    say(document.getElementById("telling")?.textContent || "");
    document.dispatchEvent(new CustomEvent("sk:results"));
  });

  function say(words) {
    const status = document.getElementById("melding");
    if (status) status.textContent = words;
  }

  function stay({ used, filter, top, sheet: scrolled, chips }) {
    sheet()?.scrollTo({ top: scrolled, behavior: "instant" });
    document.getElementById("filters")?.scrollTo({ left: chips, behavior: "instant" });
    const same = used && document.getElementById(used);
    // A choice that gives nothing any more is gone; its filter or the count is nearest.
    const target = (same?.checkVisibility?.() ?? same) ? same
      : document.querySelector(`#filters details[data-filter="${filter}"] > summary`) || document.getElementById("telling");
    target.focus({ preventScroll: true });
    window.scrollBy({ top: target.getBoundingClientRect().top - top, behavior: "instant" });
  }
})();
