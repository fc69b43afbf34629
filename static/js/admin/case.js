// Comfort of the case form; all of it works without.

// nested-admin writes "Remove" in English; its own settings hold the word in the language of the page.
for (const group of document.querySelectorAll("[data-inline-formset]")) {
  const { deleteText } = JSON.parse(group.dataset.inlineFormset).options;
  for (const link of group.querySelectorAll(".djn-remove-handler")) {
    link.textContent = deleteText;
  }
}

// A link to a field puts the cursor into it, also where select2 stands in front of the field.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#id_"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  const seen = field.nextElementSibling?.querySelector(".select2-selection") ?? field;
  seen.scrollIntoView({ block: "center" });
  seen.focus();
  event.preventDefault();
});
