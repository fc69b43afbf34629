// Dragging the cases of a list by a handle; the buttons do the same for who does not drag.

/** Lets the items of the list be dragged by their handles, and calls `moved` with one that was dropped elsewhere. */
export function takesDragging(list, moved) {
  let dragged = null;
  let before = null;

  list.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".brief__handle")) return;
    dragged = event.target.closest("li");
    before = dragged.nextElementSibling;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.case);
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("is-dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged) return;
    event.preventDefault();
    if (!over || over === dragged || over.parentElement !== list) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener("drop", (event) => dragged && event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    const item = dragged;
    dragged = null;
    if (item.nextElementSibling !== before) moved(item);
  });
}

/** Puts the handle to an item by which it is dragged. */
export function giveHandle(item) {
  const element = document.createElement("span");
  element.className = "brief__handle";
  element.draggable = true;
  element.setAttribute("aria-hidden", "true");
  item.prepend(element);
}
