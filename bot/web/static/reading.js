/** How the page is read: where it stands while messages come, and the large type. */

const NEAR_END_PX = 160;

export class ReadingPlace {
  /** `more` is the button that says a new answer waits below. */
  constructor({ top, more }) {
    this.top = top;
    this.more = more;
    more.addEventListener('click', () => this.toEnd());
    window.addEventListener('scroll', () => this.settle(), { passive: true });
  }

  get isNearEnd() {
    const page = document.documentElement;
    return page.scrollHeight - window.innerHeight - window.pageYOffset < NEAR_END_PX;
  }

  toEnd() {
    window.scrollTo(0, document.documentElement.scrollHeight);
    this.more.hidden = true;
  }

  /**
   * Go on after new turns: to the end, but never past the start of what has not been read, so
   * that a long answer begins at its first line. Who has scrolled away is only told.
   */
  follow(wasNearEnd, first) {
    if (!wasNearEnd) {
      this.more.hidden = this.isNearEnd;
      return;
    }
    const end = document.documentElement.scrollHeight - window.innerHeight;
    const start = first.getBoundingClientRect().top + window.pageYOffset - this.top.offsetHeight;
    window.scrollTo(0, Math.min(end, start - 8));
    this.settle();
  }

  /** Keep the same lines before the eyes while older ones are put in above. */
  hold(work) {
    const before = document.documentElement.scrollHeight;
    work();
    const grown = document.documentElement.scrollHeight - before;
    window.scrollTo(0, window.pageYOffset + grown);
  }

  settle() {
    if (this.isNearEnd) this.more.hidden = true;
  }
}

/** The 大字 switch; remembered by the keeper. */
export function largeType({ button, keeper, onChange }) {
  const show = (on) => {
    document.documentElement.classList.toggle('is-large', on);
    button.setAttribute('aria-pressed', String(on));
    onChange();
  };
  show(keeper.read('large', false) === true);
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    keeper.write('large', on);
    show(on);
  });
}
