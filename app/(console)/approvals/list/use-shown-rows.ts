import { useMemo, useState } from 'react';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import type { Ending } from '~/lib/approvals/read';

/** A row of the inbox; `gone` once it waits no more: how it ended, or null where nobody here knows. */
export type ShownRow = { item: WaitingItem; gone?: Ending | null };

type Kept = { page: string; listed: readonly WaitingItem[]; items: readonly WaitingItem[] };

/**
 * The rows of a page, in the places where they were first seen: what a live refresh brings never moves them under the
 * hand of who decides. What waits no more stays, with who did what, until it is dropped or another page is opened; what
 * is new comes last.
 */
export function useShownRows(page: string, listed: readonly WaitingItem[], endings: readonly Ending[]) {
  const [kept, setKept] = useState<Kept>({ page, listed, items: listed });
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  let items = kept.items;
  if (kept.page !== page || kept.listed !== listed) {
    items = kept.page === page ? merged(kept.items, listed) : listed;
    setKept({ page, listed, items });
  }
  const rows = useMemo(() => {
    const waiting = new Set(listed.map(({ id }) => id));
    const ended = new Map(endings.map((ending) => [ending.id, ending]));
    return items
      .filter(({ id }) => !dropped.has(id))
      .map(
        (item): ShownRow => (waiting.has(item.id) ? { item } : { item, gone: ended.get(item.id) ?? null }),
      );
  }, [items, listed, endings, dropped]);
  const gone = new Map<string, Ending | null>(endings.map((ending) => [ending.id, ending]));
  for (const row of rows) if (row.gone === null) gone.set(row.item.id, null);
  const drop = (ids: readonly string[]) => setDropped((before) => new Set([...before, ...ids]));
  return { rows, gone, drop };
}

function merged(shown: readonly WaitingItem[], listed: readonly WaitingItem[]) {
  const fresh = new Map(listed.map((item) => [item.id, item]));
  const known = new Set(shown.map(({ id }) => id));
  return [...shown.map((item) => fresh.get(item.id) ?? item), ...listed.filter(({ id }) => !known.has(id))];
}
