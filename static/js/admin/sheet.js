// The result of trying a sheet is put into the page, so that the chosen file stays chosen for taking it in.

import { freshenToken } from "./token.js";

const form = document.getElementById("sheet-form");
const result = document.getElementById("sheet-result");

form.addEventListener("submit", async (event) => {
  if (event.submitter?.name !== "_try" || !form.elements.file.files.length) return;
  event.preventDefault();
  freshenToken(form);
  const sent = new FormData(form, event.submitter);
  event.submitter.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    if (answer.redirected || !answer.ok) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    form.submit(); // logged out, or the file changed since it was chosen: the whole page tells
  } finally {
    event.submitter.disabled = false;
  }
});

form.elements.file.addEventListener("change", () => result.replaceChildren());

function show(page) {
  const errors = page.querySelector("#sheet-form .errorlist");
  form.querySelector(".errorlist")?.remove();
  if (errors) form.querySelector(".form-row").prepend(errors);
  result.replaceChildren(...page.getElementById("sheet-result").childNodes);
  for (const words of result.querySelectorAll("[data-without-script]")) words.remove();
  result.querySelector("h2")?.focus();
}
