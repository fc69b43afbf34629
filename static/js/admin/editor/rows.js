// Rows of the form: added, deleted and had back, moved; what the buttons would otherwise do at the server.
//
// The order of the rows in the page is the order in which they are posted, so a row moves by moving its element. Only a
// row that comes under another initiative gets other names.

const UNDER = { measures: "initiatives", metrics: "initiatives" };
let form;
let added = 0;

export const rowOf = (element) => element?.closest("[data-row]");
export const listOf = (element) => element?.closest("[data-list]");
const rowsIn = (list) => list.querySelector(":scope > .rows__list");
const isDropped = (row) => row.classList.contains("row--dropped");

/** Tell the rest of the page that something other than the text of a field was changed. */
function tell(row, what) {
  (row ?? form).dispatchEvent(new CustomEvent("editor:changed", { bubbles: true, detail: what }));
}

/** The field that stands at a place of the content, `initiatives[0].metrics[1].value`, as rows stand now. */
export function fieldAt(path) {
  let scope = form;
  let name = "";
  for (const [, kind, number] of path.matchAll(/(\w+)(?:\[(\d+)\])?/g)) {
    name = name ? `${name}.${kind}` : kind;
    if (number === undefined) continue;
    const list = form.querySelector(`[data-list="${name}"]`);
    if (!list) continue; // of a field: themes[0]
    scope = rowsIn(list).children[number];
    if (!scope) return null;
    name = scope.dataset.row;
  }
  return form.querySelector(`[data-list="${name}"]`) ?? document.getElementById(`id_${name.replaceAll(".", "-")}`) ?? scope;
}

/** Give a row, and all under it, the name of another place. */
function rename(row, name) {
  const old = row.dataset.row;
  if (old === name) return;
  const id = (text) => text.replaceAll(".", "-");
  const renamed = (text) => (text === old || text.startsWith(`${old}.`) ? name + text.slice(old.length) : text);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const data of ["row", "list", "count"]) {
      if (element.dataset[data]) element.dataset[data] = renamed(element.dataset[data]);
    }
    if (element.name) element.name = renamed(element.name);
    if (element.type === "submit") element.value = renamed(element.value);
    for (const attribute of ["id", "for", "aria-describedby", "aria-labelledby"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace(id(old), id(name)));
    }
  }
}

/** Name a row as one of a list, with a key that no other has, and put it before `next` (at the end for null). */
function place(row, list, next) {
  const key = `n${added++}`;
  const hidden = row.querySelector(":scope > input[type=hidden]");
  rename(row, `${list.dataset.list}.${key}`);
  hidden.name = list.dataset.list;
  hidden.value = key;
  rowsIn(list).insertBefore(row, next);
}

export function focusFirst(row) {
  const field = row.querySelector(":is(.cell input:not([type=hidden]), .cell textarea)");
  field?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** A blank row in a list, behind `after` or at its end. */
export function add(list, after = null) {
  const blank = document.querySelector(`template[data-blank="${list.dataset.kind}"]`);
  const row = blank.content.firstElementChild.cloneNode(true);
  place(row, list, after?.nextElementSibling ?? null);
  tell(row, "add");
  focusFirst(row);
  return row;
}

export function drop(row, isGone = true) {
  row.classList.toggle("row--dropped", isGone);
  for (const part of row.children) {
    if (part.matches(".row__gone")) part.hidden = !isGone;
    if (part.matches(".row__tools, .row__fold, .row__body")) part.hidden = isGone;
  }
  const name = `${row.dataset.row}.dropped`;
  row.querySelector(`:scope > input[name="${name}"]`)?.remove();
  if (isGone) {
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name, value: "on" });
    row.firstElementChild.after(mark);
    row.querySelector(".row__gone-name").textContent = titleOf(row);
    row.querySelector(":scope > .row__gone button").focus();
  } else {
    focusFirst(row);
  }
  tell(row, "drop");
}

/** By what a row is called. */
export function titleOf(row) {
  for (const name of ["heading", "label", "name", "caption", "text", "quote"]) {
    const field = row.querySelector(`[name="${row.dataset.row}.${name}"]`);
    if (field?.value.trim()) return field.value.trim().split("\n", 1)[0].slice(0, 60);
  }
  return "";
}

/** One place up (-1) or down (1); over the end of its list, into that of the next initiative. */
export function step(row, by) {
  const beside = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  if (beside) {
    beside[by < 0 ? "before" : "after"](row);
  } else {
    const list = listOf(row);
    const owner = rowOf(list);
    let there = owner && (by < 0 ? owner.previousElementSibling : owner.nextElementSibling);
    while (there && isDropped(there)) there = by < 0 ? there.previousElementSibling : there.nextElementSibling;
    const goal = there?.querySelector(`[data-list][data-kind="${list.dataset.kind}"]`);
    if (!goal) return;
    there.querySelector("details").open = true;
    place(row, goal, by < 0 ? null : rowsIn(goal).firstElementChild);
  }
  focused?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  tell(row, "move");
}

/** Lists a row may go to: of its kind, not its own, of no deleted initiative. */
function goalsOf(row) {
  const own = listOf(row);
  return [...form.querySelectorAll(`[data-list][data-kind="${own.dataset.kind}"]`)].filter(
    (list) => list !== own && !rowOf(list)?.classList.contains("row--dropped"),
  );
}

/** Fill the menu of a row with the lists it may go to. */
function offerGoals(menu) {
  const row = rowOf(menu);
  const [first] = menu.options;
  menu.replaceChildren(first);
  menu.goals = goalsOf(row);
  for (const [index, list] of menu.goals.entries()) {
    const owner = rowOf(list);
    const number = owner ? [...owner.parentElement.children].filter((one) => !isDropped(one)).indexOf(owner) + 1 : 0;
    const words = owner ? `${number}. ${titleOf(owner)}` : document.getElementById("metrics-group").dataset.name;
    menu.add(new Option(words.slice(0, 40), index));
  }
}

function addMenus(scope) {
  const pattern = document.querySelector("template[data-move]");
  for (const tools of scope.querySelectorAll(".row--measures > .row__tools, .row--metrics > .row__tools")) {
    if (!tools.querySelector("select")) tools.prepend(pattern.content.firstElementChild.cloneNode(true));
  }
}

const PRESSED = {
  _add: (button) => add(listOf(button)),
  _drop: (button) => drop(rowOf(button)),
  _undrop: (button) => drop(rowOf(button), false),
  _up: (button) => step(rowOf(button), -1),
  _down: (button) => step(rowOf(button), 1),
};

export function start(caseForm) {
  form = caseForm;
  // What came back from the server keeps its keys; new ones begin behind them.
  added = form.querySelectorAll("[data-row]").length;
  addMenus(form);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name]");
    const act = button && PRESSED[button.name];
    if (!act) return;
    event.preventDefault();
    act(button);
  });
  form.addEventListener("editor:changed", (event) => addMenus(event.target.parentElement ?? form));
  form.addEventListener("pointerdown", (event) => event.target.matches(".row__move") && offerGoals(event.target));
  form.addEventListener("focusin", (event) => event.target.matches(".row__move") && offerGoals(event.target));
  form.addEventListener("change", (event) => {
    const menu = event.target;
    if (!menu.matches(".row__move") || !menu.value) return;
    event.stopPropagation();
    const row = rowOf(menu);
    const list = menu.goals[menu.value];
    rowOf(list)?.querySelector("details")?.setAttribute("open", "");
    place(row, list, null);
    menu.selectedIndex = 0;
    tell(row, "move");
    focusFirst(row);
  });
}
