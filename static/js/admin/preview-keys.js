// The keys of the preview; they are told on the page, and rest while somebody types.

import { giveTools, goTo, piecesOf, rowsOf, thingOf } from "./preview-panes.js";
import { begin, hasSelection, mark, move, take } from "./preview-selection.js";
import { say } from "./preview-sending.js";

const LEVELS = new Set(["0", "1", "2", "3", "4"]);
const form = document.getElementById("mark-words");

export function start() {
  if (form) document.addEventListener("keydown", press);
}

function isTyping(element) {
  return element.matches("input:not([type=checkbox], [type=submit]), textarea, select, [contenteditable]");
}

function press(event) {
  if (event.isComposing || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  const isArrowAside = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (isArrowAside && hasSelection()) move(event);
  else if (event.ctrlKey || event.metaKey || event.shiftKey || !act(event.key)) return;
  event.preventDefault();
}

// Do what a key stands for; false when it stands for nothing here.
function act(key) {
  const inPane = document.activeElement?.closest(".pane");
  if (key === "j" || (key === "ArrowDown" && inPane)) return step(1);
  if (key === "k" || (key === "ArrowUp" && inPane)) return step(-1);
  if (key === "n") return nextDoubt();
  if (key === "o") return across();
  if (key === "m") return select();
  if (key === "Escape") return getSelection().removeAllRanges() ?? false;
  if (key === "u") return click(document.querySelector('#preview-about [data-key="u"]:enabled'));
  if (LEVELS.has(key) && hasSelection()) {
    take();
    return click(form.querySelector(`[data-key="${key}"]`));
  }
  if (key === "a" || key === "d" || LEVELS.has(key)) return click(buttonOf(key)) || tellNothing();
  return false;
}

function tellNothing() {
  say(form.dataset.nothing);
  return true;
}

function click(button) {
  button?.click();
  return Boolean(button);
}

// The button of the thing in focus that a key stands for.
function buttonOf(key) {
  for (const row of rowsOf(thingOf(document.activeElement))) {
    giveTools(row);
    const button = row.querySelector(`[data-key="${key}"]`);
    if (button) return button;
  }
  return LEVELS.has(key) ? levelOf(document.activeElement.closest("#paper .piece"), key) : null;
}

// A line of a long text has no row of its own; its level is changed all the same.
function levelOf(piece, key) {
  const button = piece && document.getElementById("line-tools").content.querySelector(`[data-key="${key}"]`);
  if (!button) return null;
  const own = button.cloneNode(true);
  own.value = own.value.replace(/^role\s+/, `role ${piece.dataset.start} `);
  own.hidden = true;
  document.getElementById("outline").append(own);
  return own;
}

// From one found thing to the next, in the pane of the focus; from anywhere else to the first in the structure.
function step(by) {
  const pane = document.activeElement?.closest(".pane") ?? document.getElementById("outline-pane");
  const all = [...pane.querySelectorAll(".found[data-thing], .piece[id][data-things]")];
  const visible = all.filter((element) => element.checkVisibility());
  const at = visible.indexOf(document.activeElement.closest(".found, .piece"));
  goTo(visible[at < 0 ? 0 : Math.min(Math.max(at + by, 0), visible.length - 1)]);
  return true;
}

function nextDoubt() {
  const doubts = [...document.querySelectorAll(".doubt")];
  const at = doubts.indexOf(document.activeElement?.closest(".doubt"));
  goTo(doubts[(at + 1) % doubts.length]);
  return doubts.length > 0;
}

function across() {
  const thing = thingOf(document.activeElement);
  const others = document.activeElement.closest("#paper") ? rowsOf(thing) : piecesOf(thing);
  goTo(others[0]);
  return others.length > 0;
}

function select() {
  if (hasSelection()) mark();
  else {
    begin();
    say(form.dataset.selecting);
  }
  return true;
}
