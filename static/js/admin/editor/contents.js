// The list of contents beside the form: kept as the initiatives are, jumps, folds and remembers what was folded.

import { listOf, rowOf, titleOf } from "./rows.js";

let form;

/** Open what is folded round a field, bring it into sight and put the cursor into it. */
export function goTo(target) {
  target.querySelector(":scope > .row__fold")?.setAttribute("open", "");
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const seen = target.nextElementSibling?.querySelector?.(".select2-selection") ?? target;
  seen.scrollIntoView({ block: target.matches("input, textarea, select") ? "center" : "start" });
  seen.focus({ preventScroll: true });
}

function jump(event) {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target || !form.contains(target)) return;
  event.preventDefault();
  history.replaceState(null, "", link.hash);
  goTo(target);
}

function redraw() {
  const items = document.querySelector(".contents__initiatives");
  const wrong = new Set([...items.querySelectorAll(".contents__wrong a")].map((link) => link.hash));
  items.replaceChildren();
  for (const row of form.querySelectorAll(".row--initiatives:not(.row--dropped)")) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: `#${row.id}`, textContent: titleOf(row) || "…" });
    item.classList.toggle("contents__wrong", wrong.has(link.hash));
    item.append(link);
    items.append(item);
  }
}

function recount() {
  for (const count of form.querySelectorAll("[data-count]")) {
    const rows = listOf(count).querySelectorAll(":scope > .rows__list > .row:not(.row--dropped)");
    count.textContent = rows.length || "";
  }
}

function retitle(row) {
  const title = row?.querySelector(":scope > .row__fold > summary > .row__title");
  if (title) title.textContent = titleOf(row);
}

/** Which initiatives are folded is remembered in this tab, by their places. */
function foldsKept() {
  const key = `casebook:folded:${form.dataset.case ?? "new"}`;
  const folds = () => [...form.querySelectorAll(".row--initiatives > .row__fold")];
  const wrong = form.querySelector(".cell--wrong");
  if (!wrong) {
    for (const index of JSON.parse(sessionStorage.getItem(key) ?? "[]")) folds()[index]?.removeAttribute("open");
  }
  addEventListener("pagehide", () => {
    const closed = [...folds().entries()].filter(([, fold]) => !fold.open).map(([index]) => index);
    sessionStorage.setItem(key, JSON.stringify(closed));
  });
}

/** After 保存 the page is where it was. */
function placeKept() {
  const key = `casebook:place:${location.pathname}`;
  const place = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (place && !location.hash && !form.querySelector(".cell--wrong")) scrollTo(0, Number(place));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "_continue") sessionStorage.setItem(key, String(scrollY));
  });
}

function markPresent() {
  const links = new Map();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = document.querySelector(`.contents a[href="#${target.id}"]`);
        link?.classList.toggle("contents__here", isIntersecting);
        links.set(target, isIntersecting);
      }
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  for (const part of form.querySelectorAll(".part, .rows--level2:not(.rows--initiatives), .row--initiatives")) watch.observe(part);
}

export function start(caseForm) {
  form = caseForm;
  document.addEventListener("click", jump);
  form.addEventListener("editor:changed", () => {
    redraw();
    recount();
  });
  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row?.matches(".row--initiatives")) return;
    retitle(row);
    const link = document.querySelector(`.contents a[href="#${row.id}"]`);
    if (link) link.textContent = titleOf(row) || "…";
  });
  const tools = document.querySelector(".contents__tools");
  tools.hidden = !form.querySelector(".row__fold");
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fold]");
    for (const fold of button ? form.querySelectorAll(".row__fold") : []) fold.open = button.dataset.fold === "open";
  });
  foldsKept();
  placeKept();
  markPresent();
}
