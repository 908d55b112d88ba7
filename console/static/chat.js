// Keeps an open chat true, keeps what is being written, and sends it once.

const EVERY = 2_000;
// In the background only to keep the chat: a lease runs three minutes.
const EVERY_HIDDEN = 30_000;
const LIMIT = 15_000;
const NEAR = 60;

const main = part("chat");
const { address, agent } = main.dataset;
const log = part("log");
const draftKey = `draft:${agent}:${address}`;
let timer = 0;
let busy = false;
// Whether the last line is in sight: it stays so when something is added or opened.
let pinned = true;

toTheEnd();
restore();
main.addEventListener("input", (event) => event.target.id === "text" && keep());
main.addEventListener("keydown", sendByKey);
main.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-part=answer]")) return;
  event.preventDefault();
  send(event.target);
});
part("fresh").addEventListener("click", toTheEnd);
log.addEventListener("scroll", () => {
  pinned = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  if (pinned) part("fresh").hidden = true;
});
new ResizeObserver(() => pinned && toTheEnd()).observe(log);
document.addEventListener("visibilitychange", () => document.hidden || renew());
plan();

function part(name, within = document) {
  return within.querySelector(`[data-part=${name}]`);
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(renew, document.hidden ? EVERY_HIDDEN : EVERY);
}

async function renew() {
  if (!busy) {
    const news = await ask("news", new FormData());
    if (news) merge(news);
    part("offline").hidden = Boolean(news);
  }
  plan();
}

/** Post to this chat and give what is new, or null where the server cannot be reached. */
async function ask(what, form) {
  form.set("after", lastSeq());
  busy = true;
  try {
    const body = new URLSearchParams(form);
    const response = await fetch(`${address}/${what}`, { method: "POST", body, signal: AbortSignal.timeout(LIMIT) });
    const fresh = document.createElement("template");
    fresh.innerHTML = await response.text();
    const news = part("news", fresh.content);
    // Logged out, or the chat is over or a colleague's: the page itself says so.
    if (!news && response.status < 500) location.reload();
    return news;
  } catch {
    return null;
  } finally {
    busy = false;
  }
}

function merge(news) {
  const lines = [...part("lines", news).children].filter((line) => Number(line.dataset.seq) > lastSeq());
  part("lines").append(...lines);
  replace(part("card"), part("card", news));
  const [steps, now] = [part("steps"), part("steps", news)];
  if (steps.dataset.state !== now.dataset.state) {
    steps.dataset.state = now.dataset.state;
    steps.replaceChildren(...now.childNodes);
    restore();
  }
  if (pinned) toTheEnd();
  else if (lines.length) part("fresh").hidden = false;
}

function replace(old, fresh) {
  if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
}

function lastSeq() {
  return Number(part("lines").lastElementChild?.dataset.seq || 0);
}

function toTheEnd() {
  log.scrollTop = log.scrollHeight;
  part("fresh").hidden = true;
}

function sendByKey(event) {
  if (event.target.id !== "text" || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  // Enter that ends a word of an input method is not one of ours.
  if (event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

async function send(form) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const body = new FormData(form);
  body.set("live", "yes");
  const news = await ask("reply", body);
  delete form.dataset.sending;
  if (!news) return tell(part("unsent").textContent);
  const problem = part("problem", news).textContent;
  tell(problem);
  if (!problem) {
    // Not what was typed meanwhile.
    if (form.elements.text.value === body.get("text")) form.elements.text.value = "";
    form.elements.once.value = news.dataset.once;
    keep();
  }
  merge(news);
  document.getElementById("text")?.focus();
}

function tell(problem) {
  part("problem").textContent = problem;
  part("problem").hidden = !problem;
}

/** Keep what is written, with the key under which it may have arrived already. */
function keep() {
  const { text, once } = part("answer").elements;
  try {
    if (text.value) sessionStorage.setItem(draftKey, JSON.stringify({ text: text.value, once: once.value }));
    else sessionStorage.removeItem(draftKey);
  } catch {
    // No storage: the words are still in the field.
  }
}

function restore() {
  const form = part("answer");
  const kept = stored();
  if (!form || !kept || form.elements.text.value) return;
  const { text, once } = JSON.parse(kept);
  form.elements.text.value = text;
  form.elements.once.value = once;
}

function stored() {
  try {
    return sessionStorage.getItem(draftKey);
  } catch {
    return null;
  }
}
