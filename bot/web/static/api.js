/** The server's addresses as functions; every one ends, if need be by its time limit. */

const LIMIT_MS = 15000;
const UPLOAD_LIMIT_MS = 120000;
const REFUSING = new Set([400, 401, 403, 404, 409, 410, 413, 415, 422]);

/**
 * Hand one message over. Gives `{kind: 'sent', seq}`, `{kind: 'refused', message}` (sending it
 * again would not help) or `{kind: 'later', message, afterMs}`. Never throws.
 */
export async function send(entry) {
  const attachments = (entry.attachments || []).map(({ id }) => ({ id }));
  const body = { client_id: entry.client_id, attachments };
  ['text', 'payload', 'title'].forEach((name) => {
    if (entry[name]) body[name] = entry[name];
  });
  try {
    const response = await limited('/api/chat/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return { kind: 'sent', seq: (await response.json()).seq };
    return await failure(response);
  } catch (error) {
    return { kind: 'later', message: '', afterMs: 0 };
  }
}

/**
 * Hand a picture over; `onProgress` hears 0 to 1. Gives `{kind: 'kept', file}`, `{kind: 'refused',
 * message}` or `{kind: 'later', message}`. Never throws. Not by fetch, which tells no progress.
 */
export function upload(file, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file, file.name || 'photo');
    request.open('POST', '/api/chat/attachments');
    request.timeout = UPLOAD_LIMIT_MS;
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => resolve(uploaded(request));
    request.onerror = () => resolve({ kind: 'later', message: '' });
    request.ontimeout = request.onerror;
    request.send(body);
  });
}

function uploaded(request) {
  let said = {};
  try {
    said = JSON.parse(request.responseText);
  } catch (error) {
    // A proxy's page: the status says enough.
  }
  if (request.status === 201) {
    return { kind: 'kept', file: { kind: 'image', id: said.id, url: said.url, mime: said.mime } };
  }
  const message = (said.error && said.error.message) || '';
  return { kind: REFUSING.has(request.status) ? 'refused' : 'later', message };
}

/** One page of the conversation, oldest first; the newest page without `before`. Throws. */
export async function history(before) {
  return json(`/api/chat/history${before ? `?before=${before}` : ''}`);
}

/** Erase the conversation on the server. Throws. */
export async function forget() {
  const response = await limited('/api/chat/forget', { method: 'POST' });
  if (!response.ok) throw new Error(`forget: ${response.status}`);
}

/** Erase the conversation while the page is being closed; nobody waits for the answer. */
export function forgetOnLeaving() {
  const address = '/api/chat/forget?leaving=1';
  if (navigator.sendBeacon && navigator.sendBeacon(address)) return;
  fetch(address, { method: 'POST', credentials: 'same-origin', keepalive: true }).catch(() => {});
}

/** The text of an article of law, or null where the corpus does not have it. Throws. */
export async function article(law, number) {
  const address = `/api/articles/${encodeURIComponent(law)}/${encodeURIComponent(number)}`;
  const response = await limited(address, {});
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`article: ${response.status}`);
  return response.json();
}

async function json(address) {
  const response = await limited(address, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

async function failure(response) {
  const said = await response.json().catch(() => ({}));
  const message = (said.error && said.error.message) || '';
  if (REFUSING.has(response.status)) return { kind: 'refused', message };
  const seconds = Number(response.headers.get('Retry-After')) || 0;
  return { kind: 'later', message, afterMs: seconds * 1000 };
}

// A race instead of AbortController alone: older WebViews have none. Giving up on a request that
// arrives after all does no harm, because the server knows a message by its client_id.
function limited(address, options) {
  const stop = window.AbortController ? new AbortController() : null;
  const settings = Object.assign({ credentials: 'same-origin' }, options);
  if (stop) settings.signal = stop.signal;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${address}: too slow`));
      if (stop) stop.abort();
    }, LIMIT_MS);
    fetch(address, settings)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
