import { type RefObject, useEffect, useRef, useState } from 'react';
import { rowHandle } from '~/components/list/peek/row-keys';

/**
 * Gives the focus back after a dialog: to what had it; where that is gone with its row, to the row that stood after it,
 * or else before it; where no row is left, to the list.
 */
export function useReturningFocus(list: RefObject<HTMLElement | null>) {
  const before = useRef<{ opener: Element | null; rows: string[] }>({ opener: null, rows: [] });
  const [given, setGiven] = useState(0);

  // In an effect: what had the focus leaves the page with the rows that were decided, in the same rendering.
  useEffect(() => {
    if (given === 0) return;
    const { opener, rows } = before.current;
    const stays = opener instanceof HTMLElement && opener !== document.body && opener.isConnected;
    const next = rows.map((id) => rowHandle(list.current, id)).find((handle) => handle !== null);
    const target = stays ? opener : (next ?? list.current);
    // After the dialog, which lets go of the focus once it has left.
    const timer = setTimeout(() => target?.focus());
    return () => clearTimeout(timer);
  }, [given, list]);

  function remember(row: string | null) {
    const ids = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].flatMap(
      ({ dataset }) => dataset.row ?? [],
    );
    const at = Math.max(0, ids.indexOf(row ?? ''));
    before.current = {
      opener: document.activeElement,
      rows: [...ids.slice(at), ...ids.slice(0, at).reverse()],
    };
  }

  return { remember, giveBack: () => setGiven(given + 1) };
}
