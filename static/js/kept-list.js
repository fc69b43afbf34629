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

/** Whether an event of the storage can have changed the list. */
export function isOfList({ key }) {
  return key === KEY || key === null; // null: all was cleared
}

/**
 * The list of a page (`here`) with what other pages did to the stored one since both agreed on `known`: what they
 * added comes last, what they took off goes unless a note was written to it here, and of notes the changed one holds.
 */
export function merged(here, known, stored) {
  const before = new Map(known.map((one) => [one.pk, one]));
  const there = new Map(stored.map((one) => [one.pk, one]));
  const isChanged = (one) => one.note !== before.get(one.pk)?.note;
  const own = here.filter((one) => there.has(one.pk) || !before.has(one.pk) || isChanged(one));
  const shown = new Set(here.map(({ pk }) => pk));
  const added = stored.filter(({ pk }) => !before.has(pk) && !shown.has(pk));
  return [...own.map((one) => (isChanged(one) ? one : { ...one, note: there.get(one.pk)?.note ?? one.note })), ...added];
}
