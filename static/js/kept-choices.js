// What the reader chose, kept in the browser alone; choices.js puts it on the next page before that is drawn.

const KEY = "casebook:choices";
const NAMES = ["size", "scheme", "pointer", "ruler", "simple", "spacing", "keys"];
const root = document.documentElement;

/** What is chosen now: "" for what the page is by itself. */
export function chosen(name) {
  return root.dataset[name] ?? "";
}

/** Chooses; false if it holds for this page only, because the browser keeps nothing. */
export function choose(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  return keep();
}

export function chooseNothing() {
  for (const name of NAMES) delete root.dataset[name];
  return keep();
}

function keep() {
  document.dispatchEvent(new Event("choice"));
  const made = Object.fromEntries(NAMES.map((name) => [name, chosen(name)]).filter(([, value]) => value));
  try {
    localStorage.setItem(KEY, JSON.stringify(made));
    return true;
  } catch {
    return false;
  }
}
