// What the reader chose (size of type, colours, pointer …) stands on the page before it is drawn. Kept in the browser
// alone and never taken from the address. Not a module: those run when the page has been drawn already.

"use strict";

(() => {
  document.documentElement.dataset.scripts = "on"; // what only scripts can do has its place from the beginning
  const allowed = {
    size: ["2", "3", "4"],
    scheme: ["light", "dark", "contrast", "contrast-yellow"],
    pointer: ["large"],
    ruler: ["on"],
    simple: ["on"],
    spacing: ["wide"],
    keys: ["off"],
  };
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("casebook:choices")) ?? {};
  } catch {
    // no storage here, or not ours: the page is as it comes
  }
  for (const [name, values] of Object.entries(allowed)) {
    if (values.includes(kept[name])) document.documentElement.dataset[name] = kept[name];
  }
  try {
    if (JSON.parse(localStorage.getItem("casebook:list")).length > 0) document.documentElement.dataset.listed = "";
  } catch {
    // no list yet
  }
})();
