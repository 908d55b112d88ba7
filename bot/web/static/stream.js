/** New messages as they come: server-sent events, resumed by number; polling where those fail. */

import { history } from './api.js';

const SHORTEST_MS = 1000;
const LONGEST_MS = 30000;
const ECHO_MS = 8000;
const ANSWER_MS = 700;
const POLL_MS = 3000;
const POLL_HIDDEN_MS = 20000;
const STALE_LIMIT = 2;

export class Stream {
  /** `on` has `message(data)`, `typing()`, `status(word)` and `health(isWell)`. */
  constructor(on) {
    this.on = on;
    this.cursor = 0;
    this.failures = 0;
    this.stale = 0;
    this.polling = !window.EventSource;
  }

  /** Begin after message number `cursor`. */
  start(cursor) {
    this.cursor = cursor;
    this.open();
  }

  /** Connect anew at once: the network or the page came back. */
  wake() {
    if (this.ended || !this.started) return;
    this.open();
  }

  stop() {
    this.ended = true;
    this.close();
  }

  /**
   * The server took a message, so the stream must soon carry it back. When it does not, the line
   * is dead without having said so (a tunnel, a buffering proxy): fetch and connect anew.
   */
  expectEcho() {
    if (this.polling) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.poll(), ANSWER_MS);
    }
    if (this.polling || this.echoTimer) return;
    this.echoTimer = setTimeout(() => {
      this.echoTimer = 0;
      this.stale += 1;
      if (this.stale >= STALE_LIMIT) this.polling = true;
      this.catchUp().catch(() => {});
      this.open();
    }, ECHO_MS);
  }

  open() {
    this.close();
    this.started = true;
    if (this.ended) return;
    if (this.polling) {
      this.poll();
      return;
    }
    const source = new EventSource(`/api/chat/events?since=${this.cursor}`);
    this.source = source;
    source.onopen = () => {
      this.failures = 0;
      this.on.health(true);
    };
    // The browser's own reconnecting stops for good after one bad answer; ours never does.
    source.onerror = () => {
      if (this.source === source) this.reopenLater();
    };
    source.addEventListener('message', (event) => {
      this.alive();
      this.take(JSON.parse(event.data));
    });
    source.addEventListener('typing', () => this.on.typing());
    source.addEventListener('status', (event) => this.on.status(JSON.parse(event.data).status));
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.echoTimer);
    this.echoTimer = 0;
    if (this.source) this.source.close();
    this.source = null;
  }

  reopenLater() {
    this.close();
    this.failures += 1;
    if (this.failures > 1) this.on.health(false);
    const wait = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (this.failures - 1));
    // Spread out, so that a restarted server is not met by everyone in the same second.
    this.timer = setTimeout(() => this.open(), wait * (0.5 + Math.random() / 2));
  }

  alive() {
    this.stale = 0;
    clearTimeout(this.echoTimer);
    this.echoTimer = 0;
  }

  take(message) {
    this.cursor = Math.max(this.cursor, message.seq);
    this.on.message(message);
  }

  async poll() {
    try {
      await this.catchUp();
      this.failures = 0;
      this.on.health(true);
    } catch (error) {
      this.failures += 1;
      this.on.health(this.failures < 2);
    }
    if (this.ended) return;
    clearTimeout(this.timer);
    const pause = document.hidden ? POLL_HIDDEN_MS : POLL_MS;
    this.timer = setTimeout(() => this.poll(), Math.min(LONGEST_MS, pause * (1 + this.failures)));
  }

  /** Fetch every message after the cursor, page by page, oldest first. Throws. */
  async catchUp() {
    const after = this.cursor;
    let page = await history();
    const status = page.status;
    let found = page.messages;
    while (page.more && found.length && found[0].seq > after + 1) {
      page = await history(found[0].seq);
      found = page.messages.concat(found);
    }
    found.filter((message) => message.seq > after).forEach((message) => this.take(message));
    if (status) this.on.status(status);
  }
}
