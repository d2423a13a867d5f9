import { useState } from 'react';

/** Which of the rows are chosen. Rows that leave the list leave the choice too. */
export function useSelection(selectable: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const selected = selectable.filter((id) => chosen.has(id));
  const all = selectable.length > 0 && selected.length === selectable.length;

  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
    setAnchor(id);
  }

  /** Chooses everything from a row, or else from the last one that was touched, up to this one. */
  function extendTo(id: string, from = anchor) {
    const [start, end] = [selectable.indexOf(from ?? id), selectable.indexOf(id)].sort((a, b) => a - b);
    if (start === undefined || end === undefined || start < 0) return toggle(id);
    setChosen(new Set([...chosen, ...selectable.slice(start, end + 1)]));
    setAnchor(id);
  }

  return {
    selected,
    all,
    has: (id: string) => chosen.has(id),
    toggle,
    extendTo,
    toggleAll: () => setChosen(all ? new Set() : new Set(selectable)),
    clear: () => setChosen(new Set()),
  };
}

export type Selection = ReturnType<typeof useSelection>;
