// Reading aloud with the browser's own Chinese voice, paragraph by paragraph, the one being read marked.

const CHINESE = /^(zh|cmn|yue)/i;
const LONGEST = 180; // characters at once: some voices fall silent in longer ones
const PARTS_OF_A_CASE = "article.case h1, article.case .summary p, article.case .prose :is(h2, h3, p)";
const PARTS_OF_A_PAGE = "main :is(h1, h2, h3, h4, p, li, dt, dd, figcaption, td, th, blockquote)";
const NOT_SAID = ".quote__number, .measure__like, .visually-hidden, [hidden], [aria-hidden='true'], button, template";
const NEVER_READ = "nav, form, dialog, template, .tools, .breadcrumb, .print-only, [hidden], [role='status']";

let reading = null;

export function toggle(button) {
  if (reading) reading.stop();
  else reading = new Reading(button);
}

class Reading {
  constructor(button) {
    this.button = button;
    this.dialog = button.closest("dialog");
    this.dialog?.close();
    this.pieces = paragraphs().flatMap((element) => sentences(wordsOf(element)).map((text) => ({ element, text })));
    this.turn = 0; // of speaking: what an older turn reports comes too late
    this.bar = document.querySelector("template[data-reading-bar]").content.firstElementChild.cloneNode(true);
    this.status = this.bar.querySelector("[role=status]");
    document.body.append(this.bar);
    this.bar.addEventListener("click", ({ target }) => this[target.dataset.say]?.());
    this.escape = (event) => event.key === "Escape" && this.stop();
    document.addEventListener("keydown", this.escape);
    addEventListener("pagehide", () => speechSynthesis.cancel());
    button.setAttribute("aria-pressed", "true");
    this.bar.querySelector("[data-say=pause]").focus();
    this.status.textContent = this.status.dataset.reading;
    this.say(0);
  }

  say(place) {
    this.mark(this.pieces[place]?.element);
    if (!this.pieces[place]) {
      this.stop();
      return;
    }
    this.place = place;
    const turn = ++this.turn;
    speechSynthesis.cancel();
    speechSynthesis.resume();
    this.showPause(false);
    const utterance = new SpeechSynthesisUtterance(this.pieces[place].text);
    utterance.lang = "zh-CN";
    utterance.voice = voice();
    utterance.onend = () => turn === this.turn && this.say(place + 1);
    utterance.onerror = () => {
      if (turn === this.turn) this.status.textContent = this.status.dataset.failed;
    };
    speechSynthesis.speak(utterance);
  }

  mark(element) {
    document.querySelector(".is-being-read")?.classList.remove("is-being-read");
    if (!element) return;
    element.classList.add("is-being-read");
    element.scrollIntoView({ block: "nearest" });
  }

  pause() {
    this.isPaused = !this.isPaused;
    if (this.isPaused) speechSynthesis.pause();
    else speechSynthesis.resume();
    this.showPause(this.isPaused);
  }

  showPause(isPaused) {
    this.isPaused = isPaused;
    const button = this.bar.querySelector("[data-say=pause]");
    button.textContent = isPaused ? button.dataset.goOn : button.dataset.pause;
  }

  forward() {
    const here = this.pieces[this.place].element;
    const next = this.pieces.findIndex(({ element }, place) => place > this.place && element !== here);
    this.say(next < 0 ? this.pieces.length : next);
  }

  back() {
    const here = this.pieces.findIndex(({ element }) => element === this.pieces[this.place].element);
    const before = this.pieces[Math.max(0, here - 1)].element;
    this.say(this.pieces.findIndex(({ element }) => element === before));
  }

  stop() {
    this.turn += 1;
    speechSynthesis.cancel();
    this.mark(null);
    document.removeEventListener("keydown", this.escape);
    this.bar.remove();
    this.button.setAttribute("aria-pressed", "false");
    if (!this.dialog) this.button.focus();
    reading = null;
  }
}

function paragraphs() {
  const parts = [...document.querySelectorAll(PARTS_OF_A_CASE)];
  const all = parts.length ? parts : [...document.querySelectorAll(PARTS_OF_A_PAGE)];
  return all.filter((part) => !part.closest(NEVER_READ) && !part.querySelector("p, li, dd, td") && part.getClientRects().length);
}

function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const other of copy.querySelectorAll(NOT_SAID)) other.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** The text in sentences, long ones at their commas, very long ones anywhere. */
function sentences(text) {
  const pieces = text.match(/[^。！？；!?;]+[。！？；!?;”’」]*/g) ?? [];
  return pieces.flatMap((piece) => piece.match(new RegExp(`.{1,${LONGEST}}(?:[，、,：:]|$)|.{1,${LONGEST}}`, "gu")) ?? []);
}

function voice() {
  const voices = speechSynthesis.getVoices().filter(({ lang }) => CHINESE.test(lang));
  const mainland = voices.filter(({ lang }) => /zh[-_](cn|hans)/i.test(lang));
  const known = mainland.length ? mainland : voices;
  return known.find(({ localService }) => localService) ?? known[0] ?? null;
}
