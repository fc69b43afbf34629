// The form of the reading tools, on its page and in a dialog.

import { choose, chooseNothing, chosen } from "./kept-choices.js";

export function start(part) {
  const form = part.querySelector("[data-tools]");
  const status = part.querySelector("[data-status]");
  const show = () => {
    for (const input of form.querySelectorAll("input")) input.checked = chosen(input.name) === input.value;
  };
  const say = (words, isKept) => {
    status.textContent = words + (isKept ? "" : status.dataset.notKept);
  };

  const isNew = (input) => input.checked !== (chosen(input.name) === input.value);
  const early = [...form.querySelectorAll("input")].filter((input) => isNew(input) && (input.checked || input.type === "checkbox"));
  show();
  document.addEventListener("choice", show);
  form.addEventListener("change", ({ target }) => {
    const isKept = choose(target.name, target.checked ? target.value : "");
    const words = target.closest("label").textContent.trim();
    say((target.checked ? status.dataset.chosen : status.dataset.off) + words, isKept);
  });
  for (const input of early) input.click(); // chosen before this script came
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    say(status.dataset.reset, chooseNothing());
  });
}
