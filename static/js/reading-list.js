// The reader's own list: order, notes, what was taken off and put back. The cases themselves are a part of the page
// that the address of the list shows to anybody; a list that came by such an address can be kept.

import { entry, isOfList, merged, MOST, readList, saveList } from "./kept-list.js";
import { giveHandle, takesDragging } from "./list-dragging.js";
import { start as passOn } from "./passing-on.js";

const place = document.querySelector("[data-reading-list]");
const said = document.querySelector("[data-list-said]");
const NOTES = "#notes=";
let known = []; // the list as this page and the storage last agreed: pages of the same list change it, too
let asked = 0; // number of the last question for cases: an older answer changes nothing

function say(words, values = {}, act = null) {
  const text = words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  said.replaceChildren(text, ...(act ? [" ", act] : []));
}

function made(tag, text, properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...properties });
}

const casesOf = () => [...place.querySelectorAll("[data-case]")];
const keyOf = (item) => Number(item.dataset.case);
const itemOf = (pk) => place.querySelector(`[data-case="${pk}"]`);
const titleOf = (item) => item.querySelector(".brief__title").textContent.trim();
const noteOf = (item) => item.querySelector("[data-note]")?.value.trim() ?? item.dataset.note ?? "";

// The list as it stands on the page

function keep() {
  const here = casesOf().map((item) => entry({ pk: keyOf(item), title: titleOf(item), note: noteOf(item) }));
  const list = merged(here, known, readList());
  const isKept = list.length <= MOST && saveList(list);
  if (isKept) known = list;
  else if (list.length > MOST) say(said.dataset.full, { most: MOST });
  else say(said.dataset.forbidden);
  showAddress();
  if (isKept && JSON.stringify(list) !== JSON.stringify(here)) showOwn().catch(tellFailed); // another page changed it
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
  place.querySelector("[data-without-notes]").hidden = !address.hash;
  place.querySelector(".share__code img").src = code.href;
  place.querySelector("[data-list-take]").elements.cases.value = cases;
  place.querySelector("[data-list-body]").hidden = !cases;
  place.querySelector("[data-list-empty]").hidden = Boolean(cases);
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
    itemOf(keyOf(item))?.remove(); // another page put it back
    if (before?.isConnected) before.after(item);
    else list.prepend(item);
    if (keep()) say(said.dataset.undone, { title });
    else item.remove();
    item.querySelector("[data-remove]").focus();
  });
  say(said.dataset.removed, { title }, undo);
  undo.focus();
}

function makeOwn(item, { title, note }) {
  const gone = item.querySelector("[data-gone]");
  if (gone && title) gone.textContent = title;
  const controls = place.querySelector("[data-own-case]").content.cloneNode(true);
  const field = controls.querySelector("[data-note]");
  const printed = controls.querySelector("[data-note-printed]");
  const show = () => {
    printed.textContent = field.value.trim() ? said.dataset.note + field.value.trim() : "";
  };
  field.value = note;
  show();
  field.addEventListener("shown", show);
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
  giveHandle(item);
}

/** The list of the storage on the page. What stands there already stays the same element: it may have the focus. */
async function showOwn() {
  const number = ++asked;
  const wanted = readList();
  const isNew = wanted.some(({ pk }) => !itemOf(pk));
  const body = isNew && (await fetchBody(wanted));
  if (number !== asked) return;
  if (isNew && !place.querySelector("[data-brief]")) beginList(body);
  if (place.querySelector("[data-brief]")) arrange(readList(), body);
}

async function fetchBody(list) {
  const answer = await fetch(`?cases=${list.map(({ pk }) => pk).join(",")}`);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.importNode(page.querySelector("[data-list-body]"), true);
}

/** Puts all around the cases on the page; the list itself is empty still. */
function beginList(fetched) {
  const body = fetched.cloneNode(true);
  body.querySelector("[data-brief]").replaceChildren();
  place.querySelector("[data-list-body]").replaceWith(body);
  takesDragging(place.querySelector("[data-brief]"), tellMoved);
  const choice = place.querySelector("[data-notes-choice]").content.cloneNode(true);
  place.querySelector("#share-address").after(choice);
  place.querySelector(".share__code").after(place.querySelector("[data-code-line]").content.cloneNode(true));
  place.querySelector("[data-with-notes]").addEventListener("change", showAddress);
  for (const button of place.querySelectorAll("[data-list-body] [data-needs-script]")) button.hidden = false;
  passOn(place.querySelector("[data-part=share]"));
  takeNotesAlong();
}

function arrange(list, fetched) {
  const brief = place.querySelector("[data-brief]");
  for (const item of casesOf()) {
    if (!list.some(({ pk }) => pk === keyOf(item))) item.remove();
  }
  let at = brief.firstElementChild;
  for (const kept of list) {
    const item = itemOf(kept.pk) ?? fetched?.querySelector?.(`[data-case="${kept.pk}"]`);
    if (!item) continue; // came while these were fetched; its own event follows
    if (!item.isConnected) makeOwn(item, kept);
    else showNote(item, kept.note);
    if (item === at) at = at.nextElementSibling;
    else brief.insertBefore(item, at);
  }
  known = list.filter(({ pk }) => itemOf(pk));
  showAddress();
}

function showNote(item, note) {
  const field = item.querySelector("[data-note]");
  const before = known.find(({ pk }) => pk === keyOf(item))?.note;
  if (noteOf(item) === note || noteOf(item) !== before) return; // what is typed here and could not be kept stays
  field.value = note;
  field.dispatchEvent(new Event("shown"));
}

function tellFailed(error) {
  say(said.dataset.failed);
  throw error;
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
  const show = () => showOwn().catch(tellFailed);
  show();
  addEventListener("storage", (event) => isOfList(event) && show());
  addEventListener("pageshow", ({ persisted }) => persisted && show()); // put away, it heard of no change
}
