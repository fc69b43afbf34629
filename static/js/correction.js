// Words that a reader selects in a case go along to the form 我要纠错. Comfort only: the link works without.

const LONGEST = 300; // characters, as the form takes them
const NOT_OF_THE_TEXT = ".passage__metrics, .quote__number, .passage__numeral, .measure__numeral, .measure__like, [hidden]";
const APART = "p, li, h1, h2, h3, dd, dt, figcaption";

const links = document.querySelectorAll("[data-correct]");
const button = document.querySelector("[data-correct-here]");
const article = button?.closest("article");

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  if (!article.contains(range.commonAncestorContainer)) return "";
  const words = range.cloneContents();
  for (const other of words.querySelectorAll(NOT_OF_THE_TEXT)) other.remove();
  for (const part of words.querySelectorAll(APART)) part.append("\n");
  return words.textContent.replace(/[ \t]*\n\s*/g, "\n").trim().slice(0, LONGEST);
}

function addressOf(words) {
  const address = new URL(links[0].href);
  address.search = words ? new URLSearchParams({ quote: words }) : "";
  return address.href;
}

// Below the last line of the selection: above it, phones put their own menu.
function place() {
  const words = selected();
  button.hidden = !words;
  if (!words) return;
  const lines = document.getSelection().getRangeAt(0).getClientRects();
  const last = lines[lines.length - 1] ?? article.getBoundingClientRect();
  const rightmost = document.documentElement.clientWidth - button.offsetWidth - 8;
  button.style.left = `${Math.max(8, Math.min(last.right, rightmost)) + scrollX}px`;
  button.style.top = `${last.bottom + scrollY + 6}px`;
}

if (article) {
  document.body.append(button); // placed by the page, whatever stands around the link
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(place, 250);
  });
  place(); // this script comes with the first selection
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // it would end the selection
  button.addEventListener("click", () => location.assign(addressOf(selected())));
  for (const link of links) {
    link.addEventListener("click", () => {
      link.href = addressOf(selected());
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") button.hidden = true;
  });
}
