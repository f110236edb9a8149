// Suggestions under the question: an ARIA 1.2 combobox. The focus stays in the field; arrows move
// a mark through the list. Without this script the field is a plain field and all works.
(() => {
  "use strict";
  const box = document.getElementById("suggesties");
  const input = document.querySelector("input[name=vraag]");
  if (!box || !input) return;
  // A browser cuts what is pasted and says nothing; the site says in words that it is too long.
  input.removeAttribute("maxlength");
  const form = input.form;
  const words = box.dataset;
  const PATIENCE = 180; // ms of rest before anything is asked
  // Which parameters a new question leaves in place, by their names: the server says so.
  const kept = words.kept.split(" ");

  const list = document.createElement("ul");
  list.id = "suggesties-lijst";
  list.className = "sk-suggest__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.label);
  const problem = document.createElement("p");
  problem.className = "sk-suggest__problem";
  const status = document.createElement("p");
  status.className = "sk-hidden";
  status.setAttribute("role", "status");
  box.append(list, problem);
  input.closest(".sk-field").append(box);
  form.append(status);
  const ATTRIBUTES = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(ATTRIBUTES)) input.setAttribute(name, value);

  let found = { keep: "", options: [] };
  let active = -1;
  let timer = 0;
  let latest = 0;

  const isOpen = () => !box.hidden && found.options.length > 0;

  function close() {
    clearTimeout(timer);
    latest += 1;
    box.hidden = true;
    mark(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function open() {
    box.hidden = false;
    input.setAttribute("aria-expanded", String(found.options.length > 0));
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[index];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function line(option, index) {
    const item = document.createElement("li");
    item.id = `suggestie-${index}`;
    item.className = "sk-suggest__option";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    label.textContent = option.label;
    const note = document.createElement("small");
    note.textContent = option.note;
    item.append(label, " ", note);
    return item;
  }

  function show(answer) {
    found = { keep: answer.keep || "", options: answer.options || [] };
    mark(-1);
    list.replaceChildren(...found.options.map(line));
    list.hidden = !found.options.length;
    problem.textContent = answer.problem || "";
    problem.hidden = !answer.problem;
    status.textContent = answer.problem || said(found.options.length);
    if (found.options.length || answer.problem) open();
    else close();
  }

  function said(count) {
    if (!count) return words.none;
    return count === 1 ? words.one : `${count} ${words.many}`;
  }

  async function ask() {
    const turn = ++latest;
    const body = new FormData();
    body.append("vraag", input.value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(words.url, { method: "POST", body }).catch(() => null);
    const isFresh = () => turn === latest && document.activeElement === input;
    if (!answer || !isFresh() || ![200, 422].includes(answer.status)) return;
    const read = await answer.json().catch(() => null);
    if (read && isFresh()) show(read);
  }

  function carry(name, value) {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name, value });
    hidden.dataset.carried = "";
    form.append(hidden);
  }

  // Filters may have changed since the form was made: take them from the results on show.
  form.addEventListener("submit", () => {
    close();
    const results = document.getElementById("resultaat");
    if (!results) return;
    for (const name of kept) {
      for (const old of form.querySelectorAll(`input[type=hidden][name=${name}]`)) old.remove();
      for (const value of new URLSearchParams(results.dataset.query).getAll(name)) carry(name, value);
    }
  });

  function choose(index) {
    const option = found.options[index];
    const keep = found.keep;
    close();
    if (option.url) return location.assign(option.url);
    input.value = keep;
    carry("hulpvraag", option.code);
    form.requestSubmit();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) {
      show({});
      status.textContent = "";
      return;
    }
    timer = setTimeout(ask, PATIENCE);
  });

  const last = () => found.options.length - 1;
  const IN_LIST = {
    ArrowDown: () => mark(active < last() ? active + 1 : 0),
    ArrowUp: () => mark(active > 0 ? active - 1 : last()),
  };
  const ON_OPTION = {
    Home: () => mark(0),
    End: () => mark(last()),
    Enter: () => choose(active),
  };

  // What a key does now; without an answer it does what it does in any field.
  function meaning(key) {
    if (box.hidden) return key === "ArrowDown" && found.options.length ? () => { open(); mark(0); } : null;
    if (key === "Escape") return close;
    return (active >= 0 && ON_OPTION[key]) || (found.options.length && IN_LIST[key]);
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = meaning(event.key);
    if (!act) return;
    event.preventDefault();
    clearTimeout(timer);
    latest += 1; // an answer that is still on its way must not take the mark away
    act();
  });
  input.addEventListener("blur", close);
  // Back in the browser may show the form as it was left, with what was chosen still in it.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const old of form.querySelectorAll("[data-carried]")) old.remove();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) choose([...list.children].indexOf(item));
  });
})();
