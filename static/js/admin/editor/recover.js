// What this browser kept and the server never got is offered when its writer comes back to the case.

import { RESTORING } from "./autosave.js";
import { copiesAt, copyKey, forgetCopy } from "./browser-copies.js";
import { field, sameText, typedEntries } from "./typed.js";

const MOST = 3; // offered at a time, the latest first

const form = document.querySelector("#case_form");
const keeping = document.querySelector("#keeping");
const offer = document.querySelector("#browser-copy");
if (form && keeping && offer && field(form, "token") && !form.hasAttribute("data-unsaved")) start();

async function start() {
  const own = copyKey(keeping.dataset.person, keeping.dataset.case, field(form, "token").value);
  const stands = typedEntries(form);
  const waiting = [];
  for (const [key, copy] of copiesAt(keeping.dataset.person, keeping.dataset.case)) {
    if (key === own) continue;
    if (sameText(copy.entries, stands)) forgetCopy(key);
    else waiting.push([key, copy]);
  }
  if (!waiting.length) return;
  const { steps, unsaved } = await arrived(waiting.map(([key]) => tokenOf(key)));
  const left = waiting.filter(([key, copy]) => !(steps[tokenOf(key)] >= copy.step));
  for (const [key, copy] of left.slice(0, MOST)) show(key, copy, () => restore(key, copy));
  for (const [key, copy] of waiting.filter((one) => !left.includes(one))) {
    forgetCopy(key);
    // it came while this page was drawn: the server has it, and the page does not offer it
    const token = tokenOf(key);
    if (unsaved.includes(token) && !document.querySelector(`[data-offered="${token}"]`)) {
      show(key, copy, () => location.assign(`?recover=${token}`));
    }
  }
}

// Up to which step the server has what these tabs typed, and of which it is unsaved; nothing, if it cannot be asked.
async function arrived(tokens) {
  const question = new URLSearchParams(tokens.map((token) => ["token", token]));
  try {
    const response = await fetch(`${keeping.dataset.address}?${question}`, { redirect: "manual" });
    if (response.ok) return await response.json();
  } catch {
    // as if nothing had arrived
  }
  return { steps: {}, unsaved: [] };
}

function tokenOf(key) {
  return key.split(":").pop();
}

function show(key, copy, bringBack) {
  const box = offer.content.cloneNode(true).firstElementChild;
  box.querySelector("[data-at]").textContent = new Date(copy.at).toLocaleString("zh-CN");
  box.querySelector("q").textContent = copy.entries.find(([name]) => name === "title")?.[1] ?? "";
  box.querySelector("[data-restore]").addEventListener("click", bringBack);
  box.querySelector("[data-discard]").addEventListener("click", () => {
    forgetCopy(key);
    box.remove();
  });
  offer.before(box);
}

// The server draws the form from it; nothing is written, and the copy stays until the new page has one.
function restore(key, copy) {
  sessionStorage.setItem(RESTORING, JSON.stringify([key, copy.step]));
  const sent = document.createElement("form");
  sent.method = "post";
  const token = field(form, "csrfmiddlewaretoken").value;
  const more = [["csrfmiddlewaretoken", token], ["_recover", "1"], ["seen_version", copy.seen ?? ""]];
  for (const [name, value] of [...copy.entries, ...more]) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    sent.append(input);
  }
  document.body.append(sent);
  sent.submit();
}
