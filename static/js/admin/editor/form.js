// Comfort of the case form; all of it works without: buttons post, links jump.

import { start as startRows } from "./rows.js";
import { start as startContents } from "./contents.js";
import { start as startCounting } from "./counting.js";
import { start as startKeys } from "./keys.js";
import { start as startUnsaved } from "./unsaved.js";

const form = document.getElementById("case_form");
if (form && !document.querySelector(".editor--fixed")) {
  startUnsaved(form);
  startRows(form);
  startKeys(form);
  startCounting(form);
}
if (form) startContents(form);

// A text is as high as what is in it, where the browser can do that; W3C's validator of style sheets knows no such property.
const growing = new CSSStyleSheet();
growing.replaceSync(".editor .cell textarea { field-sizing: content; }");
document.adoptedStyleSheets.push(growing);
