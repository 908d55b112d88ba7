/** The quiet lines around the conversation: network and switches below, who answers above. */

import { wording } from './wording.js';

const PASSING_MS = 8000;
const TYPING_MS = 12000;

export class Notices {
  constructor({ notice, status, typing }) {
    this.notice = notice;
    this.status = status;
    this.dots = typing;
    this.passing = 0;
    this.lasting = '';
  }

  /** A line that gives way again after some seconds. */
  pass(text) {
    clearTimeout(this.passing);
    this.passing = setTimeout(() => {
      this.passing = 0;
      this.show(this.lasting);
    }, PASSING_MS);
    this.show(text);
  }

  /** A line that stays until it is replaced; empty takes it away. */
  stay(text) {
    this.lasting = text;
    // News of the network must not wipe out what the citizen has just been told.
    if (!this.passing) this.show(text);
  }

  /** Whether the server can be reached, as far as the stream and the browser know. */
  health(isWell) {
    const offline = navigator.onLine === false;
    if (offline) this.stay(wording.offline);
    else this.stay(isWell ? '' : wording.reconnecting);
  }

  /** Who answers: bot, queued or assigned. */
  answering(word) {
    const text = wording.status[word] || '';
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.hidden = !text;
  }

  /** Show that an answer is being written; it goes out by itself if none comes. */
  typing(on) {
    clearTimeout(this.writing);
    this.dots.hidden = !on;
    if (on) this.writing = setTimeout(() => this.typing(false), TYPING_MS);
  }

  show(text) {
    if (this.notice.textContent !== text) this.notice.textContent = text;
    this.notice.hidden = !text;
  }
}
