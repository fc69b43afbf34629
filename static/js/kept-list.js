// The reading list as the browser keeps it: [{pk, title, note}], in the reader's order.

const KEY = "casebook:list";
const LONGEST = { title: 200, note: 1000 }; // characters
export const MOST = 50;

/** The list; empty if there is none, or what is kept is not ours. */
export function readList() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (!Array.isArray(kept)) return [];
    const seen = new Set();
    return kept.filter((one) => Number.isSafeInteger(one?.pk) && one.pk > 0 && !seen.has(one.pk) && seen.add(one.pk)).slice(0, MOST).map(entry);
  } catch {
    return [];
  }
}

export function entry({ pk, title, note }) {
  return { pk, title: String(title ?? "").slice(0, LONGEST.title), note: String(note ?? "").slice(0, LONGEST.note) };
}

/** Whether the browser kept it: storage can be full, or forbidden. */
export function saveList(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}
