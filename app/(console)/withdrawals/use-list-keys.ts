import { useRouter } from 'next/navigation';
import type { KeyboardEvent, RefObject } from 'react';
import type { Selection } from '~/app/(console)/withdrawals/use-selection';

/** Keys that work while a row's box has the focus; elsewhere they keep their meaning. */
export function useListKeys(list: RefObject<HTMLElement | null>, selection: Selection, ask: () => void) {
  const router = useRouter();

  function move(from: HTMLInputElement, step: 1 | -1, extend: boolean) {
    const boxes = [...(list.current?.querySelectorAll<HTMLInputElement>('input[data-row]:enabled') ?? [])];
    const next = boxes[boxes.indexOf(from) + step];
    if (!next) return;
    if (extend) selection.extendTo(next.value, from.value);
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  /** Does what the key stands for; false when it stands for nothing here. */
  function act(box: HTMLInputElement, key: string, shift: boolean): boolean {
    switch (key) {
      case 'ArrowDown':
      case 'j':
        move(box, 1, shift);
        return true;
      case 'ArrowUp':
      case 'k':
        move(box, -1, shift);
        return true;
      case 'a':
        selection.toggleAll();
        return true;
      case 'Enter':
        router.push(`/withdrawals/${box.value}`);
        return true;
      default:
        return false;
    }
  }

  return (event: KeyboardEvent) => {
    const modified = event.metaKey || event.ctrlKey || event.altKey;
    const box = event.target;
    if (modified && event.key === 'Enter') {
      event.preventDefault();
      ask();
    } else if (!modified && box instanceof HTMLInputElement && box.dataset.row !== undefined) {
      if (act(box, event.key, event.shiftKey)) event.preventDefault();
    }
  };
}
