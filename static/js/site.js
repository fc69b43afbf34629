// What pages do beyond their HTML. Comfort only: each is fetched where its place is on the page, when it is wanted.

function when(selector, event, load) {
  const place = document.querySelector(selector);
  if (!place) return;
  if (!event) load();
  else document.addEventListener(event, ({ target }) => target.matches?.(selector) && load(), { passive: true });
}

// Said before the focus comes: what a field is, is heard when it is reached.
for (const field of document.querySelectorAll("[data-suggest]")) {
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
}

when("[data-contents]", null, () => import("./contents.js"));
when("[data-suggest]", "focusin", () => import("./search-suggest.js"));
if (document.activeElement?.matches("[data-suggest]")) import("./search-suggest.js");
