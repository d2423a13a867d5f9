import { useSearchParams } from 'next/navigation';
import { type RefObject, useRef } from 'react';
import type { ShownRow } from '~/app/(console)/approvals/list/use-shown-rows';
import { enter } from '~/components/list/peek/beside';
import { rowHandle } from '~/components/list/peek/row-keys';

/** The row that is seen beside the list. Only the address says which: all of it is here already. */
export function usePeeked(rows: readonly ShownRow[], list: RefObject<HTMLElement | null>) {
  const params = useSearchParams();
  const aside = useRef<HTMLElement>(null);
  // Whether Back leads from here to the list alone.
  const isPushed = useRef(false);
  const peeked = params.get('peek');
  const row = rows.find(({ item }) => item.id === peeked);

  function set(id: string | null, how: 'pushState' | 'replaceState') {
    const query = new URLSearchParams(params.toString());
    if (id === null) query.delete('peek');
    else query.set('peek', id);
    window.history[how](null, '', query.size > 0 ? `?${query}` : window.location.pathname);
  }

  /** Shows a row; the one that is shown is gone into. */
  function open(id: string) {
    if (id === peeked) return enter(aside.current);
    if (!row) isPushed.current = true;
    set(id, row ? 'replaceState' : 'pushState');
  }

  function close() {
    if (peeked !== null) rowHandle(list.current, peeked)?.focus({ preventScroll: true });
    if (isPushed.current) window.history.back();
    else set(null, 'replaceState');
    isPushed.current = false;
  }

  return { row, aside, open, close };
}
