import { useState } from 'react';

/**
 * What is chosen, on this page and on others. What is chosen is kept whole, for a page that was left shows
 * it no more. `selectable` are those of this page that can be chosen, in order.
 */
export function useSelection<Item extends { id: string }>(selectable: readonly Item[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Item>>(new Map());
  const [anchor, setAnchor] = useState<string | null>(null);
  const all = selectable.length > 0 && selectable.every(({ id }) => chosen.has(id));

  function change(work: (next: Map<string, Item>) => void) {
    setChosen((before) => {
      const next = new Map(before);
      work(next);
      return next;
    });
  }

  function add(items: readonly Item[]) {
    change((next) => {
      for (const item of items) next.set(item.id, item);
    });
  }

  function remove(ids: Iterable<string>) {
    change((next) => {
      for (const id of ids) next.delete(id);
    });
  }

  function toggle(id: string) {
    const item = selectable.find((each) => each.id === id);
    if (chosen.has(id)) remove([id]);
    else if (item) add([item]);
    setAnchor(id);
  }

  /** Chooses everything from a row, or else from the last one that was touched, up to this one. */
  function extendTo(id: string, from = anchor) {
    const ids = selectable.map((each) => each.id);
    const [start = -1, end = -1] = [ids.indexOf(from ?? id), ids.indexOf(id)].sort((a, b) => a - b);
    if (start < 0) return toggle(id);
    add(selectable.slice(start, end + 1));
    setAnchor(id);
  }

  return {
    items: [...chosen.values()],
    all,
    has: (id: string) => chosen.has(id),
    toggle,
    extendTo,
    add,
    remove,
    toggleAll: () => (all ? remove(selectable.map(({ id }) => id)) : add(selectable)),
    clear: () => setChosen(new Map()),
  };
}

export type Selection<Item extends { id: string }> = ReturnType<typeof useSelection<Item>>;
