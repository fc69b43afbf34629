// 加入阅读清单: on the list at the first press, off it at the second.

import { entry, MOST, readList, saveList } from "./kept-list.js";

export function toggle(button) {
  const status = document.querySelector("[data-list-status]");
  const pk = Number(button.dataset.listAdd);
  const list = readList();
  const isListed = list.some((one) => one.pk === pk);
  if (!isListed && list.length >= MOST) return say(status, status.dataset.full);
  const changed = isListed ? list.filter((one) => one.pk !== pk) : [...list, entry({ pk, title: button.dataset.title })];
  if (!saveList(changed)) return say(status, status.dataset.forbidden);
  button.setAttribute("aria-pressed", String(!isListed));
  document.documentElement.toggleAttribute("data-listed", changed.length > 0);
  return say(status, isListed ? status.dataset.removed : status.dataset.added);
}

function say(status, words) {
  const link = document.createElement("a");
  link.href = status.dataset.listUrl;
  link.textContent = status.dataset.open;
  status.replaceChildren(words, " ", link);
}
