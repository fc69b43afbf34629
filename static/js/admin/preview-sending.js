// Corrections are sent one after the other and the panes are drawn again; none is lost when the session ends.

import { bringIntoView, lightFocused } from "./preview-panes.js";
import { freshenToken } from "./token.js";

const waiting = []; // corrections not yet kept by the server, oldest first
let isSending = false;
let trouble = "";

const told = document.getElementById("preview-told");
const notice = document.getElementById("preview-trouble");

export function say(words, level = "") {
  told.textContent = words;
  told.dataset.level = level;
}

export function start() {
  document.addEventListener("submit", (event) => {
    freshenToken(event.target);
    if (event.target.matches("#correct, #mark-words")) {
      event.preventDefault();
      waiting.push({ form: event.target.id, correction: event.submitter?.value ?? "mark", ...selected(event.target) });
      sendWaiting();
    } else if (waiting.length) {
      event.preventDefault(); // what is kept would lack them
      sendWaiting();
    }
  });
  document.getElementById("send-again").addEventListener("click", sendWaiting);
  for (const [target, kind] of [[window, "focus"], [document, "visibilitychange"], [window, "online"]]) {
    target.addEventListener(kind, () => trouble && !document.hidden && sendWaiting());
  }
  window.addEventListener("beforeunload", (event) => waiting.length && event.preventDefault());
}

function selected(form) {
  return form.id === "mark-words" ? { words: form.elements.words.value, at: form.elements.at.value } : {};
}

async function sendWaiting() {
  if (isSending) return;
  isSending = true;
  while (waiting.length) {
    say(told.dataset.taken);
    trouble = await send(waiting[0]);
    complain(trouble);
    if (trouble === "login" || trouble === "network") break;
    waiting.shift();
  }
  isSending = false;
}

function complain(kind) {
  notice.hidden = !kind;
  if (kind) say("");
  for (const words of notice.querySelectorAll("[data-trouble]")) words.hidden = words.dataset.trouble !== kind;
  document.getElementById("send-again").hidden = kind === "refused";
}

// Send one correction and draw the answer; what went wrong, "" when nothing did.
async function send({ form, ...fields }) {
  const correct = document.getElementById("correct");
  freshenToken(correct);
  const body = new FormData(correct);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  let answer;
  let page;
  try {
    answer = await fetch(correct.action, { method: "POST", body });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return "network";
  }
  if (page.getElementById("login-form")) return "login";
  if (answer.status >= 500) return "network";
  if (!page.getElementById("outline")) return "refused";
  draw(page);
  if (form === "mark-words") document.getElementById("mark-words").reset();
  return "";
}

function draw(page) {
  const scrolled = [...document.querySelectorAll(".pane__scrolled")].map((pane) => [pane, pane.scrollTop]);
  const open = [...document.querySelectorAll("#outline details[open]")].map((details) => details.className);
  const focused = placeOfFocus();
  for (const old of document.querySelectorAll("[data-redrawn]")) {
    old.replaceChildren(...document.adoptNode(page.getElementById(old.id)).childNodes);
  }
  for (const details of document.querySelectorAll("#outline details")) details.open = open.includes(details.className);
  for (const [pane, top] of scrolled) pane.scrollTop = top;
  const version = document.querySelector("#correct [name=version]").value;
  document.querySelector("#mark-words [name=version]").value = version;
  const messages = [...page.querySelectorAll(".messagelist li")];
  say(messages.map((message) => message.textContent.trim()).join(" "), messages.at(-1)?.className ?? "");
  focusAgain(focused);
  lightFocused();
}

// Where the focus is: the id of its row or piece, and how many of its kind stand before it.
function placeOfFocus() {
  const holder = document.activeElement?.closest(".found, .piece, [data-redrawn] button");
  if (!holder?.closest("[data-redrawn]")) return null;
  const kind = holder.matches(".doubt") ? ".doubt" : holder.matches(".found") ? ".rows .found" : ".piece[id]";
  if (holder.matches("button")) return { key: holder.dataset.key };
  return { id: holder.id, kind, index: [...document.querySelectorAll(kind)].indexOf(holder) };
}

function focusAgain(place) {
  if (!place) return;
  const alike = place.kind ? document.querySelectorAll(place.kind) : [];
  const found =
    document.getElementById(place.id ?? "") ??
    alike[Math.min(place.index, alike.length - 1)] ??
    (place.key && document.querySelector(`#preview-about [data-key="${place.key}"]:enabled`)) ??
    document.querySelector("#outline-pane .pane__scrolled");
  if (found.tabIndex < 0) found.tabIndex = -1;
  found.focus({ preventScroll: true });
  bringIntoView(found);
}
