// The table of waits and places without a mouse: Enter answers a row and goes to the next.
(() => {
  "use strict";
  const table = document.querySelector("[data-month]");
  if (!table) return;
  const rows = [...table.querySelectorAll("[data-month-row]")];
  const form = table.closest("form");
  const count = form.querySelector("[data-month-count]");
  const pick = (row, value) => row.querySelector(`[type="radio"][value="${value}"]`);
  const number = (row) => row.querySelector("[data-month-number] input");
  const until = (row) => row.querySelector('[type="date"]');
  const chosen = (row) => row.querySelector('[type="radio"]:checked')?.value ?? "later";

  // A number and a choice never speak against each other.
  function choose(row, value) {
    const radio = pick(row, value);
    if (radio) radio.checked = true;
    if (value !== "anders") number(row).value = "";
    if (value !== "stop" && until(row)) until(row).value = "";
    tell();
  }

  function tell() {
    if (!count) return;
    const [of, words] = count.dataset.words.split("|");
    const answered = rows.filter((row) => chosen(row) !== "later").length;
    count.textContent = answered ? `${answered} ${of} ${rows.length} ${words}` : "";
  }

  table.addEventListener("input", (event) => {
    const row = event.target.closest("[data-month-row]");
    if (event.target === number(row)) {
      const typed = number(row).value;
      if (typed) choose(row, "anders");
      else if (chosen(row) === "anders") choose(row, "later");
    } else if (event.target === until(row) && until(row).value) choose(row, "stop");
    else if (event.target.type === "radio") {
      choose(row, event.target.value);
      if (event.target.value === "anders") number(row).focus();
    }
  });

  table.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type === "button") return;
    const row = event.target.closest("[data-month-row]");
    event.preventDefault();
    if (chosen(row) === "later" && pick(row, "zo")) choose(row, "zo");
    next(row);
  });

  function next(row) {
    const after = rows[rows.indexOf(row) + 1];
    const target = after ? number(after) : form.querySelector('[type="submit"]');
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  // One place more or less than stands there.
  for (const row of rows) {
    const places = number(row).dataset.now;
    if (places === undefined) continue;
    const step = (by, words) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sk-button sk-own-month__step";
      button.textContent = by < 0 ? "−" : "+";
      button.setAttribute("aria-label", `${words}: ${number(row).labels[0].textContent.trim()}`);
      button.addEventListener("click", () => {
        const from = number(row).value === "" ? Number(places) : Number(number(row).value);
        const most = Number(number(row).max || 999);
        number(row).value = String(Math.min(most, Math.max(0, from + by)));
        choose(row, "anders");
      });
      return button;
    };
    number(row).before(step(-1, table.dataset.less));
    number(row).after(step(1, table.dataset.more));
  }

  form.querySelector("[data-month-hint]")?.removeAttribute("hidden");
  // From the page itself Enter goes to the first row: no need to pass the menu.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== document.body) return;
    event.preventDefault();
    number(rows[0]).focus();
  });
  tell();
})();
