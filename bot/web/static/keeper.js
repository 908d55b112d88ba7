/** What this browser remembers: in local storage, or only in memory when leaving no trace. */

const PREFIX = 'sufatong.';
const FLAG = `${PREFIX}no-trace`;

export class Keeper {
  constructor() {
    this.memory = new Map();
    this.noTrace = guarded(() => window.sessionStorage.getItem(FLAG) === '1', false);
    if (this.noTrace) this.forgetAll();
  }

  /** The value stored under a name, or `otherwise`. Other tabs' writes are seen. */
  read(name, otherwise) {
    const stored = this.noTrace
      ? undefined
      : guarded(() => window.localStorage.getItem(PREFIX + name), undefined);
    const text = stored === undefined || stored === null ? this.memory.get(name) : stored;
    return text === undefined ? otherwise : guarded(() => JSON.parse(text), otherwise);
  }

  /** Remember a value; a full or forbidden storage falls back to memory. */
  write(name, value) {
    const text = JSON.stringify(value);
    this.memory.set(name, text);
    if (this.noTrace) return;
    guarded(() => window.localStorage.setItem(PREFIX + name, text));
  }

  /** Switch between storing and not storing; the switch itself lives as long as the tab. */
  leaveNoTrace(on) {
    const kept = new Map(this.memory);
    if (on) this.forgetAll();
    this.noTrace = on;
    this.memory = kept;
    if (on) {
      guarded(() => window.sessionStorage.setItem(FLAG, '1'));
      return;
    }
    guarded(() => window.sessionStorage.removeItem(FLAG));
    kept.forEach((text, name) => {
      guarded(() => window.localStorage.setItem(PREFIX + name, text));
    });
  }

  /** Remove everything this page ever stored in the browser. */
  forgetAll() {
    this.memory = new Map();
    guarded(() => {
      Object.keys(window.localStorage)
        .filter((key) => key.indexOf(PREFIX) === 0)
        .forEach((key) => window.localStorage.removeItem(key));
    });
  }
}

// Private windows and some in-app browsers throw on any touch of storage.
function guarded(work, otherwise) {
  try {
    return work();
  } catch (error) {
    return otherwise;
  }
}
