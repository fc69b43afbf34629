// Single keys. They can be switched off among the reading tools, and never act in a field (WCAG 2.1.4).

const tools = document.querySelector("a[data-dialog='tools']");
const address = tools && new URL(tools.href);
if (address) address.hash = "";

const acts = {
  "/": () => [...document.querySelectorAll("main [data-suggest], [data-suggest]")].find((field) => field.checkVisibility?.() ?? true)?.focus(),
  "?": (open) => partOfTools("keys", open),
  g: (open) => partOfTools("jump", open),
  c: (open) => cite(open),
  n: () => document.querySelector("a[rel~='next']")?.click(),
  p: () => document.querySelector("a[rel~='prev']")?.click(),
};

export function press(key, open) {
  acts[key](open);
}

function partOfTools(name, open) {
  const here = document.querySelector(`main [data-part="${name}"]`);
  if (here) {
    here.scrollIntoView();
    here.querySelector("a, input, button:not([hidden])")?.focus();
  } else if (address) {
    open(name, address.href).catch(() => location.assign(`${address.href}#${name}`));
  }
}

async function cite(open) {
  const link = document.querySelector("[data-dialog='cite']");
  const here = document.querySelector("main [data-part='cite']");
  if (!link && !here) return;
  try {
    const part = here ?? (await open("cite", link.href));
    part.querySelector("[data-copy]").click();
  } catch {
    location.assign(link.href);
  }
}
