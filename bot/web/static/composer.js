/** Where the citizen writes: a draft that survives a reload, a limit that never cuts words off. */

import { Pictures } from './pictures.js';
import { wording } from './wording.js';

const LIMIT = 2000;
const TELL_FROM = 200;
const MOST_LINES = 5;

export class Composer {
  constructor({ form, keeper, onSay, notify }) {
    this.keeper = keeper;
    this.onSay = onSay;
    this.notify = notify;
    this.field = form.querySelector('textarea');
    this.counter = form.querySelector('[data-part="counter"]');
    this.button = form.querySelector('[type="submit"]');
    this.pictures = new Pictures({ form, keeper, notify, onChange: () => this.changed() });
    // What was typed before this script arrived counts more than an older draft.
    if (!this.field.value) this.field.value = keeper.read('draft', '');
    this.field.addEventListener('input', () => this.changed());
    this.field.addEventListener('keydown', (event) => this.pressed(event));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.say();
    });
    this.changed();
  }

  /** Put words and pictures back for changing, before what is being written. */
  takeBack(text, attachments) {
    this.pictures.putBack(attachments || []);
    this.field.value = this.field.value ? `${text}\n${this.field.value}` : text;
    this.changed();
    this.focus();
  }

  focus() {
    this.field.focus();
  }

  say() {
    const text = this.field.value.trim();
    if (this.pictures.isBusy) this.notify(wording.pictureBusy);
    if (this.pictures.isBusy || this.isEmpty || this.field.value.length > LIMIT) return;
    const attachments = this.pictures.take();
    this.field.value = '';
    this.changed();
    this.onSay({ text, attachments });
  }

  get isEmpty() {
    return !this.field.value.trim() && !this.pictures.ready.length;
  }

  pressed(event) {
    // 229 is what browsers report for a key that an input method takes for itself.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) {
      return;
    }
    event.preventDefault();
    this.say();
  }

  changed() {
    this.keeper.write('draft', this.field.value);
    const left = LIMIT - this.field.value.length;
    this.counter.hidden = left > TELL_FROM;
    this.counter.textContent = left < 0 ? wording.over(-left) : wording.room(left);
    this.counter.classList.toggle('is-over', left < 0);
    this.field.setAttribute('aria-invalid', String(left < 0));
    const stuck = left < 0 || this.isEmpty || this.pictures.isBusy;
    this.button.setAttribute('aria-disabled', String(stuck));
    this.grow();
  }

  grow() {
    const line = parseFloat(window.getComputedStyle(this.field).lineHeight);
    this.field.style.height = 'auto';
    const frame = this.field.offsetHeight - this.field.clientHeight;
    const wanted = Math.min(this.field.scrollHeight, line * MOST_LINES + 20);
    this.field.style.height = `${wanted + frame}px`;
  }
}
