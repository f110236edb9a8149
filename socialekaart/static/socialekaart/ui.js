// Small comforts on top of pages that work without script.
(() => {
  "use strict";
  // What a form kept in case it was not saved (unsaved.js) is, says this page.
  // Not on the page of that form itself: there it says that somebody logged in again.
  if (document.querySelector(".sk-message--success")) {
    try {
      const record = JSON.parse(window.sessionStorage.getItem("unsaved"));
      if (record?.where !== location.pathname) window.sessionStorage.removeItem("unsaved");
    } catch {
      // Switched off in this browser: nothing was kept.
    }
  }

  const openFilters = () => document.querySelectorAll("details.sk-filter[open]");

  // One dropdown at a time; a click beside it or Escape closes it and gives the focus back.
  document.addEventListener("click", (event) => {
    for (const filter of openFilters()) {
      if (!filter.contains(event.target) && !isPhone()) filter.open = false;
    }
    // The sheet of a phone: its button, and the shade around it.
    const sheet = document.querySelector("details.sk-filters[open]");
    if (sheet && (event.target === sheet || event.target.closest(".sk-filters__close"))) {
      sheet.open = false;
      sheet.querySelector("summary").focus();
    }
    const menu = document.querySelector("details.sk-menu[open]");
    if (menu && isPhone() && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const inside = document.activeElement?.closest(
      "details.sk-filter[open], details.sk-filters[open], details.sk-menu[open]",
    );
    for (const filter of openFilters()) filter.open = false;
    if (!inside) return;
    inside.open = false;
    inside.querySelector("summary").focus();
  });

  const phone = window.matchMedia("(max-width: 60rem)");
  function isPhone() {
    return phone.matches;
  }

  // Browsers that cannot show a closed <details> by style get it open on a wide screen.
  if (!CSS.supports("selector(::details-content)")) {
    const unfold = () => {
      for (const fold of document.querySelectorAll("details.sk-fold")) fold.open = !isPhone();
    };
    phone.addEventListener("change", unfold);
    document.addEventListener("sk:results", unfold);
    unfold();
  }

  // <button data-copy="#id">: copies the text of that element and says so.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    button.dataset.words ||= button.textContent;
    button.setAttribute("aria-live", "polite");
    try {
      await navigator.clipboard.writeText(source.value ?? source.innerText);
      button.textContent = button.dataset.copied || "Gekopieerd";
    } catch {
      button.textContent = "Kopiëren lukt hier niet";
    }
    setTimeout(() => { button.textContent = button.dataset.words; }, 2500);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // A tap on the telephone number of an offer counts for that offer, and says nothing of who taps.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-called]");
    if (link) navigator.sendBeacon(link.dataset.called);
  });

  // After a refused form the summary of what is wrong is where one starts.
  document.querySelector(".sk-errors[data-focus]")?.focus();
})();
