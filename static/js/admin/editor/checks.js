// The checks while somebody writes: asked of the server when the keys rest, shown beside the fields, mended by a click.

import { freshenToken } from "../token.js";

const REST = 1500; // milliseconds without a key before the text is checked
const form = document.getElementById("case_form");
const all = document.querySelector("[data-checks]");

let timer = 0;
let asked = null;

if (form && all) {
  form.addEventListener("input", (event) => !event.isComposing && later());
  form.addEventListener("compositionend", later);
  // The field keeps the cursor: leaving it would move what stands below, and the click would miss the button.
  form.addEventListener("mousedown", (event) => event.target.closest(".finding__fix") && event.preventDefault());
  form.addEventListener("click", mend, true);
  if (form.dataset.case) later(); // an empty form is not told what it lacks
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(check, REST);
}

async function check() {
  asked?.abort();
  asked = new AbortController();
  freshenToken(form);
  const typed = new FormData(form);
  for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
  try {
    const answer = await fetch(all.dataset.checks, { method: "POST", body: typed, signal: asked.signal });
    if (answer.ok && !answer.redirected) show(await answer.json());
  } catch {
    // No connection, or a newer question: what is shown stays until the next one is answered.
  }
}

function show({ fields, summary }) {
  for (const list of form.querySelectorAll("ul.findings")) {
    if (!list.closest("[data-checks]")) list.remove();
  }
  for (const [id, drawn] of Object.entries(fields)) {
    const field = document.getElementById(id);
    const place = field?.closest(".cell") ?? field?.querySelector(":scope > .rows__list");
    if (place?.classList.contains("cell")) place.insertAdjacentHTML("beforeend", drawn);
    else place?.insertAdjacentHTML("beforebegin", drawn);
  }
  const isOpen = all.querySelector("details")?.open;
  all.innerHTML = summary;
  if (isOpen && all.firstElementChild) all.firstElementChild.open = true;
}

function mend(event) {
  const button = event.target.closest('button[name="_replace"]');
  const control = button?.closest(".cell")?.querySelector("textarea, input[type=text]");
  if (!control) return;
  const [, start, words, fix] = JSON.parse(button.value);
  const at = nearest(control.value, words, [...control.value].slice(0, start).join("").length);
  event.preventDefault();
  event.stopPropagation();
  if (at >= 0) {
    control.focus();
    control.setSelectionRange(at, at + words.length);
    // Typed rather than set, so that Ctrl+Z takes it back.
    if (!document.execCommand("insertText", false, fix)) {
      control.setRangeText(fix);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  button.closest("li").remove();
  later();
}

// Where the words stand nearest to where they were found: something may have been typed before them since.
function nearest(text, words, start) {
  if (text.startsWith(words, start)) return start;
  const before = text.lastIndexOf(words, start);
  const after = text.indexOf(words, start);
  if (before < 0 || after < 0) return Math.max(before, after);
  return start - before < after - start ? before : after;
}
