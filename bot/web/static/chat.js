/** The element <sufatong-chat>: joins the page's parts into one conversation. */

import { forget, history } from './api.js';
import { Composer } from './composer.js';
import { Keeper } from './keeper.js';
import { Outbox } from './outbox.js';
import { Notices } from './notices.js';
import { noTraceSwitch, quickExit } from './privacy.js';
import { ReadingPlace, largeType } from './reading.js';
import { Stream } from './stream.js';
import { Thread } from './thread.js';
import { leavePayload, wording } from './wording.js';

const LONGEST_MS = 15000;
const AWAY_MS = 30000;

class SufatongChat extends HTMLElement {
  connectedCallback() {
    if (this.keeper) return;
    this.keeper = new Keeper();
    this.notices = new Notices({
      notice: this.part('notice'),
      status: this.part('status'),
      typing: this.part('typing'),
    });
    this.outbox = new Outbox({
      keeper: this.keeper,
      onState: (...change) => this.entryChanged(...change),
    });
    this.stream = new Stream({
      message: (message) => this.arrived(message),
      typing: () => this.showTyping(),
      status: (word) => this.notices.answering(word),
      health: (isWell) => this.notices.health(isWell),
    });
    this.thread = new Thread(this.part('thread'), {
      pick: (reply, byKeyboard) => this.pick(reply, byKeyboard),
      resend: () => this.outbox.resend(),
      rewrite: (entry) => this.rewrite(entry),
    });
    this.place = new ReadingPlace({ top: this.part('top'), more: this.part('more') });
    this.composer = new Composer({
      form: this.part('composer'),
      keeper: this.keeper,
      onSay: (words) => this.say(words),
      notify: (text) => this.notices.pass(text),
    });
    this.wireControls();
    this.wireNetwork();
    this.begin();
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  wireControls() {
    const { keeper } = this;
    const notify = (text) => this.notices.pass(text);
    largeType({ button: this.part('large'), keeper, onChange: () => this.composer.grow() });
    // A growing field must not cover the line that is being answered.
    this.part('composer').addEventListener('input', () => {
      if (this.place.isNearEnd) this.place.toEnd();
    });
    noTraceSwitch({ button: this.part('no-trace'), keeper, notify });
    const leaving = { button: this.part('leave'), keeper, address: this.dataset.neutralPage };
    const stop = () => {
      this.outbox.stop();
      this.stream.stop();
    };
    this.leave = quickExit(Object.assign(leaving, { notify, stop }));
    this.part('older').addEventListener('click', () => this.showOlder());
    this.part('menu').addEventListener('click', () => this.toggleEntries());
    Array.from(this.querySelectorAll('[data-payload]')).forEach((button) => {
      const reply = { title: button.dataset.title, payload: button.dataset.payload };
      button.addEventListener('click', (event) => this.pick(reply, event.detail === 0));
    });
    Array.from(this.querySelectorAll('[data-live]')).forEach((button) => {
      button.disabled = false;
    });
    this.setAttribute('data-ready', '');
  }

  wireNetwork() {
    let hiddenAt = 0;
    window.addEventListener('online', () => {
      this.notices.health(true);
      this.stream.wake();
      this.outbox.resend();
      if (this.wakeUp) this.wakeUp();
    });
    window.addEventListener('pageshow', (event) => event.persisted && this.stream.wake());
    window.addEventListener('offline', () => this.notices.health(false));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && Date.now() - hiddenAt > AWAY_MS) this.stream.wake();
      if (!document.hidden) this.outbox.retry();
      hiddenAt = Date.now();
    });
  }

  /** Erase first where that was asked for; then the past, then what is new. */
  async begin() {
    this.outbox.restore();
    if (!this.thread.isEmpty) this.place.toEnd();
    if (this.keeper.noTrace) await this.insist(forget, wording.erasing);
    // Sending waits for the first answer, which settles the session cookie.
    this.showHistory(await this.insist(history, wording.reconnecting));
    this.outbox.start();
    this.composer.pictures.start();
    this.stream.start(this.thread.newest);
  }

  async insist(work, complaint) {
    for (let wait = 1000; ; wait = Math.min(LONGEST_MS, wait * 2)) {
      try {
        const result = await work();
        this.notices.stay('');
        return result;
      } catch (error) {
        this.notices.stay(complaint);
      }
      await new Promise((resolve) => {
        this.wakeUp = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  showHistory(page) {
    const list = this.part('thread');
    list.setAttribute('aria-busy', 'true');
    this.thread.show(page.messages);
    page.messages.forEach((message) => this.outbox.confirm(message.client_id, message.seq));
    list.setAttribute('aria-busy', 'false');
    this.part('older').hidden = !page.more;
    if (page.status) this.notices.answering(page.status);
    this.refreshWelcome();
    if (!this.thread.isEmpty) this.place.toEnd();
  }

  async showOlder() {
    const button = this.part('older');
    const list = this.part('thread');
    button.disabled = true;
    try {
      const page = await history(this.thread.oldest);
      list.setAttribute('aria-busy', 'true');
      this.place.hold(() => {
        this.thread.show(page.messages);
        button.hidden = !page.more;
      });
    } catch (error) {
      this.notices.pass(wording.historyFailed);
    }
    list.setAttribute('aria-busy', 'false');
    button.disabled = false;
  }

  say(words) {
    this.showEntries(false);
    this.outbox.say(words);
    this.place.toEnd();
  }

  pick(reply, byKeyboard) {
    if (reply.payload === leavePayload) {
      this.leave();
      return;
    }
    this.say({ payload: reply.payload, title: reply.title });
    // The pressed button goes dead; a keyboard must not be left standing on it.
    if (byKeyboard) this.composer.focus();
  }

  rewrite(entry) {
    this.outbox.remove(entry.client_id);
    this.thread.remove(entry.client_id);
    this.composer.takeBack(entry.text || entry.title || '', entry.attachments);
    this.refreshWelcome();
  }

  entryChanged(entry, state, message, seq) {
    const isNews = state === 'sent' && !this.thread.isNumbered(entry.client_id);
    if (isNews && seq <= this.thread.newest) {
      this.startOver();
      return;
    }
    this.thread.showEntry(entry, { state, message, seq });
    this.refreshWelcome();
    if (isNews) this.stream.expectEcho();
  }

  /** The server began to count anew: the conversation was erased elsewhere, or has expired. */
  async startOver() {
    this.stream.close();
    this.thread.clear();
    this.outbox.restore();
    this.showHistory(await this.insist(history, wording.reconnecting));
    this.stream.start(this.thread.newest);
  }

  arrived(message) {
    const wasNearEnd = this.place.isNearEnd;
    const [node] = this.thread.show([message]);
    this.outbox.confirm(message.client_id, message.seq);
    if (!node) return;
    if (message.direction === 'outgoing') this.notices.typing(false);
    this.refreshWelcome();
    this.place.follow(wasNearEnd, this.questionBefore(node));
  }

  /** The citizen's own turn right before an answer, so that both are seen together. */
  questionBefore(node) {
    let first = node;
    while (first.previousElementSibling && first.turnData.direction !== 'incoming') {
      first = first.previousElementSibling;
    }
    return first.turnData.direction === 'incoming' ? first : node;
  }

  showTyping() {
    const wasNearEnd = this.place.isNearEnd;
    this.notices.typing(true);
    if (wasNearEnd) this.place.toEnd();
  }

  toggleEntries() {
    this.showEntries(this.part('menu').getAttribute('aria-expanded') !== 'true');
  }

  showEntries(on) {
    this.part('drawer').hidden = !on;
    this.part('menu').setAttribute('aria-expanded', String(on));
  }

  /** The entries stand on the first screen, later in the drawer above the composer. */
  refreshWelcome() {
    const isFirst = this.thread.isEmpty;
    const home = this.part(isFirst ? 'welcome' : 'drawer');
    const entries = this.part('entries');
    if (entries.parentNode !== home) home.appendChild(entries);
    this.part('welcome').hidden = !isFirst;
    this.part('menu').hidden = isFirst;
  }
}

window.customElements.define('sufatong-chat', SufatongChat);
