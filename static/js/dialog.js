// A part of another page in a dialog: the words, the labels and the language are those of that page.

const opened = new Map(); // address → dialog; one that was closed opens again as it was left

/** {part, isNew}: the element `data-part=name` of the page at `address`, shown. Rejects if it cannot be had. */
export async function openPart(name, address) {
  const key = `${name} ${address}`;
  const isNew = !opened.has(key);
  if (isNew) opened.set(key, dialogWith(await fetchPart(name, address)));
  const dialog = opened.get(key);
  if (!dialog.open) dialog.showModal();
  return { part: dialog.firstElementChild, isNew };
}

async function fetchPart(name, address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector(`[data-part="${name}"]`);
  if (!part) throw new Error(`${address} has no part ${name}`);
  return document.importNode(part, true);
}

function dialogWith(part) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", part.getAttribute("aria-labelledby"));
  dialog.append(part);
  const close = part.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  document.body.append(dialog);
  return dialog;
}
