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

  // At the window all others have had it: what React woke up for a press, it has done already.
  window.addEventListener('click', (event: EarlyEvent) => {
    const { target } = event;
    const button = target instanceof Element ? target.closest('button') : null;
    if (!button || (button.form && button.type === 'submit')) return;
    if (event.isHeard) forget();
    else keep({ element: button, again: () => button.click() });
  });
  window.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    // Each form that posts is sent by a script, which says so: while React wakes up, it knows a form before it hears it.
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'post') return;
    event.preventDefault();
    const element = submitter ?? form;
    keep({ element, again: () => form.requestSubmit(submitter) });
  });
}
