/** Photos to be sent: chosen, handed over with progress, shown, taken out again. */

import { upload } from './api.js';
import { element } from './prose.js';
import { wording } from './wording.js';

const MOST = 9;
const MOST_BYTES = 10 * 1024 * 1024;
const TYPES = new Set(['image/jpeg', 'image/png', 'image/webp']);

// What this page has sent itself need not be fetched again to be seen.
const previews = new Map();

/** A sent picture in a bubble; it opens beside the chat. */
export function picture(file) {
  const link = element('a', 'picture');
  link.href = file.url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  const image = link.appendChild(element('img', 'picture__image'));
  image.alt = wording.picture;
  image.loading = 'lazy';
  image.addEventListener('error', () => {
    if (link.parentNode) link.parentNode.replaceChild(gone(), link);
  });
  image.src = previews.get(file.id) || file.url;
  return link;
}

export class Pictures {
  /** `onChange()` after every change, `notify(text)` for what is to be said. */
  constructor({ form, keeper, onChange, notify }) {
    this.keeper = keeper;
    this.onChange = onChange;
    this.notify = notify;
    this.items = [];
    this.input = form.querySelector('[data-part="file"]');
    this.button = form.querySelector('[data-part="photo"]');
    this.tray = form.querySelector('[data-part="tray"]');
    // Handing over waits for the first answer, which settles the session cookie.
    this.started = new Promise((resolve) => {
      this.start = resolve;
    });
    this.button.addEventListener('click', () => this.input.click());
    this.input.addEventListener('change', () => {
      this.choose(Array.from(this.input.files));
      this.input.value = '';
    });
    const kept = keeper.read('tray', []);
    (Array.isArray(kept) ? kept : []).forEach((file) => this.add({ file }));
    this.redraw();
  }

  /** The pictures that a message may carry now. */
  get ready() {
    return this.items.filter((item) => item.file).map((item) => item.file);
  }

  /** Whether one is still on its way. */
  get isBusy() {
    return this.items.some((item) => item.sending);
  }

  /** Take out what is ready, to be sent. */
  take() {
    const { ready } = this;
    this.items = this.items.filter((item) => !item.file);
    this.refresh();
    return ready;
  }

  /** Put pictures of a message that was not sent back. */
  putBack(files) {
    files.forEach((file) => this.add({ file }));
    this.refresh();
  }

  choose(files) {
    const room = MOST - this.items.length;
    if (files.length > room) this.notify(wording.pictureTooMany);
    files.slice(0, room).forEach((source) => {
      const fault = faultOf(source);
      if (fault) this.notify(fault);
      else this.send(this.add({ source, preview: URL.createObjectURL(source) }));
    });
    this.refresh();
  }

  add({ file, source, preview }) {
    const item = { file, source, preview, share: 0, sending: false, why: '' };
    this.items.push(item);
    return item;
  }

  async send(item) {
    Object.assign(item, { sending: true, why: '', share: 0 });
    this.refresh();
    await this.started;
    const answer = await upload(item.source, (share) => {
      item.share = share;
      if (item.bar) item.bar.value = share;
    });
    item.sending = false;
    // It may have been taken out meanwhile.
    if (this.items.indexOf(item) < 0) return;
    if (answer.kind === 'kept') this.arrived(item, answer.file);
    else this.failed(item, answer);
    this.refresh();
  }

  arrived(item, file) {
    previews.set(file.id, item.preview);
    const twice = this.items.some((other) => other !== item && other.file && other.file.id === file.id);
    if (twice) this.items.splice(this.items.indexOf(item), 1);
    else item.file = file;
    if (!this.isBusy) this.notify(wording.pictureReady(this.ready.length));
  }

  failed(item, { kind, message }) {
    item.why = message || wording.pictureFailed;
    this.notify(item.why);
    // Sending what was refused again would not help.
    if (kind === 'refused') this.items.splice(this.items.indexOf(item), 1);
  }

  remove(item) {
    this.items.splice(this.items.indexOf(item), 1);
    this.refresh();
    this.button.focus();
  }

  refresh() {
    this.redraw();
    this.keeper.write('tray', this.ready);
    this.onChange();
  }

  redraw() {
    this.tray.textContent = '';
    this.tray.hidden = !this.items.length;
    this.items.forEach((item, at) => this.tray.appendChild(this.cell(item, at + 1)));
  }

  cell(item, number) {
    const cell = element('li', 'tray__item');
    const image = cell.appendChild(element('img', 'tray__image'));
    image.alt = wording.picturePreview(number);
    image.src = item.preview || previews.get(item.file.id) || item.file.url;
    item.bar = null;
    if (item.sending) {
      item.bar = cell.appendChild(element('progress', 'tray__bar'));
      item.bar.max = 1;
      item.bar.value = item.share;
      item.bar.setAttribute('aria-label', wording.pictureSending);
    }
    if (item.why) cell.appendChild(button('tray__again', wording.pictureAgain, () => this.send(item)));
    const remove = button('tray__remove', '×', () => this.remove(item));
    remove.setAttribute('aria-label', wording.pictureRemove(number));
    cell.appendChild(remove);
    return cell;
  }
}

function faultOf(file) {
  // Some albums tell no type; the server looks at the content anyway.
  if (file.type && !TYPES.has(file.type)) return wording.pictureType;
  return file.size > MOST_BYTES ? wording.pictureTooBig : '';
}

function button(className, label, onClick) {
  const node = element('button', className, label);
  node.type = 'button';
  node.addEventListener('click', onClick);
  return node;
}

function gone() {
  return element('p', 'picture picture--gone', wording.pictureGone);
}
