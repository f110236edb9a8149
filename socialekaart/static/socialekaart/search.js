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

  // After the results were swapped: tell the map, say the count, and keep the open filter open.
  let open = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "resultaat") return;
    open = [...document.querySelectorAll("#filters details[open] > summary")].map((s) => s.textContent.split("(")[0].trim());
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "resultaat" && event.target.id !== "resultaat") return;
    for (const summary of document.querySelectorAll("#filters summary")) {
      if (open.includes(summary.textContent.split("(")[0].trim())) summary.parentElement.open = true;
    }
    const status = document.getElementById("melding");
    if (status) status.textContent = document.getElementById("telling")?.textContent || "";
    document.dispatchEvent(new CustomEvent("sk:results"));
  });
})();
