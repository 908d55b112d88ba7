/** A small card for one article of law; it opens the article's full text in place. */

import { article } from './api.js';
import { element } from './prose.js';
import { wording } from './wording.js';

let count = 0;

/** A closed card; the text is fetched when it is first opened. */
export function citationCard(citation) {
  count += 1;
  const card = element('section', 'cite');
  const head = element('button', 'cite__head');
  head.type = 'button';
  head.setAttribute('aria-expanded', 'false');
  head.setAttribute('aria-controls', `cite-${count}`);
  const label = citation.label || `《${citation.law}》${citation.article}`;
  head.appendChild(element('span', 'cite__label', label));
  head.appendChild(forceMark(citation.in_force));
  if (citation.quote) head.appendChild(element('span', 'cite__quote', `“${citation.quote}”`));
  const body = element('div', 'cite__body');
  body.id = `cite-${count}`;
  body.hidden = true;
  body.setAttribute('aria-live', 'polite');
  head.addEventListener('click', () => {
    body.hidden = !body.hidden;
    head.setAttribute('aria-expanded', String(!body.hidden));
    if (!body.hidden && !body.dataset.loaded) load(citation, body);
  });
  card.appendChild(head);
  card.appendChild(body);
  return card;
}

async function load(citation, body) {
  say(body, wording.articleLoading);
  try {
    const found = await article(citation.law, citation.article);
    say(body, found ? found.text : wording.articleMissing);
    body.dataset.loaded = 'yes';
  } catch (error) {
    say(body, wording.articleFailed);
    const again = element('button', 'linkish', wording.articleAgain);
    again.type = 'button';
    again.addEventListener('click', () => load(citation, body));
    body.appendChild(again);
  }
}

function say(body, text) {
  body.textContent = '';
  body.appendChild(element('p', 'cite__text', text));
}

function forceMark(inForce) {
  const word = wording.inForce[String(inForce)];
  const mark = element('span', 'cite__mark', word);
  if (inForce === false) mark.classList.add('is-dead');
  return mark;
}
