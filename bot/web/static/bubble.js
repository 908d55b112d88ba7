/** One turn of the conversation as nodes: text, fold, timeline, citations, sending state. */

import { citationCard } from './citation.js';
import { picture } from './pictures.js';
import { element, prose } from './prose.js';
import { wording } from './wording.js';

const FOLD_LINES = 14;
// Hiding one or two lines behind a button costs more than it saves.
const FOLD_SLACK = 2;
// Pages that a QR code is served for: a case is followed on another phone, too.
const TRACKED = '/t/';

/** A turn built from a server message or from an outbox entry (then without `seq`). */
export function turn(message) {
  const author = message.author || 'citizen';
  const node = element('div', `turn turn--${author}`);
  node.turnData = message;
  node.appendChild(element('p', 'turn__time'));
  const bubble = element('div', message.safety ? 'bubble bubble--safety' : 'bubble');
  bubble.appendChild(element('span', 'sr', wording.speakers[author]));
  if (author === 'staff') bubble.appendChild(element('p', 'bubble__who', wording.staff));
  if (message.safety) bubble.appendChild(element('p', 'bubble__safety', wording.safety));
  const text = element('div', 'bubble__text');
  if (message.lang) text.lang = message.lang;
  text.appendChild(prose(message.text || message.title || ''));
  bubble.appendChild(text);
  if ((message.timeline || []).length) {
    bubble.appendChild(timeline(message.timeline, message.lang));
  }
  (message.attachments || []).forEach((file) => {
    bubble.appendChild(file.kind === 'image' ? picture(file) : card(file));
  });
  node.appendChild(bubble);
  (message.citations || []).forEach((citation) => bubble.appendChild(citationCard(citation)));
  return node;
}

/** Fold an answer longer than the limit; measures, so the turn must be in the page. */
export function fold(node) {
  if (node.turnData.safety || node.turnData.direction === 'incoming') return;
  const text = node.querySelector('.bubble__text');
  const line = parseFloat(window.getComputedStyle(text).lineHeight);
  if (text.scrollHeight <= line * (FOLD_LINES + FOLD_SLACK) + 1) return;
  const button = element('button', 'fold', wording.unfold);
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  text.classList.add('is-folded');
  button.addEventListener('click', () => {
    const folded = text.classList.toggle('is-folded');
    button.setAttribute('aria-expanded', String(!folded));
    button.textContent = folded ? wording.unfold : wording.fold;
    if (folded) node.scrollIntoView({ block: 'nearest' });
  });
  text.parentNode.insertBefore(button, text.nextSibling);
}

/** Show how sending goes; `act.resend()` and `act.rewrite()` answer the buttons. */
export function showState(node, { state, message, act }) {
  const old = node.querySelector('.turn__state');
  if (old) node.removeChild(old);
  node.classList.toggle('is-unsent', state === 'unsent' || state === 'refused');
  if (state === 'sent') return;
  const line = element('div', 'turn__state');
  if (state === 'sending') line.appendChild(element('span', '', wording.sending));
  if (state === 'unsent') {
    if (message) line.appendChild(element('span', 'turn__why', message));
    line.appendChild(button(wording.resend, act.resend));
  }
  if (state === 'refused') {
    line.appendChild(element('span', 'turn__why', (message || '').trim() || wording.refused));
    line.appendChild(button(wording.rewrite, act.rewrite));
  }
  node.appendChild(line);
}

function button(label, onClick) {
  const node = element('button', 'linkish', label);
  node.type = 'button';
  node.addEventListener('click', onClick);
  return node;
}

/** A document to fetch or a page of ours; it opens beside the chat, so that nothing here is lost. */
function card(file) {
  const tracked = file.kind === 'page' && file.url.startsWith(TRACKED);
  const hints = { true: wording.codeHint, false: wording.pageHint };
  const link = element('a', 'file');
  link.href = file.url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.appendChild(element('span', 'file__name', file.name || wording.file));
  link.appendChild(element('span', 'file__hint', file.kind === 'page' ? hints[tracked] : wording.fileHint));
  if (tracked) {
    const code = link.appendChild(element('img', 'file__code'));
    code.src = `${file.url}/qr.svg`;
    code.alt = wording.pageCode;
  }
  return link;
}

function timeline(steps, lang) {
  const list = element('ol', 'timeline');
  steps.forEach((step) => {
    const item = element('li', step.done ? 'timeline__step is-done' : 'timeline__step');
    const head = element('p', 'timeline__head');
    head.appendChild(element('span', 'sr', step.done ? wording.done : wording.ahead));
    const label = head.appendChild(element('strong', '', step.label));
    // What the office wrote below it stays Chinese.
    if (lang) label.lang = lang;
    if (step.at) head.appendChild(element('span', 'timeline__at', step.at));
    item.appendChild(head);
    if (step.text) {
      const text = element('p', 'timeline__text');
      text.appendChild(prose(step.text));
      item.appendChild(text);
    }
    list.appendChild(item);
  });
  return list;
}
