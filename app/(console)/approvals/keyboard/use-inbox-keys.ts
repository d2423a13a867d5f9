import { type RefObject, useEffect, useRef } from 'react';
import type { Choice } from '~/app/(console)/approvals/decide/use-decisions';
import { focusRow, isForeign, isPage, rowOf } from '~/components/list/peek/row-keys';

/** What the keys do; each is told the row that has the focus, if one has. */
export type InboxKeys = {
  toggle: (id: string) => void;
  extend: (to: string, from: string) => void;
  toggleAll: () => void;
  clear: () => void;
  ask: (choice: Choice, id: string | null) => void;
  open: (id: string) => void;
  moved: (id: string) => void;
  help: () => void;
  /** False for who only reads the list: nothing is chosen then. */
  decides: boolean;
};

type Options = {
  /** Where the rows are: each has its id as `data-row` on what takes its focus. */
  list: RefObject<HTMLElement | null>;
  /** The row that Tab goes to. */
  current: string | null;
  /** Whether keys of one letter work too. */
  letters: boolean;
  keys: InboxKeys;
};

/** The keys of the inbox, wherever on the page the focus is: not in fields, not with modifiers, not under a dialog. */
export function useInboxKeys(options: Options): void {
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isForeign(event)) return;
      if (act(event, latest.current)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Does what the key stands for; false when it stands for nothing here. */
function act(event: KeyboardEvent, options: Options): boolean {
  const { list, letters, keys } = options;
  const row = rowOf(event.target);
  const inList = event.target instanceof Node && list.current?.contains(event.target) === true;
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      return (
        (inList || isPage(event.target)) &&
        move(options, row, event.key === 'ArrowDown' ? 1 : -1, event.shiftKey)
      );
    case 'Enter':
      // On a link or a button it is theirs.
      if (!(event.target instanceof HTMLInputElement) || row === null || event.repeat) return false;
      keys.open(row);
      return true;
    case 'Escape':
      keys.clear();
      return true;
    default:
      return letters && letter(event, options, row);
  }
}

function letter(event: KeyboardEvent, options: Options, row: string | null): boolean {
  const { keys } = options;
  const { key, shiftKey, repeat } = event;
  if (key === '?') {
    keys.help();
    return true;
  }
  const step = { j: 1, k: -1 }[key.toLowerCase()];
  if (step !== undefined) return move(options, row, step, shiftKey);
  if (!keys.decides || repeat) return false;
  if (key === '*') {
    keys.toggleAll();
    return true;
  }
  if (shiftKey) return false;
  switch (key.toLowerCase()) {
    case 'x':
      if (row !== null) keys.toggle(row);
      return row !== null;
    case 'a':
      keys.ask('approve', row);
      return true;
    case 'd':
      keys.ask('decline', row);
      return true;
    default:
      return false;
  }
}

/** From the row that has the focus to the next; from anywhere else to the row that is current. */
function move({ list, current, keys }: Options, from: string | null, step: number, extend: boolean): boolean {
  const { id, isThere } = focusRow(list.current, { from, current, step });
  if (extend && keys.decides && from !== null && id !== null) keys.extend(id, from);
  if (id !== null) keys.moved(id);
  return isThere;
}
