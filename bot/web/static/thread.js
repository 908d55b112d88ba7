/** The conversation in the page: every message once, in the server's order, unsent ones last. */

import { fold, showState, turn } from './bubble.js';
import { call, element } from './prose.js';
import { callTitle, hotlines, wording } from './wording.js';

const NEW_TIME_AFTER_MS = 10 * 60 * 1000;

export class Thread {
  /** `on` has `pick(quickReply, byKeyboard)`, `resend()` and `rewrite(entry)`. */
  constructor(list, on) {
    this.list = list;
    this.on = on;
    this.bySeq = new Map();
    this.byClient = new Map();
    this.oldest = 0;
    this.newest = 0;
  }

  get isEmpty() {
    return !this.list.firstElementChild;
  }

  /** Show messages from the server; gives the new nodes, known messages give none. */
  show(messages) {
    const added = messages.map((message) => this.showOne(message)).filter(Boolean);
    this.refresh();
    return added;
  }

  /** Show or update something the citizen said that the server has not confirmed. */
  showEntry(entry, { state, message, seq }) {
    let node = this.byClient.get(entry.client_id);
    if (!node && state === 'sent') return null;
    if (!node) {
      node = turn(Object.assign({ direction: 'incoming' }, entry));
      this.byClient.set(entry.client_id, node);
      this.place(node);
    }
    if (node.turnData.seq && state !== 'sent') return node;
    const act = { resend: this.on.resend, rewrite: () => this.on.rewrite(entry) };
    showState(node, { state, message, act });
    if (seq && !node.turnData.seq) this.number(node, seq);
    this.refresh();
    return node;
  }

  /** Whether the server's number for something the citizen said is known. */
  isNumbered(clientId) {
    const node = this.byClient.get(clientId);
    return !!node && !!node.turnData.seq;
  }

  /** Empty the page of all turns. */
  clear() {
    this.bySeq.clear();
    this.byClient.clear();
    this.list.textContent = '';
    this.oldest = 0;
    this.newest = 0;
  }

  /** Take an unsent turn out of the page. */
  remove(clientId) {
    const node = this.byClient.get(clientId);
    if (!node) return;
    this.byClient.delete(clientId);
    this.list.removeChild(node);
    this.refresh();
  }

  showOne(message) {
    if (this.bySeq.has(message.seq)) return null;
    const own = message.client_id && this.byClient.get(message.client_id);
    if (own) {
      showState(own, { state: 'sent' });
      this.number(own, message.seq);
      return null;
    }
    const node = turn(message);
    if (message.client_id) this.byClient.set(message.client_id, node);
    this.number(node, message.seq);
    fold(node);
    return node;
  }

  number(node, seq) {
    node.turnData.seq = seq;
    node.dataset.seq = seq;
    this.bySeq.set(seq, node);
    this.oldest = this.oldest ? Math.min(this.oldest, seq) : seq;
    this.newest = Math.max(this.newest, seq);
    this.place(node);
  }

  place(node) {
    const seq = node.turnData.seq || Infinity;
    let after = this.list.lastElementChild;
    while (after && (after === node || (after.turnData.seq || Infinity) > seq)) {
      after = after.previousElementSibling;
    }
    const next = after ? after.nextElementSibling : this.list.firstElementChild;
    // Moving a node makes screen readers say it again, so only where the place changes.
    if (next !== node) this.list.insertBefore(node, next);
  }

  refresh() {
    this.refreshTimes();
    this.refreshChips();
  }

  refreshTimes() {
    let last = 0;
    Array.from(this.list.children).forEach((node) => {
      const at = new Date(node.turnData.at || Date.now());
      const isNew = at - last > NEW_TIME_AFTER_MS;
      node.firstElementChild.textContent = isNew ? wording.time(at, new Date()) : '';
      last = at;
    });
  }

  /** Only the newest set of quick replies is shown, and only until the citizen has spoken. */
  refreshChips() {
    let spoken = false;
    let node = this.list.lastElementChild;
    while (node && !(node.turnData.quick_replies || []).length) {
      spoken = spoken || node.turnData.direction === 'incoming';
      node = node.previousElementSibling;
    }
    Array.from(this.list.querySelectorAll('.chips')).forEach((chips) => {
      if (chips.parentNode !== node) chips.parentNode.removeChild(chips);
    });
    if (!node) return;
    const chips = node.querySelector('.chips') || node.appendChild(this.chips(node.turnData));
    Array.from(chips.querySelectorAll('button')).forEach((button) => {
      button.disabled = spoken;
    });
  }

  chips(message) {
    const group = element('div', 'chips');
    if (message.lang) group.lang = message.lang;
    message.quick_replies.forEach((reply) => {
      const number = callTitle.exec(reply.title);
      group.appendChild(number && hotlines.has(number[1])
        ? chipCall(number[1], reply.title)
        : this.chip(reply));
    });
    return group;
  }

  chip(reply) {
    const button = element('button', 'chip', reply.title);
    button.type = 'button';
    button.dataset.payload = reply.payload;
    button.addEventListener('click', (event) => this.on.pick(reply, event.detail === 0));
    return button;
  }
}

function chipCall(number, title) {
  const link = call(number, title);
  link.className = 'chip chip--call';
  return link;
}
