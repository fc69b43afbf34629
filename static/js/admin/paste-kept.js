// A pasted text is kept in the browser until it has arrived: for each person of their own, gone at log-out.

const PREFIX = "pasted:";

export function keptText(person) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + person));
  } catch {
    return null;
  }
}

// Keep `{text, rich, isSent}`; a browser that has no room keeps the plain text, or nothing.
export function keep(person, pasted) {
  for (const form of [pasted, { ...pasted, rich: "" }]) {
    try {
      localStorage.setItem(PREFIX + person, JSON.stringify(form));
      return;
    } catch {
      continue;
    }
  }
}

export function forget(person) {
  try {
    localStorage.removeItem(PREFIX + person);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

// The preview came right after the paste page: the text has arrived.
export function forgetSent(person) {
  const before = document.referrer && new URL(document.referrer);
  if (before?.origin === location.origin && before.pathname.endsWith("/import/") && keptText(person)?.isSent) {
    forget(person);
  }
}

export function forgetAll() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // as above
  }
}
