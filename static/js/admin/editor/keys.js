// The keys of the form; ? lists them. While an input method composes, its keys are its own.

import { add, drop, listOf, rowOf, step } from "./rows.js";

const LINES = "input:not([type=checkbox]):not([type=file]), textarea, select, .select2-search__field";

/** The row a key is about: where the cursor is. */
const here = (form) => (form.contains(document.activeElement) ? rowOf(document.activeElement) : null);

function addBeside(form) {
  const row = here(form);
  const list = row ? listOf(row) : form.querySelector('[data-list="initiatives"]');
  add(list, row);
}

function addMetric(form) {
  const initiative = document.activeElement.closest(".row--initiatives");
  add((initiative ?? form).querySelector(initiative ? '[data-kind="metrics"]' : '[data-list="metrics"]'));
}

function fold(form) {
  const part = document.activeElement.closest(".row--initiatives")?.querySelector(".row__fold");
  if (part && form.contains(part)) part.open = !part.open;
}

const WITH_ALT = {
  ArrowUp: (form) => here(form) && step(here(form), -1),
  ArrowDown: (form) => here(form) && step(here(form), 1),
  Delete: (form) => here(form) && drop(here(form)),
  KeyN: addBeside,
  KeyM: addMetric,
  Period: fold,
};

export function start(form) {
  const box = document.getElementById("keys");
  const button = document.querySelector(".editor__keys");
  button.hidden = false;
  button.addEventListener("click", () => box.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // 229: a key that Safari sends when composing ends
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('.submit-row [name="_continue"]'));
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && WITH_ALT[event.code]) {
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      WITH_ALT[event.code](form);
    } else if (event.key === "?" && !event.target.closest(LINES)) {
      box.showModal();
    }
  });
}
