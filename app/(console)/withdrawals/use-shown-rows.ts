import { useMemo, useState } from 'react';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import type { Decision } from '~/lib/withdrawals/approvals';

/** A row of the inbox; `gone` once it waits no more: what somebody decided, or null where nobody here knows. */
export type ShownRow = { item: WaitingWithdrawal; gone?: Decision | null };

type Kept = { page: string; listed: readonly WaitingWithdrawal[]; items: readonly WaitingWithdrawal[] };

/**
 * The rows of a page, in the places where they were first seen: what a live refresh brings never moves them under the
 * hand of who decides. What waits no more stays, with who did what, until it is dropped or another page is opened; what
 * is new comes last.
 */
export function useShownRows(
  page: string,
  listed: readonly WaitingWithdrawal[],
  decisions: readonly Decision[],
) {
  const [kept, setKept] = useState<Kept>({ page, listed, items: listed });
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  let items = kept.items;
  if (kept.page !== page || kept.listed !== listed) {
    items = kept.page === page ? merged(kept.items, listed) : listed;
    setKept({ page, listed, items });
  }
  const rows = useMemo(() => {
    const waiting = new Set(listed.map(({ id }) => id));
    const decided = new Map(decisions.map((decision) => [decision.id, decision]));
    return items
      .filter(({ id }) => !dropped.has(id))
      .map(
        (item): ShownRow => (waiting.has(item.id) ? { item } : { item, gone: decided.get(item.id) ?? null }),
      );
  }, [items, listed, decisions, dropped]);
  return { rows, drop: (ids: readonly string[]) => setDropped((before) => new Set([...before, ...ids])) };
}

function merged(shown: readonly WaitingWithdrawal[], listed: readonly WaitingWithdrawal[]) {
  const fresh = new Map(listed.map((item) => [item.id, item]));
  const known = new Set(shown.map(({ id }) => id));
  return [...shown.map((item) => fresh.get(item.id) ?? item), ...listed.filter(({ id }) => !known.has(id))];
}
