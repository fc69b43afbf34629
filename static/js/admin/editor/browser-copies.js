// What is typed in the form of a case is kept in the browser too: for each person, case and tab a copy of its own.

const PREFIX = "casebook:";
const LONGEST = 30 * 24 * 3600 * 1000; // milliseconds a copy waits for its writer

export function copyKey(person, caseKey, token) {
  return `${PREFIX}${person}:${caseKey}:${token}`;
}

// Keep `{step, at, entries: [[name, value]], arrived}`. False if the browser has no room, or keeps nothing.
export function keepCopy(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function copyOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function forgetCopy(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

// The copies of one person at one case, the latest first: [key, copy]. Those too old are dropped.
export function copiesAt(person, caseKey) {
  return ours(copyKey(person, caseKey, ""))
    .filter(([key, copy]) => {
      const isFresh = Array.isArray(copy?.entries) && copy.at > Date.now() - LONGEST;
      if (!isFresh) forgetCopy(key);
      return isFresh;
    })
    .sort(([, one], [, other]) => other.at - one.at);
}

// Who logs out leaves nothing behind that the server has; what never arrived waits for the same person.
export function forgetArrived() {
  for (const [key, copy] of ours(PREFIX)) if (!copy || copy.arrived) forgetCopy(key);
}

function ours(prefix) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key, copyOf(key)]);
  } catch {
    return [];
  }
}
