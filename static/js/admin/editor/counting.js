// How many characters a field has: of a text always while it is typed in, of a line when its end is near.

const NEAR = 0.8; // of the limit

/** Characters as the server counts them: one each, also those outside the basic plane. */
const length = (text) => [...text].length;

function count(field) {
  const limit = Number(field.dataset.limit) || 0;
  const characters = length(field.value);
  const cell = field.closest(".cell");
  let shown = cell.querySelector(".cell__count");
  if (limit ? characters < limit * NEAR : !field.matches("textarea")) {
    shown?.remove();
    return;
  }
  if (!shown) {
    shown = Object.assign(document.createElement("span"), { className: "cell__count" });
    field.after(shown);
  }
  shown.textContent = limit ? `${characters} / ${limit}` : `${characters}`;
  shown.classList.toggle("cell__count--over", limit > 0 && characters > limit);
}

export function start(form) {
  const fields = "textarea, input[data-limit]";
  form.addEventListener("input", (event) => event.target.matches(fields) && count(event.target));
  form.addEventListener("focusin", (event) => event.target.matches(fields) && count(event.target));
  form.addEventListener("focusout", (event) => {
    if (event.target.matches("textarea")) event.target.closest(".cell").querySelector(".cell__count")?.remove();
  });
  for (const field of form.querySelectorAll("input[data-limit]")) if (field.value) count(field);
}
