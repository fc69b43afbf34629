// 批量导入: tells at once whether the chosen files are too many, and drives the work of a batch while its page is open.
// All of it works without: the server checks the files, and the button 继续 takes the same steps.

const SENT = "batch-sent"; // files were sent off: if a log-in comes in between, they did not arrive
const form = document.querySelector("[data-batch-files]");
if (form) watchFiles(form);
if (document.querySelector("[data-batch-step]")) work();
showTickAll();

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[name=case]")) showTickAll();
  if (!target.matches("[data-batch-all]")) return;
  for (const box of target.form.querySelectorAll("input[name=case]")) box.checked = target.checked;
});

function showTickAll() {
  const all = document.querySelector("[data-batch-all]");
  if (!all) return;
  all.hidden = false;
  all.checked = [...all.form.querySelectorAll("input[name=case]")].every((box) => box.checked);
}

function watchFiles(form) {
  const told = form.querySelector("[data-batch-told]");
  const { chosen, tooMuch, sending, mostFiles, mostBytes } = form.dataset;
  let isTooMuch = false;

  const tell = () => {
    const all = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    const files = all.filter((file) => !/[._]files\//.test(file.webkitRelativePath)); // without the pieces of saved pages
    const size = all.reduce((sum, file) => sum + file.size, 0);
    isTooMuch = files.length > Number(mostFiles) || size > Number(mostBytes);
    const words = chosen.replace("%(count)s", files.length).replace("%(size)s", Math.max(size / 1e6, 0.1).toFixed(1));
    told.textContent = isTooMuch ? `${words}${tooMuch}` : words;
    told.classList.toggle("batch-chosen--too-much", isTooMuch);
  };

  form.elements.folder.webkitdirectory = true; // no attribute of HTML; without it the folder can be chosen by its files
  if (sessionStorage.getItem(SENT) && document.referrer.includes("/login/")) told.textContent = form.dataset.lost;
  sessionStorage.removeItem(SENT);
  form.addEventListener("change", tell);
  if ([...form.querySelectorAll("input[type=file]")].some((input) => input.files.length)) tell(); // chosen before this ran
  form.addEventListener("submit", (event) => {
    if (isTooMuch) {
      event.preventDefault();
      told.scrollIntoView({ block: "center" });
    } else {
      // The folders would be lost: a form sends the bare names.
      form.elements.paths.value = JSON.stringify([...form.elements.folder.files].map((file) => file.webkitRelativePath));
      told.textContent = sending;
      sessionStorage.setItem(SENT, "1");
    }
  });
}

async function work() {
  const step = document.querySelector("[data-batch-step]");
  const words = document.querySelector("[data-batch-words]");
  const bar = step.querySelector("progress");
  let pause = 0; // seconds before the next try; grows while the server cannot be reached

  step.classList.add("batch-progress--driven");
  for (;;) {
    await new Promise((resume) => setTimeout(resume, pause * 1000));
    const told = await take(step);
    if (told.again) {
      pause = Math.min(30, pause * 2 + 1);
      words.textContent = told.again;
      continue;
    }
    if (told.stop) {
      words.textContent = told.stop;
      step.classList.remove("batch-progress--driven");
      return;
    }
    // Nothing came forward: another window has the last files in hand.
    pause = told.done === bar.value && told.is_working ? 1 : 0;
    words.textContent = told.words;
    bar.max = told.total;
    bar.value = told.done;
    if (!told.is_working) break;
  }
  await exchange();
}

// One step of the server: what it told, or `again` or `stop` with the reason in words.
async function take(step) {
  try {
    const answer = await fetch(step.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(step),
    });
    if (answer.redirected || answer.status === 403) return { stop: step.dataset.signedOut };
    if (answer.status === 404) return { stop: step.dataset.gone };
    return answer.ok ? await answer.json() : { again: step.dataset.failed };
  } catch {
    return { again: step.dataset.failed };
  }
}

// The table as it is now, in place of the one that was drawn before the work; the words above it stay.
async function exchange() {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("[data-batch-body]").replaceWith(fresh.querySelector("[data-batch-body]"));
  document.querySelector("[data-batch-words]").textContent = fresh.querySelector("[data-batch-words]").textContent;
  showTickAll();
}
