// Comfort of the paste page: looks that come with a pasted text are kept, files are dropped on it, and what was
// pasted is not lost when the session ends. Without it the page takes plain text and files.

import { forget, keep, keptText } from "./paste-kept.js";
import { freshenToken } from "./token.js";

const form = document.querySelector(".paste");
const { text, rich, file } = form.elements;
const state = document.getElementById("paste-state");
const offer = document.getElementById("paste-kept");
const person = form.dataset.person;
const LOOKS = "h1, h2, h3, h4, h5, h6, table, li, b, strong, img, p[class*=Heading], [style*=bold], [style*='font-weight']";
let isPasting = false;
let keeping = 0;

function tell(kind) {
  state.hidden = !kind;
  for (const words of state.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== kind;
}

function isWholeText() {
  return !text.value.trim() || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
}

text.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  const hasLooks = html && new DOMParser().parseFromString(html, "text/html").querySelector(LOOKS);
  const fits = new Blob([html]).size <= Number(form.dataset.largest);
  isPasting = true;
  const hadRich = Boolean(rich.value);
  rich.value = hasLooks && fits && isWholeText() ? html : "";
  tell(rich.value ? "rich" : hadRich ? "dropped" : "");
});

text.addEventListener("input", () => {
  if (!isPasting && rich.value) {
    rich.value = "";
    tell(text.value.trim() ? "dropped" : "");
  }
  isPasting = false;
  keepSoon();
});

document.getElementById("paste-plain").addEventListener("click", () => {
  rich.value = "";
  tell("plain");
  text.focus();
  keepSoon();
});

// A file dropped anywhere on the form

form.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  form.classList.add("is-dropped-on");
});
form.addEventListener("dragleave", () => form.classList.remove("is-dropped-on"));
form.addEventListener("drop", (event) => {
  form.classList.remove("is-dropped-on");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  file.files = one.files;
  file.focus();
});

// What is kept until it has arrived

function pasted(isSent) {
  return { text: text.value, rich: rich.value, file: file.files[0]?.name ?? "", isSent };
}

function keepSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(() => (text.value.trim() ? keep(person, pasted(false)) : forget(person)), 300);
}

form.addEventListener("submit", () => {
  clearTimeout(keeping);
  freshenToken(form);
  keep(person, pasted(true));
});

function putBack(kept) {
  text.value = kept.text;
  rich.value = kept.rich;
  tell(rich.value ? "rich" : "");
  offer.hidden = true;
}

function show(kind, name = "") {
  offer.hidden = false;
  for (const words of offer.querySelectorAll("[data-kept]")) words.hidden = words.dataset.kept !== kind;
  for (const place of offer.querySelectorAll("[data-name]")) place.textContent = name;
}

const kept = keptText(person);
const isFresh = !text.value.trim() && !document.querySelector(".errornote, .errorlist");
if (rich.value) tell("rich");
if (kept && isFresh) {
  const cameByLogin = kept.isSent && document.referrer.includes("/login/");
  if (cameByLogin && kept.text.trim()) {
    putBack(kept);
    show("back");
  } else if (cameByLogin && kept.file) {
    forget(person);
    show("file", kept.file);
  } else if (kept.text.trim()) {
    show("offer", `${kept.text.trim().slice(0, 30)}……`);
  }
}
document.getElementById("paste-restore").addEventListener("click", () => {
  putBack(kept);
  text.focus();
});
document.getElementById("paste-forget").addEventListener("click", () => {
  forget(person);
  offer.hidden = true;
  text.focus();
});
