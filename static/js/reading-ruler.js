// A line under what is being read: it follows the pointer, and the focus of who has none.

const ruler = document.createElement("div");
ruler.className = "ruler";
ruler.setAttribute("aria-hidden", "true");
document.body.append(ruler);

function place(y) {
  ruler.style.transform = `translateY(${Math.round(y)}px)`;
}

place(innerHeight / 3);
document.addEventListener("pointermove", ({ clientY }) => place(clientY + 14), { passive: true });
document.addEventListener("focusin", ({ target }) => place(target.getBoundingClientRect().bottom + 4));
