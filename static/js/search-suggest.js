// Suggestions below every search field, as a combobox (WAI-ARIA). Comfort only: without it the form works alone.
// The field is called a combobox by site.js, which fetches this file when it takes the focus.
// The server writes the words: `data-suggest` is where to ask, `data-suggest-label` what the list is called.

const PAUSE = 150; // milliseconds of no typing before we ask

class Suggesting {
  constructor(field) {
    this.field = field;
    this.asked = 0; // number of the question asked last: an older answer never replaces a newer one
    this.options = [];
    this.active = -1;
    this.list = this.made("div", "suggestions", { id: `${field.id}-suggestions`, role: "listbox", "aria-label": field.dataset.suggestLabel });
    this.status = this.made("div", "visually-hidden", { role: "status" });
    this.list.hidden = true;
    field.form.append(this.list, this.status);
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", (event) => event.isComposing || this.typed());
    field.addEventListener("compositionend", () => this.typed());
    field.addEventListener("keydown", (event) => event.isComposing || this.pressed(event));
    field.addEventListener("blur", () => this.close());
    field.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  made(tag, name, attributes = {}) {
    const element = document.createElement(tag);
    element.className = name;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  typed() {
    clearTimeout(this.timer);
    const text = this.field.value.trim();
    if (!text) this.close();
    else this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    const number = ++this.asked;
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const url = `${this.field.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(url, { signal: this.asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      if (number === this.asked && document.activeElement === this.field) this.show(found);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no network: the form still sends
    }
  }

  show({ status, groups }) {
    this.options = [];
    this.list.replaceChildren(...groups.map((group, place) => this.group(group, `${this.list.id}-${place}`)));
    this.list.hidden = groups.length === 0;
    this.field.setAttribute("aria-expanded", String(groups.length > 0));
    this.activate(-1);
    this.status.textContent = status;
  }

  group({ title, items }, id) {
    const group = this.made("div", "suggestions__group", { role: "group", "aria-labelledby": id });
    const heading = this.made("div", "suggestions__title", { id, role: "presentation" });
    heading.textContent = title;
    group.append(heading, ...items.map((item) => this.option(item)));
    return group;
  }

  option({ text, detail, url }) {
    const option = this.made("div", "suggestions__item", {
      id: `${this.list.id}-option-${this.options.length}`,
      role: "option",
      "aria-selected": "false",
    });
    option.dataset.url = url;
    for (const [name, words] of [["suggestions__text", text], ["suggestions__detail", detail]]) {
      if (!words) continue;
      const part = this.made("span", name);
      part.textContent = words;
      option.append(part);
    }
    this.options.push(option);
    return option;
  }

  pressed(event) {
    if (this.list.hidden) {
      if (event.key === "ArrowDown" && this.field.value.trim()) this.ask(this.field.value.trim());
      if (event.key === "Escape") this.leave(event);
      return;
    }
    const last = this.options.length - 1;
    const next = { ArrowDown: this.active < last ? this.active + 1 : -1, ArrowUp: this.active < 0 ? last : this.active - 1 };
    if (event.key in next) this.activate(next[event.key]);
    else if (event.key === "Enter" && this.active >= 0) this.go(this.options[this.active]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  activate(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1; // an answer still on its way comes too late
    this.list.hidden = true;
    this.status.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  // Browsers would empty the field first, and take one more press for the dialog.
  leave(event) {
    const dialog = this.field.closest("dialog");
    if (!dialog) return;
    event.preventDefault();
    this.close(); // an answer may be on its way
    dialog.close();
  }

  go(option) {
    if (option) location.assign(option.dataset.url);
  }
}

const known = new WeakSet();

/** Suggestions for the fields of a part of the page that was not there before. */
export function start(part) {
  for (const field of part.querySelectorAll("input[data-suggest]")) {
    if (known.has(field)) continue;
    known.add(field);
    const suggesting = new Suggesting(field);
    if (field === document.activeElement) suggesting.typed(); // this file was fetched when the field took the focus
  }
}

start(document);
