// A comment quotes what was selected: 批注 takes the selected words of its passage along. Without scripts they are pasted.

for (const link of document.querySelectorAll("[data-comment]")) {
  const words = link.parentElement.querySelector("[data-words]");
  link.addEventListener("click", () => {
    const selection = document.getSelection();
    const isInside = words.contains(selection.anchorNode) && words.contains(selection.focusNode);
    const address = new URL(link.href);
    address.searchParams.delete("quote");
    if (isInside && !selection.isCollapsed) {
      const quote = selection.toString().replace(/\n+/g, "\n").trim();
      address.searchParams.set("quote", [...quote].slice(0, 300).join(""));
    }
    link.href = address.href;
  });
}
