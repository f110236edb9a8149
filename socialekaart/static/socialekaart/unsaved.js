// What is typed in a form of the portal outlives a lost line: in this tab, until it is saved.
// ui.js forgets it on the page that says so.
(() => {
  "use strict";
  const KEY = "unsaved";
  const offer = document.querySelector("[data-unsaved]");
  const form = offer?.closest("form");
  if (!form) return;
  let store;
  try {
    store = window.sessionStorage;
  } catch {
    return; // Switched off in this browser.
  }

  const isHidden = (name) => form.elements[name]?.type === "hidden";
  function typed() {
    const fields = [...new FormData(form)];
    return fields.filter(([name, value]) => typeof value === "string" && !isHidden(name));
  }

  function keep() {
    const record = { who: offer.dataset.unsaved, where: location.pathname, fields: typed() };
    try {
      store.setItem(KEY, JSON.stringify(record));
    } catch {
      // Full: saving still works.
    }
  }

  function kept() {
    try {
      return JSON.parse(store.getItem(KEY));
    } catch {
      return null;
    }
  }

  function putBack(fields) {
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden") continue;
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else if (field.multiple) {
        for (const option of field.options) option.selected = values.includes(option.value);
      } else if (values.length && field.type !== "file") field.value = values[0];
    }
  }

  function done() {
    offer.hidden = true;
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  const record = kept();
  if (record && record.who !== offer.dataset.unsaved) store.removeItem(KEY);
  else if (record?.where === location.pathname) {
    offer.hidden = JSON.stringify(record.fields) === JSON.stringify(typed());
  }
  form.addEventListener("input", () => {
    // Until it is taken back or thrown away, what was kept stays.
    if (offer.hidden) keep();
  });
  offer.querySelector("[data-unsaved-back]").addEventListener("click", () => {
    putBack(record.fields);
    done();
    keep();
  });
  offer.querySelector("[data-unsaved-away]").addEventListener("click", () => {
    store.removeItem(KEY);
    done();
  });
})();
