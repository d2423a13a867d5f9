/** `Heard` marks what React has passed on to whoever waits for it. */
export type EarlyEvent = Event & { isHeard?: true };

/**
 * Runs in the page itself, before any of its scripts: what is pressed or sent before they are alive is busy until they
 * are, and is pressed or sent then, with what was typed meanwhile. Of several presses the last is meant. It stands alone,
 * since it is sent as text.
 */
export function keepEarlyPress(): void {
  type Kept = { element: HTMLElement; again: () => void };
  let kept: Kept | null = null;
  // React keeps what it knows of an element on the element, under names that begin so.
  const knows = (element: Element) => Object.keys(element).some((name) => name.startsWith('__react'));

  const forget = () => {
    if (kept) kept.element.ariaBusy = null;
    kept = null;
  };
  const keep = (next: Kept) => {
    if (!kept) setTimeout(look, 50);
    forget();
    kept = next;
    next.element.ariaBusy = 'true';
  };
  const look = () => {
    if (kept?.element.isConnected && !knows(kept.element)) return void setTimeout(look, 50);
    const now = kept;
    forget();
    if (now?.element.isConnected) now.again();
  };

  const sent = (event: Event): Kept | null => {
    if (event instanceof SubmitEvent) {
      const { target: form, submitter } = event;
      if (!(form instanceof HTMLFormElement) || form.method !== 'post') return null;
      return { element: submitter ?? form, again: () => form.requestSubmit(submitter) };
    }
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button || (button.form && button.type === 'submit')) return null;
    return { element: button, again: () => button.click() };
  };
  const settle = (event: EarlyEvent) => {
    const next = sent(event);
    if (!next) return;
    if (event.isHeard) return forget();
    if (event.defaultPrevented) return;
    event.preventDefault();
    keep(next);
  };
  for (const type of ['click', 'submit']) {
    // What React can't pass on while it wakes up, it stops on its way: that it does so is all that it lets know.
    const watch = (event: EarlyEvent) => {
      event.stopPropagation = () => {
        settle(event);
        Event.prototype.stopPropagation.call(event);
      };
    };
    window.addEventListener(type, watch, true);
    window.addEventListener(type, settle);
  }
}
