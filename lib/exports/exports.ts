import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { atOneMoment, atThisMoment, transaction } from '~/lib/db';
import type { ExportFormat, ExportListName } from '~/lib/exports/lists';
import type { Subject } from '~/lib/outbox/subjects';
import type { Page } from '~/lib/pagination';
import { upToNow } from '~/lib/replica';
import type { Permission } from '~/lib/roles';

const ROWS_AT_ONCE = 1_000;
/** Each holds a connection for as long as its reader takes: more of them wait for one to end. */
const MOST_AT_ONCE = 4;

/** What is taken away, as the audit log tells it. */
export type ExportFacts = {
  list: ExportListName;
  /** Whose list it is, where it is one wallet's. */
  walletId?: string | undefined;
  format: ExportFormat;
  /** As they stand in the address. */
  filters: Record<string, string>;
};

/** How a list is read: its next rows, so many at once. */
export type ReadPage<Row> = (cursor: string | undefined, size: number) => Promise<Page<Row>>;

/** Throws `forbidden` for who may not take this list away. */
export function authorizeExport(actor: OperatorActor, permission: Permission): void {
  authorize(actor, permission);
  authorize(actor, 'lists:export');
}

/**
 * Every row of a list as it is now, in its order, some at a time: any number passes through little memory, and `send`
 * says when it wants more. That it was asked for is written down before the first row leaves, and at the end how many
 * left and whether that was all. Answers how many there were.
 */
export async function exportRows<Row>(
  actor: OperatorActor,
  facts: ExportFacts,
  read: ReadPage<Row>,
  send: (rows: Row[]) => Promise<void>,
): Promise<number> {
  authorize(actor, 'lists:export');
  const exported = async () => {
    await record(actor, facts, 'list.exported', {});
    let rows = 0;
    let whole = false;
    try {
      for await (const page of pagesOf(read)) {
        await send(page);
        rows += page.length;
      }
      whole = true;
    } finally {
      await record(actor, facts, 'list.export_ended', { rows, whole });
    }
    return rows;
  };
  return inTurn(() => upToNow((from) => atOneMoment(exported, from)));
}

async function* pagesOf<Row>(read: ReadPage<Row>): AsyncGenerator<Row[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await read(cursor, ROWS_AT_ONCE);
    if (items.length > 0) yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}

/** Not of the moment that is read, in which nothing is written. */
function record(
  actor: OperatorActor,
  { list, walletId, format, filters }: ExportFacts,
  action: 'list.exported' | 'list.export_ended',
  outcome: object,
): Promise<void> {
  const [subject, id]: [Subject, string] = walletId ? ['wallet', walletId] : ['list', list];
  const after = { list, format, ...filters, ...outcome };
  return atThisMoment(() => transaction((tx) => recordAudit(tx, actor, { action, subject, id, after })));
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // Whoever waits longest takes this one's place.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
