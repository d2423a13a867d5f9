/**
 * Runs in the page itself, before any of its scripts: a button that opens something, pressed before they are alive, is
 * busy until they are, and opens then. Of several presses the last is meant. It stands alone, since it is sent as text.
 */
export function keepEarlyPress(): void {
  document.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[aria-haspopup]') : null;
      if (!button || 'hears' in button.dataset) return;
      for (const other of document.querySelectorAll<HTMLElement>('[data-pressed]')) {
        delete other.dataset.pressed;
        other.ariaBusy = null;
      }
      button.dataset.pressed = '';
      button.ariaBusy = 'true';
    },
    true,
  );
}
