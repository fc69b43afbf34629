// A comment quotes what was selected: 批注 takes the selected words of its passage along. Without scripts they are pasted.

function selectedIn(words) {
  const selection = document.getSelection();
  if (selection.isCollapsed || !selection.rangeCount) {
    return "";
  }
  const range = selection.getRangeAt(0);
  const pieces = [...words.children].filter((paragraph) => range.intersectsNode(paragraph)).map((paragraph) => {
    const piece = document.createRange();
    piece.selectNodeContents(paragraph);
    if (range.compareBoundaryPoints(Range.START_TO_START, piece) > 0) {
      piece.setStart(range.startContainer, range.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, piece) < 0) {
      piece.setEnd(range.endContainer, range.endOffset);
    }
    return piece.toString();
  });
  return [...pieces.filter(Boolean).join("\n").trim()].slice(0, 300).join("");
}

for (const link of document.querySelectorAll("[data-comment]")) {
  const words = link.parentElement.querySelector("[data-words]");
  const take = () => {
    const address = new URL(link.href);
    const quote = selectedIn(words);
    if (quote) {
      address.searchParams.set("quote", quote);
    } else {
      address.searchParams.delete("quote");
    }
    link.href = address.href;
  };
  // before the press clears the selection; by keyboard it is never cleared
  link.addEventListener("pointerdown", take);
  link.addEventListener("focus", take);
}
