// The contents list follows the reading place. Comfort only: without it every link still works.

const links = new Map();
for (const link of document.querySelectorAll("[data-contents] a")) {
  const part = document.getElementById(link.hash.slice(1));
  if (part) links.set(part, link);
}

const visible = new Set();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
    }
    const parts = [...links.keys()];
    const current = parts.find((part) => visible.has(part));
    const isAbove = parts[0].getBoundingClientRect().top > innerHeight / 3; // before the first part nothing is current
    if (!current && !isAbove) return;
    for (const [part, link] of links) {
      if (part === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  },
  { rootMargin: "-10% 0px -60% 0px" },
);
for (const part of links.keys()) observer.observe(part);
