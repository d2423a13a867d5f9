import { FIELDS, type Field } from '~/lib/batches/columns';
import { type BatchPayer, payersOf, type Totals, totalsOf } from '~/lib/batches/totals';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, type Shown, seesAll, shown, shownAll } from '~/lib/people/sight';
import { ownSearch, pageOf } from '~/lib/search/page';
import { saysSeenWords, typedSearch } from '~/lib/search/typed';
import type { TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import { isUuid } from '~/lib/uuid';
import { isOver } from '~/lib/withdrawals/retries';
import { Prisma, type WithdrawalBatch } from '~/prisma/generated/client';
import { BatchState } from '~/prisma/generated/enums';

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

type Sums = { rows: number; held: number; paid: number; amount: bigint };

export type BatchListed = WithdrawalBatch & Sums & { requestedBy: string };

/** Every file of withdrawals, the newest first, with what it asks for and how far it is. */
export async function listBatches(
  reader: Reader,
  filter: BatchFilter = {},
  size = PAGE_SIZE,
): Promise<Page<BatchListed>> {
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

async function batchRows(reader: Reader, ids: string[]): Promise<BatchListed[]> {
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

/** Of each batch what would be paid or was confirmed, and how many of that were paid. */
async function sumsOf(ids: string[]): Promise<Map<string, Sums>> {
  const rows = await db().$queryRaw<(Sums & { id: string })[]>`
    SELECT r.batch_id::text AS id, count(*)::int AS rows, count(d.id)::int AS held,
      count(*) FILTER (WHERE d.status = 'succeeded')::int AS paid, coalesce(sum(r.amount), 0)::bigint AS amount
    FROM withdrawal_batch_rows r LEFT JOIN withdrawals d ON d.id = r.withdrawal_id
    WHERE r.batch_id = ANY (${ids}::uuid[]) AND r.faults = '{}' AND NOT r.left_out GROUP BY r.batch_id`;
  return new Map(rows.map(({ id, ...sums }) => [id, sums]));
}

export type BatchRecord = WithdrawalBatch & {
  requestedBy: string;
  decidedBy: string | null;
  totals: Totals;
  withRepeats: Totals;
  payers: BatchPayer[];
  progress: Progress;
  /** The same file, confirmed before. */
  same: Pick<WithdrawalBatch, 'id' | 'confirmedAt'> | null;
  timeline: TimelineItem[];
};

export async function getBatch(reader: Reader, id: string): Promise<BatchRecord> {
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

const OF_ROW = {
  wallet: { select: { id: true, name: true, houseRole: true } },
  withdrawal: {
    select: {
      ...{ id: true, status: true, failureCode: true, heldReason: true, feeAmount: true },
      transfer: { select: { trackingKey: true } },
    },
  },
} satisfies Prisma.BatchRowInclude;

type Kept = Prisma.BatchRowGetPayload<{ include: typeof OF_ROW }>;

export type BatchRowShown = Omit<Shown<'batchRow', Kept>, 'cells' | 'faults' | 'refusalDetails'> & {
  typed: Partial<Record<Field, string>>;
  faults: { field: Field; why: string }[];
  end: RowEnd | null;
};

/** What became of a line: refused before it was a withdrawal, or ended without paying. */
type RowEnd = { kind: 'refused'; code: string } | { kind: 'over'; code: string | null };

/** The lines of a file in their order, with what is wrong with each, or what became of it. */
export async function listBatchRows(
  reader: Reader,
  { batchId, view, cursor }: RowsAsked,
  size = PAGE_SIZE,
): Promise<Page<BatchRowShown>> {
  const after = BY_LINE.read(cursor);
  const rows = await db().batchRow.findMany({
    where: { AND: [{ batchId, ...VIEWS[view] }, after ? beyond(after) : {}] },
    orderBy: [{ line: 'asc' }, { part: 'asc' }],
    take: size + 1,
    include: OF_ROW,
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

/** What somebody typed and nobody could read may be anything: who doesn't see everybody's data doesn't see it. */
type Numbered = Omit<Kept, 'line' | 'part'> & { line: bigint; part: bigint };

function rowFor(reader: Reader, { cells, faults, line, part, ...row }: Numbered): BatchRowShown {
  const { refusalDetails: _, ...rest } = shown(reader, 'batchRow', null, row);
  return {
    ...rest,
    ...{ line: Number(line), part: Number(part) },
    typed: seesAll(reader) ? (cells as Partial<Record<Field, string>>) : {},
    faults: faultsOf(faults),
    end: endOf(row),
  };
}

/** In the order of the columns of the template. */
function faultsOf(faults: Prisma.JsonValue): { field: Field; why: string }[] {
  const known = faults as Partial<Record<Field, string>>;
  return FIELDS.flatMap((field) => {
    const why = known[field];
    return why ? [{ field, why }] : [];
  });
}

/** Null while neither is so. */
function endOf({ refusal, withdrawal }: Pick<Kept, 'refusal' | 'withdrawal'>): RowEnd | null {
  if (refusal) return { kind: 'refused', code: refusal };
  if (withdrawal && isOver(withdrawal.status)) return { kind: 'over', code: withdrawal.failureCode };
  return null;
}
