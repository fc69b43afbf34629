// Whether the form holds what is not saved: told in the bar, by a mark before the title, and when the page is left.

let isUnsaved = false;
let isLeaving = false;
const title = document.title;

function show() {
  document.querySelector(".editor__unsaved").hidden = !isUnsaved;
  document.title = isUnsaved ? `● ${title}` : title;
}

export function start(form) {
  // A form that came back with errors, or by a button of a row, holds what is not saved.
  isUnsaved = "unsaved" in form.dataset;
  show();
  const mark = () => {
    if (isUnsaved) return;
    isUnsaved = true;
    show();
  };
  for (const event of ["input", "change", "editor:changed"]) form.addEventListener(event, mark);
  // select2 tells jQuery alone
  window.django?.jQuery?.(form).on("change", mark);
  form.addEventListener("submit", (event) => {
    isLeaving = event.submitter?.formTarget !== "_blank"; // a preview opens beside the form
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved && !isLeaving) event.preventDefault();
  });
  // Back from the memory of the browser a form that was sent would be one of an older version.
  addEventListener("pageshow", (event) => {
    if (event.persisted && (isLeaving || !isUnsaved)) location.reload();
  });
}
