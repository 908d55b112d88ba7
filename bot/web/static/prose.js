/** Turns an answer's plain text into nodes: bold, and calls to known hotlines. Never HTML. */

import { hotlines, signBefore, unitAfter } from './wording.js';

const BOLD = /\*\*([^*\n]+)\*\*|(「[^」\n]+」)/g;
// Anything that could be part of an address or a code is taken whole, so that a number inside
// “a.example/110” is never mistaken for a hotline. No lookbehind: older iOS lacks it.
const RUN = /[A-Za-z0-9._\-:/?#=&%@+~,]+/g;
const EDGES = /^[.:,/?]+|[.:,/?]+$/g;

/** The text as a fragment; `**…**` and quoted 「…」 are bold, hotline numbers outside quotes are `tel:` links. */
export function prose(text) {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const found of matches(BOLD, text)) {
    withCalls(fragment, text.slice(from, found.index));
    const strong = document.createElement('strong');
    // Words of others are shown as they are: a number in them must not be dialled.
    if (found[2]) strong.textContent = found[2];
    else withCalls(strong, found[1]);
    fragment.appendChild(strong);
    from = found.index + found[0].length;
  }
  withCalls(fragment, text.slice(from));
  return fragment;
}

/** A link that dials a hotline. */
export function call(number, label) {
  const link = document.createElement('a');
  link.href = `tel:${number}`;
  link.className = 'call';
  link.textContent = label || number;
  return link;
}

/** An element with a class and, where given, its text. */
export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function withCalls(parent, text) {
  let from = 0;
  for (const run of matches(RUN, text)) {
    const end = run.index + run[0].length;
    if (!isHotlines(run[0], text.slice(0, run.index), text.slice(end))) continue;
    parent.appendChild(document.createTextNode(text.slice(from, run.index)));
    for (const part of run[0].split(/(\d+)/)) {
      if (part) parent.appendChild(/\d/.test(part) ? call(part) : document.createTextNode(part));
    }
    from = end;
  }
  parent.appendChild(document.createTextNode(text.slice(from)));
}

function isHotlines(run, before, after) {
  const numbers = run.replace(EDGES, '').split(/[/,]/);
  return (
    numbers.every((number) => hotlines.has(number)) &&
    !signBefore.test(before) &&
    !unitAfter.test(after)
  );
}

function matches(pattern, text) {
  const found = [];
  const search = new RegExp(pattern.source, 'g');
  for (let match = search.exec(text); match; match = search.exec(text)) found.push(match);
  return found;
}
