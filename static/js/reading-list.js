// The reader's own list: order, notes, what was taken off and put back. The cases themselves are a part of the page
// that the address of the list shows to anybody; a list that came by such an address can be kept.

import { entry, MOST, readList, saveList } from "./kept-list.js";
import { takesDragging } from "./list-dragging.js";
import { start as passOn } from "./passing-on.js";

const place = document.querySelector("[data-reading-list]");
const said = document.querySelector("[data-list-said]");
const NOTES = "#notes=";

function say(words, values = {}, act = null) {
  const text = words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  said.replaceChildren(text, ...(act ? [" ", act] : []));
}

function made(tag, text, properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...properties });
}

const casesOf = () => [...place.querySelectorAll("[data-case]")];
const keyOf = (item) => Number(item.dataset.case);
const titleOf = (item) => item.querySelector(".brief__title").textContent.trim();
const noteOf = (item) => item.querySelector("[data-note]")?.value.trim() ?? item.dataset.note ?? "";

// The list as it stands on the page

function keep() {
  const isKept = saveList(casesOf().map((item) => entry({ pk: keyOf(item), title: titleOf(item), note: noteOf(item) })));
  if (!isKept) say(said.dataset.forbidden);
  showAddress();
  return isKept;
}

function showAddress() {
  const cases = casesOf().map(keyOf).join(",");
  const notes = Object.fromEntries(casesOf().map((item) => [keyOf(item), noteOf(item)]).filter(([, note]) => note));
  const address = new URL(`?cases=${cases}`, location.href);
  if (place.querySelector("[data-with-notes]")?.checked && Object.keys(notes).length) {
    address.hash = NOTES + encodeURIComponent(JSON.stringify(notes));
  } else {
    address.hash = "";
  }
  place.querySelector("[data-printed-address]").textContent = address.href.split("#")[0];
  const code = new URL("qr.svg", address);
  code.search = address.search;
  place.querySelector("#share-address").textContent = address.href;
  place.querySelector(".share__code img").src = code.href;
  place.querySelector("[data-list-take]").elements.cases.value = cases;
  place.querySelector("[data-brief]").hidden = !cases;
}

function move(item, by, button) {
  const items = casesOf();
  const to = items.indexOf(item) + by;
  if (to < 0 || to >= items.length) return;
  if (by < 0) items[to].before(item);
  else items[to].after(item);
  button?.focus();
  tellMoved(item);
}

function tellMoved(item) {
  if (!keep()) return;
  say(said.dataset.moved, { title: titleOf(item), place: casesOf().indexOf(item) + 1, count: casesOf().length });
}

function remove(item) {
  const before = item.previousElementSibling;
  const title = titleOf(item);
  const list = item.parentElement;
  item.remove();
  if (!keep()) return;
  const undo = made("button", said.dataset.undo, { type: "button", className: "tool" });
  undo.addEventListener("click", () => {
    if (before?.isConnected) before.after(item);
    else list.prepend(item);
    if (keep()) say(said.dataset.undone, { title });
    item.querySelector("[data-remove]").focus();
  });
  say(said.dataset.removed, { title }, undo);
  undo.focus();
}

function makeOwn(item, note) {
  const controls = place.querySelector("[data-own-case]").content.cloneNode(true);
  const field = controls.querySelector("[data-note]");
  const printed = controls.querySelector("[data-note-printed]");
  const show = () => {
    printed.textContent = field.value.trim() ? said.dataset.note + field.value.trim() : "";
  };
  field.value = note;
  show();
  field.addEventListener("input", () => {
    show();
    keep();
  });
  for (const button of controls.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.textContent} ${titleOf(item)}`);
    if (button.dataset.move) button.addEventListener("click", () => move(item, Number(button.dataset.move), button));
    else button.addEventListener("click", () => remove(item));
  }
  field.setAttribute("aria-label", `${field.previousElementSibling.textContent} ${titleOf(item)}`);
  item.append(controls);
}

async function showOwn() {
  const list = readList();
  if (!list.length) return;
  const answer = await fetch(`?cases=${list.map(({ pk }) => pk).join(",")}`);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.querySelector("[data-list-body]").replaceWith(document.importNode(page.querySelector("[data-list-body]"), true));
  place.querySelector("[data-list-empty]").hidden = true;
  for (const item of casesOf()) {
    const kept = list.find(({ pk }) => pk === keyOf(item));
    const gone = item.querySelector("[data-gone]");
    if (gone && kept.title) gone.textContent = kept.title;
    makeOwn(item, kept.note);
  }
  takesDragging(place.querySelector("[data-brief]"), tellMoved);
  const choice = place.querySelector("[data-notes-choice]").content.cloneNode(true);
  place.querySelector("#share-address").after(choice);
  place.querySelector("[data-with-notes]").addEventListener("change", showAddress);
  for (const button of place.querySelectorAll("[data-list-body] [data-needs-script]")) button.hidden = false;
  passOn(place.querySelector("[data-part=share]"));
  takeNotesAlong();
}

// A list that came by its address

function readNotes() {
  if (!location.hash.startsWith(NOTES)) return {};
  try {
    return Object(JSON.parse(decodeURIComponent(location.hash.slice(NOTES.length))));
  } catch {
    return {}; // cut short on its way
  }
}

function showShared() {
  const notes = readNotes();
  for (const item of casesOf()) {
    const note = entry({ note: notes[keyOf(item)] }).note;
    if (!note) continue;
    item.dataset.note = note;
    item.append(made("p", said.dataset.note + note, { className: "brief__note-shown" }));
  }
  const keepPlace = place.querySelector("[data-keep-place]");
  place.querySelector("[data-brief]")?.before(keepPlace);
  keepPlace.querySelector("[data-keep-line]").hidden = !casesOf().length;
  keepPlace.querySelector("[data-keep]").addEventListener("click", keepShared);
  takeNotesAlong();
}

function keepShared() {
  const own = readList();
  const known = new Set(own.map(({ pk }) => pk));
  const added = casesOf().filter((item) => !known.has(keyOf(item)));
  const all = [...own, ...added.map((item) => entry({ pk: keyOf(item), title: titleOf(item), note: noteOf(item) }))];
  const link = made("a", said.dataset.open, { href: location.pathname });
  if (all.length > MOST) say(said.dataset.full, { most: MOST });
  else if (saveList(all)) say(said.dataset.kept, { count: all.length }, link);
  else say(said.dataset.forbidden);
}

// The document: notes are posted, as no address should carry them

function takeNotesAlong() {
  place.querySelector("[data-list-take]")?.addEventListener("submit", ({ target }) => {
    for (const old of target.querySelectorAll("[name^=note-]")) old.remove();
    for (const item of casesOf()) {
      if (noteOf(item)) target.append(Object.assign(document.createElement("input"), { type: "hidden", name: `note-${keyOf(item)}`, value: noteOf(item) }));
    }
    target.method = target.querySelector("[name^=note-]") ? "post" : "get";
  });
}

if (place?.dataset.readingList) showShared();
else if (place) {
  showOwn().catch((error) => {
    say(said.dataset.failed);
    throw error;
  });
}
