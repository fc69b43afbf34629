// What is typed is kept in the browser at once, and on the server three seconds after the last key.
//
// Each change has a greater step than the one before, so that the server knows what comes late. One request at a
// time; the latest text wins. What a person typed after pressing the button has a greater step than what was saved.

import { copyKey, copyOf, forgetCopy, keepCopy } from "./browser-copies.js";
import { field, sameText, typedEntries } from "./typed.js";

const QUIET = 300; // milliseconds without a key until the form is looked at
const PAUSE = 3000; // until the server gets it
const BEAT = 20000; // between two signs that the form is open
const PATIENCE = 20000; // for an answer
const SMALL = 60000; // characters that a browser still sends while the page goes
export const RESTORING = "casebook:restoring"; // in the session: key and step of the browser copy drawn on this page

const form = document.querySelector("#case_form");
const keeping = document.querySelector("#keeping");
if (form && keeping && field(form, "token")) start();

function start() {
  const token = field(form, "token").value;
  const key = copyKey(keeping.dataset.person, keeping.dataset.case, token);
  const isDrawnFromText = form.hasAttribute("data-unsaved");
  let step = Number(field(form, "step").value) || 0;
  let known = isDrawnFromText ? [] : typedEntries(form); // what the browser has kept
  let isKept = true; // by the server
  let isComposing = false;
  let isSubmitting = false;
  let request = null;
  let looking = 0;
  let sending = 0;

  function look() {
    clearTimeout(looking);
    const entries = typedEntries(form);
    if (sameText(entries, known)) return;
    known = entries;
    isKept = false;
    step += 1;
    keepHere(false);
    clearTimeout(sending);
    sending = setTimeout(send, PAUSE);
  }

  function keepHere(arrived) {
    const seen = field(form, "seen_version")?.value ?? "";
    const copy = { step, at: Date.now(), arrived, seen, entries: known };
    if (!keepCopy(key, copy)) show("full");
    else forgetRestored();
  }

  function lookSoon() {
    if (isComposing) return;
    clearTimeout(looking);
    looking = setTimeout(look, QUIET);
  }

  function message(extra = {}) {
    const body = new FormData();
    const names = ["csrfmiddlewaretoken", "token", "seen_version", "drawn_from"];
    for (const name of names) if (field(form, name)) body.append(name, field(form, name).value);
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (cookie) body.set("csrfmiddlewaretoken", cookie[1]); // a log-in in another window made the page's own void
    body.append("step", step);
    for (const [name, value] of Object.entries(extra)) body.append(name, value);
    return body;
  }

  function textMessage(extra) {
    const body = message(extra);
    for (const [name, value] of known) body.append(name, value);
    return body;
  }

  async function send(extra = {}) {
    clearTimeout(sending);
    if (isSubmitting || (request && !extra._take_over)) return; // the running one sends the rest when it is done
    const sent = step;
    const isText = !isKept || "_take_over" in extra;
    await post(isText ? textMessage(extra) : message({ _open: "1" }), (answer) => {
      if (isText && answer.state === "kept" && sent === step) {
        isKept = true;
        keepHere(true);
      }
      if (isText && answer.state === "late" && sent === step) step += 1; // somebody counted further: above it next time
      tell(answer, isText);
    });
    if (!isKept && step > sent) sending = setTimeout(send, PAUSE);
  }

  async function post(body, use) {
    const abort = new AbortController();
    request = abort;
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const options = { method: "POST", body, redirect: "manual", signal: abort.signal };
      const response = await fetch(keeping.dataset.address, options);
      if (response.type === "opaqueredirect" || response.status === 403) show("login");
      else if (!response.ok) show(response.status >= 500 ? "offline" : "refused");
      else use(await response.json());
    } catch {
      if (!isSubmitting) show("offline");
    } finally {
      clearTimeout(timer);
      if (request === abort) request = null;
    }
  }

  function tell(answer, isText) {
    write("[data-others]", answer.others);
    write("[data-saved]", answer.saved);
    if (answer.state === "other_tab") show("other_tab");
    else if (isText && answer.state === "kept") show("kept");
    else if (answer.state === "kept" && isKept) hideTrouble();
  }

  function write(place, words) {
    const line = keeping.querySelector(place);
    if (line.textContent !== (words ?? "")) line.textContent = words ?? "";
    line.hidden = !words;
  }

  function show(state) {
    for (const line of document.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
    const now = new Date();
    document.querySelector("[data-state=kept] [data-at]").textContent = now.toTimeString().slice(0, 5);
  }

  function hideTrouble() {
    for (const line of keeping.querySelectorAll(".keeping__trouble")) line.hidden = true;
  }

  // The browser copy this page was drawn from is done with as soon as this page has a copy of its own.
  function forgetRestored() {
    const restored = sessionStorage.getItem(RESTORING);
    if (!isDrawnFromText || !restored) return;
    const [old, at] = JSON.parse(restored);
    if (old !== key && copyOf(old)?.step === at) forgetCopy(old);
    sessionStorage.removeItem(RESTORING);
  }

  // Out of sight the text is sent at once; a page that goes also says so, or it would count as open for a while.
  function leave(isGoing) {
    look();
    const size = known.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    const hasText = !isKept && size <= SMALL;
    if (!hasText && (!isGoing || isSubmitting)) return;
    const body = hasText ? textMessage(isGoing ? { _left: "text" } : {}) : message({ _left: "nothing" });
    fetch(keeping.dataset.address, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  }

  for (const event of ["input", "change", "click", "keyup", "dragend"]) document.addEventListener(event, lookSoon);
  form.addEventListener("compositionstart", () => {
    isComposing = true;
    clearTimeout(looking);
  });
  form.addEventListener("compositionend", () => {
    isComposing = false;
    lookSoon();
  });
  form.addEventListener("submit", (event) => {
    look();
    step += 1;
    keepHere(false);
    field(form, "step").value = step;
    if (event.submitter?.formTarget === "_blank") return; // shown in another window: this one goes on
    isSubmitting = true;
    clearTimeout(sending);
    request?.abort();
    isKept = true; // unless something is typed from here on
    setTimeout(() => {
      isSubmitting = false; // no answer came: the person stopped it, or the connection is gone
      isKept = false;
    }, PATIENCE);
  });
  keeping.querySelector("[data-take-over]").addEventListener("click", () => {
    look();
    send({ _take_over: "1" });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave(false);
    else send();
  });
  addEventListener("pagehide", () => leave(true));
  addEventListener("online", () => send());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // its version and token are of yesterday; the text is kept
  });
  setInterval(() => {
    look();
    if (document.visibilityState === "visible") send();
  }, BEAT);
  if (isDrawnFromText) look();
  send();
}
