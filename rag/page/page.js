// The page's own behaviour. Gradio runs this once as the body of a function of the form's HTML
// component: `element` is that component, `trigger` sends an event to the server.

const form = element.querySelector("form");
const question = form.elements.namedItem("question");
const notice = form.querySelector("[role=status]");
const refine = form.querySelector("details.refine");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const MOST_EARLIER = 20;
const PATIENCE = 20_000;

let turns = 0;
let last = null;
let waiting = 0;

// A quiet message is for screen readers alone: what it says stands elsewhere on the page.
const say = (text, { quiet = false } = {}) => {
  notice.classList.toggle("unseen", quiet);
  notice.textContent = text;
};

const region = () => document.getElementById("antwoord");
const turnShown = () => region().querySelector(".turn");

function ask() {
  if (!question.value.trim()) {
    say("De vraag is leeg: stel een vraag in gewone woorden.");
    question.focus();
    return;
  }
  turns += 1;
  say("Bezig met zoeken…");
  region().setAttribute("aria-busy", "true");
  // A connection that is lost is reported by nobody.
  window.clearTimeout(waiting);
  waiting = window.setTimeout(failed, PATIENCE);
  trigger("submit", { ...Object.fromEntries(new FormData(form)), turn: turns });
}

function arrived() {
  const turn = turnShown();
  window.clearTimeout(waiting);
  region().removeAttribute("aria-busy");
  if (!turn) return;
  // What people opened in the previous answer may not stay open in this one.
  turn.querySelectorAll("details.whole").forEach((part) => part.removeAttribute("open"));
  if (last) keep(last);
  last = turn.querySelector(".failure") ? null : turn.cloneNode(true);
  say(turn.dataset.status, { quiet: true });
  bringIntoView(turn);
}

function failed() {
  window.clearTimeout(waiting);
  region().removeAttribute("aria-busy");
  say("Het zoeken is niet gelukt. Probeer het over een ogenblik opnieuw, of laad de pagina opnieuw.");
}

function keep(turn) {
  const earlier = document.getElementById("eerder");
  const list = earlier.querySelector("div");
  const entry = document.createElement("details");
  const heading = turn.querySelector(".asked bdi").textContent;
  const summary = document.createElement("summary");
  summary.textContent = `${heading} (${turn.dataset.status.toLowerCase()})`;
  entry.append(summary, turn);
  list.prepend(entry);
  while (list.children.length > MOST_EARLIER) list.lastElementChild.remove();
  earlier.hidden = false;
}

function bringIntoView(turn) {
  const top = turn.getBoundingClientRect().top;
  if (top >= 0 && top < window.innerHeight * 0.6) return;
  turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

function countFilters() {
  const fields = [...refine.querySelectorAll("select, input")];
  const set = fields.filter((field) => field.value !== "").length;
  refine.querySelector(".count").textContent = set ? ` (${set} ingesteld)` : "";
}

function clearFilters() {
  refine.querySelectorAll("select, input").forEach((field) => {
    field.value = "";
  });
  countFilters();
  say("De filters zijn gewist.");
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text);
  }
  say("Gekopieerd.", { quiet: true });
  button.dataset.label ??= button.textContent;
  button.textContent = "Gekopieerd";
  window.setTimeout(() => {
    button.textContent = button.dataset.label;
  }, 1500);
}

// Without https, or without permission, browsers offer the old way only.
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

refine.addEventListener("change", countFilters);
form.querySelector(".clear").addEventListener("click", clearFilters);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches(".copy")) copy(button);
  if (button?.matches(".example")) {
    question.value = button.dataset.question;
    form.requestSubmit();
  }
});

document.addEventListener("kamerantwoord:antwoord", arrived);
document.addEventListener("kamerantwoord:mislukt", failed);
