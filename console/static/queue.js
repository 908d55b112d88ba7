// Keeps the queue on the page true without taking away what is focused or selected in it.

const EVERY = 10_000;
// In the background only so that somebody is known to be there.
const EVERY_HIDDEN = 60_000;
const queue = document.querySelector("[data-part=queue]");
const offline = document.querySelector("[data-part=offline]");
const shownAt = document.querySelector("[data-part=shown-at]");

setInterval(() => document.hidden || renew(), EVERY);
setInterval(() => document.hidden && renew(), EVERY_HIDDEN);
document.addEventListener("visibilitychange", () => document.hidden || renew());

async function renew() {
  let response;
  try {
    response = await fetch("/console/queue", { cache: "no-store", signal: AbortSignal.timeout(EVERY) });
  } catch {
    return showOffline(true);
  }
  // Logged out here or elsewhere: the login says so.
  if (response.status === 403) return location.reload();
  if (!response.ok) return showOffline(true);
  const fresh = document.createElement("template");
  fresh.innerHTML = await response.text();
  show(fresh.content);
  showOffline(false);
}

function show(fresh) {
  if (rows(fresh) !== rows(queue)) return queue.replaceChildren(fresh);
  // The same people in the same order: touch only the cells that say something else now.
  const cells = fresh.querySelectorAll("[data-cell]");
  queue.querySelectorAll("[data-cell]").forEach((cell, n) => {
    if (cell.innerHTML !== cells[n].innerHTML) cell.replaceChildren(...cells[n].childNodes);
  });
}

function rows(part) {
  return [...part.querySelectorAll("[data-row]")].map((row) => row.dataset.row).join();
}

function showOffline(is) {
  if (is) shownAt.textContent = queue.querySelector("[data-cell=at]").textContent;
  offline.hidden = !is;
}
