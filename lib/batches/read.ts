import { FIELDS, type Field } from '~/lib/batches/columns';
import { payersOf, totalsOf } from '~/lib/batches/totals';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, seesAll, shown, shownAll } from '~/lib/people/sight';
import { ownSearch, pageOf } from '~/lib/search/page';
import { saysSeenWords, typedSearch } from '~/lib/search/typed';
import { historyOf } from '~/lib/transfers/history';
import { isUuid } from '~/lib/uuid';
import { isOver } from '~/lib/withdrawals/retries';
import { Prisma } from '~/prisma/generated/client';
import { BatchState, type WithdrawalStatus } from '~/prisma/generated/enums';

/** How far a batch is. Counts of rows. */
export type Progress = {
  /** What was confirmed. */
  rows: number;
  /** Of those, what became a withdrawal, and what was refused. */
  held: number;
  refused: number;
  waiting: number;
  /** Let out and not answered for by the rail yet. */
  leaving: number;
  pending: number;
  paid: number;
  /** Ended without paying. */
  over: number;
  /** What was paid, in the asset's smallest unit. */
  paidAmount: bigint;
};

export const BATCH_STATES = Object.values(BatchState);

export type BatchFilter = {
  /** The file's name. */
  text?: string | undefined;
  state?: BatchState[] | undefined;
  cursor?: string | undefined;
};

/** Every file of withdrawals, the newest first, with what it asks for and how far it is. */
export async function listBatches(reader: Reader, filter: BatchFilter = {}, size = PAGE_SIZE) {
  const { text, state, cursor } = filter;
  const typed = await typedSearch(text);
  const named = { text: Prisma.sql`search_text(b.file_name)`, of: [Prisma.sql`b.file_name`] };
  return pageOf(
    {
      table: Prisma.sql`withdrawal_batches`,
      alias: Prisma.sql`b`,
      ids: 'uuid',
      by: { column: Prisma.sql`b.created_at`, kind: 'time', direction: 'desc' },
      where: [state && Prisma.sql`b.state = ANY (${state}::batch_state[])`],
      search: typed && ownSearch([saysSeenWords(named, typed, !seesAll(reader))]),
      cursor,
    },
    size,
    (ids) => batchRows(reader, ids),
  );
}

async function batchRows(reader: Reader, ids: string[]) {
  const rows = await db().withdrawalBatch.findMany({ where: { id: { in: ids } } });
  const [names, sums] = [
    await operatorNames(rows.map(({ requestedById }) => requestedById)),
    await sumsOf(ids),
  ];
  return shownAll(reader, 'batch', rows).map((batch) => ({
    ...batch,
    requestedBy: names.get(batch.requestedById) ?? '',
    ...(sums.get(batch.id) ?? { rows: 0, held: 0, paid: 0, amount: 0n }),
  }));
}

type Sums = { rows: number; held: number; paid: number; amount: bigint };

/** Of each batch what would be paid or was confirmed, and how many of that were paid. */
async function sumsOf(ids: string[]): Promise<Map<string, Sums>> {
  const rows = await db().$queryRaw<(Sums & { id: string })[]>`
    SELECT r.batch_id::text AS id, count(*)::int AS rows, count(d.id)::int AS held,
      count(*) FILTER (WHERE d.status = 'succeeded')::int AS paid, coalesce(sum(r.amount), 0)::bigint AS amount
    FROM withdrawal_batch_rows r LEFT JOIN withdrawals d ON d.id = r.withdrawal_id
    WHERE r.batch_id = ANY (${ids}::uuid[]) AND r.faults = '{}' AND NOT r.left_out GROUP BY r.batch_id`;
  return new Map(rows.map(({ id, ...sums }) => [id, sums]));
}

export type BatchListed = Awaited<ReturnType<typeof listBatches>>['items'][number];

export async function getBatch(reader: Reader, id: string) {
  const batch = isUuid(id) ? await db().withdrawalBatch.findUnique({ where: { id } }) : null;
  if (!batch) throw notFound('batch', id);
  const { asset, fileHash, state } = batch;
  const isDraft = state === 'draft';
  const people = [batch.requestedById, batch.decidedById].filter((each) => each !== null);
  const [names, without, withRepeats, payers, progress, same, timeline] = await Promise.all([
    operatorNames(people),
    totalsOf(id, false),
    totalsOf(id, true),
    payersOf(id, asset, batch.paysRepeats),
    progressOf(id),
    isDraft ? sameFile(id, fileHash) : null,
    historyOf(reader, { person: null }, 'withdrawal_batch', id),
  ]);
  return {
    ...shown(reader, 'batch', null, batch),
    requestedBy: names.get(batch.requestedById) ?? '',
    decidedBy: batch.decidedById ? (names.get(batch.decidedById) ?? '') : null,
    totals: batch.paysRepeats ? withRepeats : without,
    withRepeats,
    ...{ payers, progress, same, timeline },
  };
}

export type BatchRecord = Awaited<ReturnType<typeof getBatch>>;

function sameFile(id: string, fileHash: string) {
  return db().withdrawalBatch.findFirst({
    where: { fileHash, id: { not: id }, state: { in: ['holding', 'awaiting_approval', 'approved'] } },
    orderBy: { confirmedAt: 'desc' },
    select: { id: true, confirmedAt: true },
  });
}

async function progressOf(batchId: string): Promise<Progress> {
  const [row] = await db().$queryRaw<Progress[]>`
    SELECT count(*) FILTER (WHERE NOT r.left_out)::int AS rows, count(d.id)::int AS held, count(r.refusal)::int AS refused,
      count(*) FILTER (WHERE d.status = 'awaiting_approval')::int AS waiting,
      count(*) FILTER (WHERE d.status IN ('queued', 'submitting'))::int AS leaving,
      count(*) FILTER (WHERE d.status = 'pending')::int AS pending,
      count(*) FILTER (WHERE d.status = 'succeeded')::int AS paid,
      count(*) FILTER (WHERE d.status IN ('failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired'))::int AS over,
      coalesce(sum(d.amount) FILTER (WHERE d.status = 'succeeded'), 0)::bigint AS "paidAmount"
    FROM withdrawal_batch_rows r LEFT JOIN withdrawals d ON d.id = r.withdrawal_id
    WHERE r.batch_id = ${batchId}::uuid`;
  if (!row) throw new Error('A count answers one row.');
  return row;
}

type SplitSums = {
  walletId: string;
  parts: number;
  amount: bigint;
  fee: bigint;
  paid: bigint;
  refused: bigint;
};

/** A payout that leaves in parts, what became of it in the smallest unit, and its parts' ids in their order. */
export async function splitOf(id: string) {
  const batch = await db().withdrawalBatch.findUnique({ where: { id } });
  if (!batch || batch.splitAmount === null) throw notFound('withdrawal_batch', id);
  const [sums] = await db().$queryRaw<SplitSums[]>`
    SELECT min(r.wallet_id::text) AS "walletId", count(*)::int AS parts, sum(r.amount)::bigint AS amount, sum(r.fee_amount)::bigint AS fee,
      coalesce(sum(r.amount) FILTER (WHERE d.status = 'succeeded'), 0)::bigint AS paid,
      coalesce(sum(r.amount) FILTER (WHERE r.refusal IS NOT NULL
        OR d.status IN ('failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired')
        OR (d.id IS NULL AND b.settled_at IS NOT NULL)), 0)::bigint AS refused
    FROM withdrawal_batch_rows r JOIN withdrawal_batches b ON b.id = r.batch_id LEFT JOIN withdrawals d ON d.id = r.withdrawal_id
    WHERE r.batch_id = ${id}::uuid`;
  if (!sums) throw new Error('A sum answers one row.');
  const held = await db().batchRow.findMany({
    where: { batchId: id, withdrawalId: { not: null } },
    orderBy: [{ line: 'asc' }, { part: 'asc' }],
    select: { withdrawalId: true },
  });
  return { batch, sums, withdrawalIds: held.flatMap(({ withdrawalId }) => withdrawalId ?? []) };
}

export const ROW_VIEWS = ['all', 'faulty', 'repeated', 'problem'] as const;
export type RowView = (typeof ROW_VIEWS)[number];

/** faulty: can't be paid as they stand. problem: were confirmed and not paid. */
const VIEWS: Record<RowView, Prisma.BatchRowWhereInput> = {
  all: {},
  faulty: { faults: { not: {} } },
  repeated: { faults: { equals: {} }, OR: [{ repeatsLine: { not: null } }, { repeatsId: { not: null } }] },
  problem: {
    leftOut: false,
    OR: [
      { refusal: { not: null } },
      {
        withdrawal: {
          status: { in: ['failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired'] },
        },
      },
    ],
  },
};

const BY_LINE = keyset({ line: 'number', part: 'number' }, 'asc');

type RowsAsked = { batchId: string; view: RowView; cursor?: string | undefined };

/** The lines of a file in their order, with what is wrong with each, or what became of it. */
export async function listBatchRows(reader: Reader, { batchId, view, cursor }: RowsAsked, size = PAGE_SIZE) {
  const after = BY_LINE.read(cursor);
  const rows = await db().batchRow.findMany({
    where: { AND: [{ batchId, ...VIEWS[view] }, after ? beyond(after) : {}] },
    orderBy: [{ line: 'asc' }, { part: 'asc' }],
    take: size + 1,
    include: {
      wallet: { select: { id: true, name: true, houseRole: true } },
      withdrawal: {
        select: {
          ...{ id: true, status: true, failureCode: true, heldReason: true, feeAmount: true },
          transfer: { select: { trackingKey: true } },
        },
      },
    },
  });
  const page = BY_LINE.page(
    rows.map((row) => ({ ...row, line: BigInt(row.line), part: BigInt(row.part) })),
    size,
  );
  return { items: page.items.map((row) => rowFor(reader, row)), nextCursor: page.nextCursor };
}

function beyond({ line, part }: { line: bigint; part: bigint }): Prisma.BatchRowWhereInput {
  const at = Number(line);
  return { OR: [{ line: { gt: at } }, { line: at, part: { gt: Number(part) } }] };
}

type Kept = Prisma.BatchRowGetPayload<{
  include: { wallet: { select: { id: true; name: true; houseRole: true } } };
}> & {
  withdrawal: {
    id: string;
    status: WithdrawalStatus;
    failureCode: string | null;
    heldReason: string | null;
    feeAmount: bigint;
    transfer: { trackingKey: string | null } | null;
  } | null;
};

/** What somebody typed and nobody could read may be anything: who doesn't see everybody's data doesn't see it. */
type Numbered = Omit<Kept, 'line' | 'part'> & { line: bigint; part: bigint };

function rowFor(reader: Reader, { cells, faults, line, part, ...row }: Numbered) {
  const { refusalDetails: _, ...rest } = shown(reader, 'batchRow', null, row);
  return {
    ...rest,
    ...{ line: Number(line), part: Number(part) },
    typed: seesAll(reader) ? (cells as Partial<Record<Field, string>>) : {},
    faults: faultsOf(faults),
    end: endOf(row),
  };
}

export type BatchRowShown = Awaited<ReturnType<typeof listBatchRows>>['items'][number];

/** In the order of the columns of the template. */
function faultsOf(faults: Prisma.JsonValue): { field: Field; why: string }[] {
  const known = faults as Partial<Record<Field, string>>;
  return FIELDS.flatMap((field) => {
    const why = known[field];
    return why ? [{ field, why }] : [];
  });
}

/** What became of a line: refused before it was a withdrawal, or ended without paying; null while neither is so. */
function endOf({ refusal, withdrawal }: Pick<Kept, 'refusal' | 'withdrawal'>) {
  if (refusal) return { kind: 'refused' as const, code: refusal };
  if (withdrawal && isOver(withdrawal.status)) return { kind: 'over' as const, code: withdrawal.failureCode };
  return null;
}
