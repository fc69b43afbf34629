// What stands in the form of a case, as it would be posted, without files and without what is not text.

const NOT_TEXT = new Set(["csrfmiddlewaretoken", "step", "token", "seen_version", "drawn_from"]);

export function typedEntries(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TEXT.has(name));
}

export function sameText(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function field(form, name) {
  return form.elements.namedItem(name);
}
