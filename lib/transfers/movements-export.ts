import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { transaction } from '~/lib/db';
import type { MovementFilter } from '~/lib/transfers/movement-search';
import { listMovements, type Movement } from '~/lib/transfers/movements';

const ROWS_AT_ONCE = 1_000;

/**
 * Every movement of a list, in its order, some at a time, so that any number of them passes through little memory.
 * That they were asked for is written down before the first one leaves. With filters that nobody could read there are
 * none, as in the list.
 */
export async function exportMovements(
  actor: OperatorActor,
  filter: MovementFilter,
  { unreadable = [] }: { unreadable?: readonly string[] } = {},
): Promise<AsyncGenerator<Movement[]>> {
  authorize(actor, 'movements:export');
  await transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'movements.exported',
      subject: filter.walletId ? 'wallet' : 'movements',
      id: filter.walletId ?? 'all',
      after: {
        ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
        ...(unreadable.length > 0 && { unreadable }),
      },
    }),
  );
  return unreadable.length > 0 ? nothing() : pagesOf(filter);
}

async function* nothing(): AsyncGenerator<Movement[]> {}

async function* pagesOf(filter: MovementFilter): AsyncGenerator<Movement[]> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listMovements>> = await listMovements(
      { ...filter, ...(cursor && { cursor }) },
      ROWS_AT_ONCE,
    );
    if (page.items.length > 0) yield page.items;
    cursor = page.nextCursor;
  } while (cursor);
}
