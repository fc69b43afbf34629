// The two panes of the preview: pointing at a thing in one lights it in the other.

const page = document.querySelector(".preview");
const panes = page.querySelector(".preview__panes");
const REST = 120; // milliseconds a pointer rests before the other pane moves

let pointedAt = "";
let waiting = 0;

// The thing an element stands for: the topmost of those that share its words.
export function thingOf(element) {
  const holder = element?.closest?.("[data-thing], [data-things]");
  return holder?.dataset.thing ?? holder?.dataset.things.split(" ").at(-1) ?? "";
}

export function piecesOf(thing) {
  return [...page.querySelectorAll(`#paper [data-things~="${CSS.escape(thing)}"]`)];
}

export function rowsOf(thing) {
  const rows = [...page.querySelectorAll(`#outline [data-thing="${CSS.escape(thing)}"]`)];
  return rows.sort((one, other) => one.classList.contains("doubt") - other.classList.contains("doubt"));
}

function paneOf(element) {
  return element?.closest(".pane")?.querySelector(".pane__scrolled");
}

// Scroll an element into view within its own pane, and nothing else.
export function bringIntoView(element) {
  const pane = paneOf(element);
  if (!pane || pane.scrollHeight <= pane.clientHeight) return;
  const [inner, outer] = [element.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
}

function light(thing) {
  for (const lit of page.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  if (thing) for (const element of [...piecesOf(thing), ...rowsOf(thing)]) element.classList.add("is-lit");
}

function show(thing, from) {
  const others = from.closest("#paper") ? rowsOf(thing) : piecesOf(thing);
  const other = others.find((element) => element.checkVisibility());
  if (other) bringIntoView(other);
}

export function lightFocused() {
  light(pointedAt || thingOf(document.activeElement));
}

page.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const thing = thingOf(event.target);
  if (thing === pointedAt) return;
  pointedAt = thing;
  lightFocused();
  clearTimeout(waiting);
  if (thing && getSelection().isCollapsed) waiting = setTimeout(() => show(thing, event.target), REST);
});

page.addEventListener("focusin", (event) => {
  const thing = thingOf(event.target);
  if (!thing) return;
  pointedAt = "";
  light(thing);
  giveTools(event.target.closest(".found"));
  show(thing, event.target);
});

page.addEventListener("pointerover", (event) => giveTools(event.target.closest(".found")));

// Buttons of a line of text are made when they are wanted: an article has thousands of lines.
export function giveTools(row) {
  if (!row?.dataset.line || row.querySelector('[value^="role "]')) return;
  const tools = document.getElementById("line-tools").content.cloneNode(true);
  for (const button of tools.querySelectorAll("button")) {
    button.value = button.value.replace(/^role\s+/, `role ${row.dataset.line} `);
  }
  row.querySelector(".found__tools").append(tools);
}

// Put the focus on a piece or a row, in the pane it stands in.
export function goTo(element) {
  if (!element) return;
  choosePane(element.closest(".pane").id);
  element.closest("details")?.setAttribute("open", "");
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  bringIntoView(element);
  if (getComputedStyle(paneOf(element)).overflowY === "visible") element.scrollIntoView({ block: "center" });
}

page.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target?.classList.contains("pane")) {
    choosePane(target.id);
    event.preventDefault();
  } else if (target?.matches(".piece, .found")) {
    goTo(target);
    event.preventDefault();
  } else if (!link && event.target.closest(".piece[data-things]") && getSelection().isCollapsed) {
    goTo(event.target.closest(".piece"));
  }
});

// On a narrow screen one pane is shown at a time.
function choosePane(id) {
  panes.dataset.shown = id;
  for (const link of page.querySelectorAll(".preview__tabs a")) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (panes.querySelector("#outline-pane")) choosePane(asked?.closest(".pane")?.id ?? "outline-pane");
