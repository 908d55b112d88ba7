/** Leaving no trace, and leaving at once. */

import { forgetOnLeaving } from './api.js';
import { wording } from './wording.js';

const TWICE_MS = 1500;

/** The 不留痕迹 switch: while on, nothing is stored and leaving erases the conversation. */
export function noTraceSwitch({ button, keeper, notify }) {
  const show = () => button.setAttribute('aria-checked', String(keeper.noTrace));
  show();
  button.addEventListener('click', () => {
    keeper.leaveNoTrace(!keeper.noTrace);
    show();
    notify(keeper.noTrace ? wording.noTraceOn : wording.noTraceOff);
  });
  window.addEventListener('pagehide', () => {
    if (keeper.noTrace) forgetOnLeaving();
  });
  // A page kept alive behind the back button would still show what was erased.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && keeper.noTrace) window.location.reload();
  });
}

/** The 快速离开 button and Esc pressed twice; `stop` ends sending before storage is cleared. */
export function quickExit({ button, keeper, address, notify, stop }) {
  const leave = () => {
    stop();
    keeper.forgetAll();
    document.documentElement.classList.add('is-gone');
    document.title = '';
    window.location.replace(address);
  };
  let last = -TWICE_MS;
  button.addEventListener('click', leave);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || event.repeat) return;
    if (event.timeStamp - last < TWICE_MS) leave();
    else notify(wording.pressAgain);
    last = event.timeStamp;
  });
  return leave;
}
