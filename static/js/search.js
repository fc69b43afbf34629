// Choosing a filter shows its result at once, in place. Comfort only: the form and every link work alone.

const form = document.getElementById("search-form");
const status = document.querySelector(".page-head__line[role=status]");
const wide = matchMedia("(min-width: 900px)");
const region = () => document.querySelector("[data-search-region]");
let shown = location.pathname + location.search;
let asking;

function addressOfForm() {
  const query = String(new URLSearchParams([...new FormData(form)].filter(([, value]) => value)));
  return query ? `${form.action}?${query}` : form.action;
}

async function read(url) {
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return { address: answer.url, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

// The result at an address takes the place of the one shown; `focus` finds what keeps the focus.
async function show(url, { push = true, focus = () => null } = {}) {
  region().setAttribute("aria-busy", "true");
  try {
    const { address, page } = await read(url);
    replace(page);
    if (push && address !== location.href) history.pushState(null, "", address);
    shown = location.pathname + location.search;
    focus()?.focus();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url); // the browser says what is wrong better than we can
  }
}

function replace(page) {
  const open = new Set([...region().querySelectorAll("details[open][data-keep]")].map((part) => part.dataset.keep));
  const next = page.querySelector("[data-search-region]");
  for (const part of next.querySelectorAll("details[data-keep]")) part.open ||= open.has(part.dataset.keep);
  region().replaceWith(document.adoptNode(next));
  status.replaceChildren(...page.querySelector(".page-head__line[role=status]").childNodes); // is announced
  document.querySelector(".masthead__language").replaceWith(page.querySelector(".masthead__language"));
  document.title = page.title;
  form.elements.q.value = page.querySelector("#search-form [name=q]").value;
  dress();
}

// The button is for who has no script; where there is room the filters stand open.
function dress() {
  for (const button of document.querySelectorAll("[data-search-button]")) button.hidden = true;
  const filters = document.querySelector("details.filters");
  if (filters && wide.matches) filters.open = true;
}

function boxOf(name, value) {
  return [...form.elements].find((field) => field.name === name && field.value === value && field.type === "checkbox");
}

document.addEventListener("change", ({ target }) => {
  if (target.form !== form || target.type !== "checkbox") return;
  const results = () => document.getElementById("results");
  show(addressOfForm(), { focus: () => boxOf(target.name, target.value) ?? results() });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-search-link]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const [name, value] = (link.dataset.focus ?? "").split(/=(.*)/);
  const chips = [...document.querySelectorAll(".chosen a")];
  const place = chips.indexOf(link);
  const nextChip = () => (place < 0 ? null : document.querySelectorAll(".chosen__chip")[place]);
  const focus = () => (name && boxOf(name, value)) || nextChip() || document.getElementById("results");
  show(link.href, { focus });
});

addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) show(location.href, { push: false });
});

dress();
