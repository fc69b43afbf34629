// A picker drawn by Select2 bears the words of its label: a label names the <select> that it hides.

function name(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const drawn = select.nextElementSibling;
  if (!label || !drawn?.classList.contains("select2")) return;
  for (const part of drawn.querySelectorAll(".select2-selection, [role=textbox], .select2-search__field")) {
    part.setAttribute("aria-label", label.textContent.replace(/[:：]\s*$/, "").trim());
    if (part.getAttribute("role") === "combobox") part.removeAttribute("aria-labelledby"); // it would win, and has no words
  }
}

// Registered after Django's, and so run after it has drawn them.
django.jQuery(() => document.querySelectorAll("select.admin-autocomplete").forEach(name));
