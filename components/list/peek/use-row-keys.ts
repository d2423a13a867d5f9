import { type RefObject, useEffect, useRef } from 'react';
import { focusRow, isForeign, isPage, rowOf } from '~/components/list/peek/row-keys';

type RowKeys = {
  list: RefObject<HTMLElement | null>;
  /** Whether keys of one letter work too. */
  letters: boolean;
  /** The row whose record is beside the list. */
  shown: string | null;
  onMove: (id: string) => void;
  onOpen: (id: string) => void;
  onClose: () => void;
};

/** The keys of a list, wherever on the page the focus is: to move over its rows, and to see one beside them. */
export function useRowKeys(keys: RowKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Where the focus was last, for who left the rows and comes back.
  const last = useRef<string | null>(null);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isForeign(event)) return;
      if (act(event, latest.current, last)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Does what the key stands for; false when it stands for nothing here. */
function act(event: KeyboardEvent, keys: RowKeys, last: RefObject<string | null>): boolean {
  const { target, key } = event;
  const inList = target instanceof Node && keys.list.current?.contains(target) === true;
  const move = (step: number) => {
    const from = inList ? rowOf(target) : null;
    const current = last.current;
    // With one of them shown, the next one is meant and not that one again.
    const { id, isThere } = focusRow(keys.list.current, { from: from ?? keys.shown, current, step });
    if (id !== null) {
      last.current = id;
      keys.onMove(id);
    }
    return isThere;
  };
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      return (inList || isPage(target)) && move(key === 'ArrowDown' ? 1 : -1);
    case 'Enter':
    case ' ': {
      // On a link or a button within the row it is theirs.
      const row = target instanceof HTMLTableRowElement ? rowOf(target) : null;
      if (row === null || !inList || event.repeat) return false;
      keys.onOpen(row);
      return true;
    }
    case 'Escape':
      if (keys.shown === null) return false;
      keys.onClose();
      return true;
    default: {
      const step = { j: 1, k: -1 }[key];
      if (step !== undefined) return keys.letters && move(step);
      return keys.letters && key === 'x' && inList && !event.repeat && choose(target);
    }
  }
}

/** Where rows can be chosen, the one that has the focus. */
function choose(target: EventTarget | null): boolean {
  const box = target instanceof Element && target.closest('tr')?.querySelector('input[type="checkbox"]');
  if (!(box instanceof HTMLElement)) return false;
  box.click();
  return true;
}
