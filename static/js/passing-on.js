// Copying a reference or an address, and handing an address to other programs of the device.

export function start(part) {
  const status = part.querySelector("[data-status]");
  for (const button of part.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const isCopied = await copy(part.querySelector(`#${button.dataset.copy}`));
      status.textContent = isCopied ? status.dataset.copied : status.dataset.notCopied;
    });
  }
  const share = part.querySelector("[data-share]");
  if (share && navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => {
      const url = part.querySelector("#share-address").textContent;
      navigator.share({ title: part.dataset.title || document.title, url }).catch(() => {}); // the reader thought better of it
    });
  }
}

/** Whether the words of the element are on the clipboard now; if not, they are selected. */
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent); // there is none without https
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}
