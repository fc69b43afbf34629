"""What a reader would see go wrong on a page, found by measuring: too wide, cut off, one text over another."""

from __future__ import annotations

from playwright.sync_api import Page

# What is meant to be out of sight, cut with an ellipsis, or scrolled in itself is no trouble.
_TROUBLES = """
() => {
  const troubles = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const named = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`
    + ` “${element.textContent.trim().slice(0, 24)}”`;
  const away = (element) => {
    for (let above = element; above; above = above.parentElement) {
      if (above.matches("[aria-hidden=true], svg, .skip-link")) return true;
      const style = getComputedStyle(above);
      if (style.position === "absolute" && style.overflowX === "hidden" && above.offsetWidth <= 1) return true;
      if (style.clipPath === "inset(50%)") return true;
    }
    return false; // what is one pixel wide is for those who listen
  };
  const wide = document.scrollingElement.scrollWidth - window.innerWidth;
  if (wide > 0) troubles.push(`scrolls sideways by ${wide}`);

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || away(element) || !shown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) texts.push({ element, box });
  }
  const scrolls = (style) => /auto|scroll/.test(style.overflowX + style.overflowY);
  // A box as far as what is around it lets it be seen; null if it is scrolled away.
  const seen = ({ element, box }) => {
    let { left, right, top, bottom } = box;
    for (let above = element; above && above !== document.body; above = above.parentElement) {
      if (getComputedStyle(above).overflowX === "visible") continue;
      const frame = above.getBoundingClientRect();
      [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
      [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    return right - left > 2 && bottom - top > 2 ? { left, right, top, bottom } : null;
  };
  const sticks = (element) => {
    for (let above = element; above; above = above.parentElement)
      if (/sticky|fixed/.test(getComputedStyle(above).position)) return true;
    return false;
  };

  const clipped = new Set();
  for (const { element, box } of texts) {
    for (let above = element; above && above !== document.body; above = above.parentElement) {
      const style = getComputedStyle(above);
      if (scrolls(style) || style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") break;
      if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
      const frame = above.getBoundingClientRect();
      if (box.right > frame.right + 2 || box.bottom > frame.bottom + 4 || box.left < frame.left - 2) clipped.add(above);
    }
  }
  for (const element of clipped) troubles.push(`cuts text off: ${named(element)}`);

  // Sorted from above, so that a box is compared with its neighbours alone. Glyphs are lower than their line.
  const inner = texts.filter(({ element }) => !sticks(element))
    .map((text) => ({ element: text.element, box: seen(text) })).filter(({ box }) => box)
    .map(({ element, box }) => ({ element, left: box.left + 1, right: box.right - 1,
      top: box.top + (box.bottom - box.top) * 0.25, bottom: box.bottom - (box.bottom - box.top) * 0.25 }))
    .sort((one, other) => one.top - other.top);
  const met = new Set();
  for (let i = 0; i < inner.length; i++) {
    for (let j = i + 1; j < inner.length && inner[j].top < inner[i].bottom; j++) {
      const [one, other] = [inner[i], inner[j]];
      if (one.element === other.element || one.left >= other.right || other.left >= one.right) continue;
      const words = `overlaps: ${named(one.element)} and ${named(other.element)}`;
      if (!met.has(words) && met.size < 5) troubles.push(words);
      met.add(words);
    }
  }
  return troubles;
}
"""


def troubles(page: Page) -> list[str]:
    """In words, what is wrong with how the open page is laid out at its present size."""
    return page.evaluate(_TROUBLES)
