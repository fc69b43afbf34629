// What pages do beyond their HTML. Comfort only: each is fetched where its place is on the page, when it is wanted.

const root = document.documentElement;
const CHINESE = /^(zh|cmn|yue)/i;
// Other days of the site are those of Beijing: by the reader's own a citation could be older than what it cites.
const BEIJING_DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }); // 2026-11-23
const SINGLE_KEYS = /^[/?gcnp]$/;

// Parts of pages (`data-part`): at work on their own page, and in a dialog wherever a link asks for them.

const works = {
  tools: () => import("./reader-tools.js"),
  cite: () => import("./passing-on.js"),
  share: () => import("./passing-on.js"),
  jump: () => import("./search-suggest.js"),
};

function prepare(within) {
  for (const place of within.querySelectorAll("[data-needs-script]:not([data-read-aloud])")) place.hidden = false;
  for (const time of within.querySelectorAll("[data-today]")) {
    time.dateTime = time.textContent = BEIJING_DAY.format(new Date());
  }
  for (const input of within.querySelectorAll("[data-tools] input")) {
    input.checked = (root.dataset[input.name] ?? "") === input.value;
  }
  showListed(within);
  // Said before the focus comes: what a field is, is heard when it is reached.
  for (const field of within.querySelectorAll("[data-suggest]")) {
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      field.setAttribute(name, value);
    }
  }
}

async function begin(part) {
  part.hidden = false;
  prepare(part);
  watchVoices(part);
  const work = await works[part.dataset.part]?.();
  work?.start(part);
}

function showListed(within) {
  root.toggleAttribute("data-listed", listed().length > 0);
  for (const button of within.querySelectorAll("[data-list-add]")) {
    button.setAttribute("aria-pressed", String(listed().includes(Number(button.dataset.listAdd))));
  }
}

/** The keys of the cases on the reading list. */
function listed() {
  try {
    return JSON.parse(localStorage.getItem("casebook:list")).map(({ pk }) => pk);
  } catch {
    return []; // no list yet, or no storage
  }
}

/** The part of the page at `address` in a dialog, at work; the page itself if it cannot be fetched. */
async function open(name, address) {
  const { openPart } = await import("./dialog.js");
  const { part, isNew } = await openPart(name, address);
  if (isNew) await begin(part);
  part.querySelector("[data-suggest]")?.focus();
  return part;
}

// Another page of the site changed the list, or did while this one was put away.
addEventListener("storage", () => showListed(document));
addEventListener("pageshow", () => showListed(document));

prepare(document);
for (const part of document.querySelectorAll("[data-part]")) begin(part);

// Tools

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("[data-dialog]");
  const button = event.target.closest?.("button");
  if (link && !document.querySelector(`main [data-part="${link.dataset.dialog}"]`)) {
    event.preventDefault();
    open(link.dataset.dialog, link.href).catch(() => location.assign(link.href));
  } else if (button?.dataset.choose) {
    import("./kept-choices.js").then(({ choose }) => choose(button.dataset.choose, button.value));
  } else if (button?.matches("[data-list-add]")) {
    import("./list-button.js").then(({ toggle }) => toggle(button));
  } else if (button?.matches("[data-read-aloud]")) {
    import("./read-aloud.js").then(({ toggle }) => toggle(button));
  } else if (button?.matches("[data-print]")) {
    print();
  }
});

document.addEventListener("keydown", (event) => {
  if (!SINGLE_KEYS.test(event.key) || root.dataset.keys === "off" || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  event.preventDefault(); // some browsers have a search of their own on /
  import("./keys.js").then(({ press }) => press(event.key, open));
});

addEventListener("beforeprint", () => prepare(document));

// Choices

function showChoices() {
  for (const button of document.querySelectorAll("button[data-choose]")) {
    button.setAttribute("aria-pressed", String((root.dataset[button.dataset.choose] ?? "") === button.value));
  }
  if (root.dataset.ruler) import("./reading-ruler.js");
}

showChoices();
document.addEventListener("choice", showChoices);

// Reading aloud has its button only where there is a voice; browsers learn of theirs some time after the page.

function findVoice() {
  if (!speechSynthesis.getVoices().some(({ lang }) => CHINESE.test(lang))) return;
  root.dataset.voice = "on";
  for (const button of document.querySelectorAll("[data-read-aloud]")) button.hidden = false;
}

function watchVoices(within) {
  if (!window.speechSynthesis || !within.querySelector("[data-read-aloud]")) return;
  findVoice();
  speechSynthesis.addEventListener?.("voiceschanged", findVoice);
}

watchVoices(document);

if (document.querySelector("[data-contents]")) followContents();
addEventListener("focusin", ({ target }) => target.matches?.("[data-suggest]") && import("./search-suggest.js"));
if (document.activeElement?.matches("[data-suggest]")) import("./search-suggest.js");
if (document.querySelector("[data-correct]")) {
  document.addEventListener("selectionchange", () => import("./correction.js"), { once: true });
}

// The contents list follows the reading place. It is here and not in a file of its own: one request less for each case.

function followContents() {
  const links = new Map();
  for (const link of document.querySelectorAll("[data-contents] a")) {
    const part = document.getElementById(link.hash.slice(1));
    if (part) links.set(part, link);
  }
  const visible = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) visible[isIntersecting ? "add" : "delete"](target);
      const parts = [...links.keys()];
      const current = parts.find((part) => visible.has(part));
      const isAbove = parts[0].getBoundingClientRect().top > innerHeight / 3; // before the first part nothing is current
      if (!current && !isAbove) return;
      for (const [part, link] of links) {
        if (part === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  for (const part of links.keys()) observer.observe(part);
}

// What is folded is opened by a link into it, and for printing.
addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#"]');
  const fold = link && document.getElementById(link.hash.slice(1))?.closest("details.fold");
  if (fold) fold.open = true;
});

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details.fold:not([open])")];
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});
