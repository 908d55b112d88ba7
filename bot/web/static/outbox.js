/** What the citizen said and the server has not yet confirmed: kept, sent in order, retried. */

import { send } from './api.js';

const LONGEST_MS = 30000;
const QUIET_FAILURES = 2;

export class Outbox {
  /** `onState(entry, state, message, seq)`: state is sending, unsent, refused or sent. */
  constructor({ keeper, onState }) {
    this.keeper = keeper;
    this.onState = onState;
    this.failures = 0;
    this.loud = false;
    this.busy = false;
    this.open = false;
    this.timer = 0;
  }

  /** Keep a new message and send it as soon as its turn comes; gives the entry. */
  say({ text, payload, title, attachments }) {
    const at = new Date().toISOString();
    const entry = { client_id: uuid(), text, payload, title, attachments, at };
    this.save([...this.entries(), entry]);
    this.onState(entry, this.loud ? 'unsent' : 'sending', '');
    this.retry();
    return entry;
  }

  /** Show what an earlier visit left unsent. */
  restore() {
    this.entries().forEach((entry) => {
      this.onState(entry, entry.refused ? 'refused' : 'sending', entry.refused || '');
    });
  }

  /** Begin sending; before this, messages are only kept. */
  start() {
    this.open = true;
    this.retry();
  }

  /** Stop for good, as when the page is being left. */
  stop() {
    this.open = false;
    clearTimeout(this.timer);
  }

  /** Try at once because the citizen, or the network coming back, asks for it. */
  resend() {
    this.failures = 0;
    this.loud = false;
    this.retry();
  }

  /** Try at once, whatever the waiting time. */
  retry() {
    clearTimeout(this.timer);
    if (this.open && !this.busy) this.pump();
  }

  /** The server has this message: from the answer to sending it, or from the stream. */
  confirm(clientId, seq) {
    const entry = this.entries().find((kept) => kept.client_id === clientId);
    if (!entry) return;
    this.remove(clientId);
    this.onState(entry, 'sent', '', seq);
  }

  /** Drop a message, as when the citizen takes a refused one back to change it. */
  remove(clientId) {
    this.save(this.entries().filter((kept) => kept.client_id !== clientId));
  }

  entries() {
    const kept = this.keeper.read('queue', []);
    return Array.isArray(kept) ? kept : [];
  }

  save(entries) {
    this.keeper.write('queue', entries);
  }

  async pump() {
    this.busy = true;
    let delay = 0;
    while (this.open && !delay) {
      const entry = this.entries().find((kept) => !kept.refused);
      if (!entry) break;
      delay = await this.attempt(entry);
    }
    this.busy = false;
    if (delay && this.open) this.timer = setTimeout(() => this.retry(), delay);
  }

  /** Send once; gives the milliseconds to wait before the next try, 0 to go on. */
  async attempt(entry) {
    if (!this.loud) this.onState(entry, 'sending', '');
    const answer = await send(entry);
    if (!this.open) return 0;
    if (answer.kind === 'later') return this.postpone(entry, answer);
    this.failures = 0;
    this.loud = false;
    if (answer.kind === 'sent') this.confirm(entry.client_id, answer.seq);
    else this.refuse(entry, answer.message);
    return 0;
  }

  postpone(entry, { message, afterMs }) {
    this.failures += 1;
    this.loud = !!message || this.failures > QUIET_FAILURES || navigator.onLine === false;
    const waiting = this.entries().filter((kept) => !kept.refused);
    waiting.forEach((kept) => {
      const said = kept.client_id === entry.client_id ? message : '';
      this.onState(kept, this.loud ? 'unsent' : 'sending', said);
    });
    // The first seconds matter most: 1, 2, 4 … 30 s, never sooner than the server asks.
    return Math.max(afterMs, Math.min(LONGEST_MS, 1000 * 2 ** (this.failures - 1)));
  }

  refuse(entry, message) {
    const refused = Object.assign({}, entry, { refused: message || ' ' });
    this.save(
      this.entries().map((kept) => (kept.client_id === entry.client_id ? refused : kept)),
    );
    this.onState(refused, 'refused', message);
  }
}

// crypto.randomUUID exists only on https pages and newer browsers.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [0, 8, 12, 16, 20]
    .map((from, index, cuts) => hex.slice(from, cuts[index + 1]))
    .join('-');
}
