/*
 * What the keys of lists have in common. A row says its id as `data-row`, on itself or on what takes its focus.
 */
const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** A key that is somebody else's: of a field, of a layer above the page, of the browser. */
export function isForeign(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey)
    return true;
  return (target instanceof Element && target.closest(FIELDS) !== null) || !!document.querySelector(LAYERS);
}

/** Nothing has the focus, or the page itself, or the link that leads to it: arrows would only scroll. */
export function isPage(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('body, main, a[href="#content"]');
}

/** The element that takes the focus of a row. */
export function rowHandle(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`) ?? null;
}

/** The row that something stands in. */
export function rowOf(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest('tr') : null;
  return row?.dataset.row ?? row?.querySelector<HTMLElement>('[data-row]')?.dataset.row ?? null;
}

/** Moves the focus from one row to the next, or from anywhere else to the row that is current; answers which has it. */
export function focusRow(
  list: HTMLElement | null,
  { from, current, step }: { from: string | null; current: string | null; step: number },
): { id: string | null; isThere: boolean } {
  const handles = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const at = handles.findIndex(({ dataset }) => dataset.row === (from ?? current));
  const next = from === null ? (handles[at] ?? handles[0]) : handles[at + step];
  next?.focus({ preventScroll: true });
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return { id: next?.dataset.row ?? null, isThere: handles.length > 0 };
}
