// Words selected in the article, with the mouse or with the keyboard, become a metric or get a level.

import { piecesOf, thingOf } from "./preview-panes.js";

const form = document.getElementById("mark-words");
const paper = document.getElementById("paper");

export function start() {
  if (!form) return;
  document.addEventListener("selectionchange", take);
  form.elements.words.addEventListener("input", () => (form.elements.at.value = ""));
}

export function hasSelection() {
  const selection = getSelection();
  return !selection.isCollapsed && paper.contains(selection.anchorNode);
}

// The words selected, up to the end of their line, and their place in the text as Python counts characters.
// Told by the browser a moment after the selection changed: a key that needs the words asks for them itself.
export function take() {
  form.classList.toggle("is-wanted", hasSelection() || form.contains(document.activeElement));
  if (!hasSelection()) return;
  const range = getSelection().getRangeAt(0);
  const place = placeOf(range.startContainer, range.startOffset);
  if (place === null) return;
  const held = range.cloneContents();
  for (const number of held.querySelectorAll(".metric-number")) number.remove();
  const words = held.textContent.trimStart();
  const blanks = [...held.textContent].length - [...words].length;
  form.elements.words.value = words.split("\n")[0].trimEnd();
  form.elements.at.value = place + blanks;
}

function placeOf(node, offset) {
  const piece = node.parentElement?.closest(".piece") ?? null;
  if (piece) return Number(piece.dataset.start) + [...node.data.slice(0, offset)].length;
  const following = node.childNodes?.[offset] ?? node.nextSibling ?? node.parentElement?.nextSibling;
  const next = following?.closest?.(".piece") ?? following?.nextElementSibling?.closest?.(".piece");
  return next ? Number(next.dataset.start) : null;
}

// Without a mouse: the first character of the thing in focus, to be widened by Shift and the arrows.
export function begin() {
  const thing = thingOf(document.activeElement);
  const focused = document.activeElement.closest(".piece");
  const piece = focused ?? piecesOf(thing)[0] ?? paper.querySelector(".piece");
  piece.tabIndex = -1;
  piece.focus();
  getSelection().setBaseAndExtent(piece.firstChild, 0, piece.firstChild, 1);
}

export function move(event) {
  const selection = getSelection();
  const direction = event.key === "ArrowRight" ? "forward" : "backward";
  const step = event.ctrlKey || event.metaKey ? "word" : "character";
  if (!event.shiftKey) {
    selection.collapseToStart();
    selection.modify("move", direction, step);
    selection.modify("extend", "forward", "character");
  } else {
    selection.modify("extend", direction, step);
  }
}

export function mark() {
  take();
  form.requestSubmit(form.querySelector("[data-selected]"));
  getSelection().removeAllRanges();
}

