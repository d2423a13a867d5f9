import { type Word, wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, shownAll } from '~/lib/people/sight';
import { getNamedProof, type NamedProof } from '~/lib/proof/named';
import { type PayoutPage, payoutOf } from '~/lib/proof/payout-read';
import { merged, type TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import { type NamedAccount, namedAccounts } from '~/lib/wallets/account-holders';
import type { Adjustment, LedgerEntry, Prisma, ProofBreak, ProofMovement } from '~/prisma/generated/client';
import { BreakState } from '~/prisma/generated/enums';

export const BREAK_STATES = Object.values(BreakState);

export type BreakRow = ProofBreak & { account: NamedAccount; releases: number };

const LATEST_OPENED = keyset({ openedAt: 'time', id: 'uuid' }, 'desc');

export type BreakFilter = {
  accountId?: string | undefined;
  states?: BreakState[] | undefined;
  cursor?: string | undefined;
};

/** Breaks, those that stand first, the oldest divergence of each first. */
export async function listBreaks(
  reader: Reader,
  { accountId, states, cursor }: BreakFilter,
): Promise<Page<BreakRow>> {
  const rows = await db().proofBreak.findMany({
    where: {
      ...(accountId && { accountId }),
      ...(states && { state: { in: states } }),
      ...LATEST_OPENED.where(cursor),
    },
    orderBy: LATEST_OPENED.orderBy,
    take: PAGE_SIZE + 1,
  });
  const { items, nextCursor } = LATEST_OPENED.page(rows, PAGE_SIZE);
  const named = await namedAccounts(
    reader,
    items.map((row) => row.accountId),
  );
  const released = await releasesOf(items);
  return {
    items: items.map((row) => ({
      ...row,
      account: named(row.accountId),
      releases: released.get(row.id) ?? 0,
    })),
    nextCursor,
  };
}

/** How many people said that payouts may go on in spite of these, as they are now. */
async function releasesOf(breaks: { id: string; reopenedAt: Date | null }[]): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ id: string; people: number }[]>`
    SELECT a.subject_id AS id, sum(1 + (SELECT count(*) FROM approval_decisions d WHERE d.approval_id = a.id))::int AS people
    FROM approvals a JOIN proof_breaks b ON b.id::text = a.subject_id
    WHERE a.subject_type = 'proof_break' AND a.subject_id = ANY (${breaks.map(({ id }) => id)}::text[])
      AND a.action = 'break.release' AND a.state IN ('waiting', 'approved')
      AND (b.reopened_at IS NULL OR a.asked_at >= b.reopened_at)
    GROUP BY a.subject_id`;
  return new Map(rows.map(({ id, people }) => [id, people]));
}

const WALLET = { select: { id: true, name: true, status: true, houseRole: true } } as const;
const MOVED = {
  ...{ id: true, direction: true, state: true, trackingKey: true },
  ...{ wallet: WALLET, withdrawal: { select: { id: true } } },
} satisfies Prisma.TransferSelect;

type NamedWallet = Prisma.WalletGetPayload<typeof WALLET>;

export type BreakRecord = ProofBreak & {
  releases: Word[];
  acceptances: Word[];
  account: NamedProof;
  movement: ProofMovement | null;
  entry: Pick<LedgerEntry, 'transactionId'> | null;
  transfer: Prisma.TransferGetPayload<{ select: typeof MOVED }> | null;
  credited: NamedWallet | null;
  owner: NamedWallet | null;
  operating: NamedWallet | null;
  waiting: { count: number; amount: bigint };
  adjustments: Adjustment[];
  payout: PayoutPage | null;
  timeline: TimelineItem[];
};

/** A break with all that it is about, and what people did. */
export async function getBreak(reader: Reader, id: string): Promise<BreakRecord> {
  const found = await db().proofBreak.findUnique({ where: { id } });
  if (!found) throw notFound('break', id);
  const since = found.reopenedAt ?? undefined;
  const releases = await wordsOn('break.release', id, since);
  const acceptances = await wordsOn('break.accept', id, since);
  const { accountId, movementId, entryId, transferId, walletId, ownerWalletId, asset } = found;
  const ids = [walletId, ownerWalletId].filter((each) => each !== null);
  // In two rounds: connections are few.
  const [account, movement, entry, transfer] = await Promise.all([
    getNamedProof(reader, accountId),
    movementId ? db().proofMovement.findUnique({ where: { id: movementId } }) : null,
    entryId ? db().ledgerEntry.findUnique({ where: { id: entryId }, select: { transactionId: true } }) : null,
    transferId ? db().transfer.findUnique({ where: { id: transferId }, select: MOVED }) : null,
  ]);
  const isPayout = found.kind === 'unexplained_payout' && transferId !== null;
  const [wallets, waiting, adjustments, timeline, payout] = await Promise.all([
    db().wallet.findMany({
      where: { OR: [{ id: { in: ids } }, { houseRole: 'operating', assets: { some: { asset } } }] },
      ...WALLET,
    }),
    heldBack(accountId),
    db().adjustment.findMany({ where: { breakId: id }, orderBy: { createdAt: 'asc' } }),
    historyOf(reader, { person: null }, 'proof_break', id),
    isPayout ? payoutOf(reader, transferId) : null,
  ]);
  return {
    ...found,
    releases: shownAll(reader, 'approval', releases),
    acceptances: shownAll(reader, 'approval', acceptances),
    account,
    movement,
    entry,
    transfer,
    credited: wallets.find((each) => each.id === walletId) ?? null,
    owner: wallets.find((each) => each.id === ownerWalletId) ?? null,
    operating: wallets.find(({ houseRole }) => houseRole === 'operating') ?? null,
    waiting,
    adjustments: shownAll(reader, 'adjustment', adjustments),
    payout,
    timeline: payout ? merged(timeline, payout.timeline) : timeline,
  };
}

/** The withdrawals that wait for an account's break: how many, and how much. */
async function heldBack(accountId: string) {
  const { _count, _sum } = await db().withdrawal.aggregate({
    where: { accountId, status: 'queued' },
    _count: true,
    _sum: { amount: true },
  });
  return { count: _count, amount: _sum.amount ?? 0n };
}

/** The break that keeps an account's payouts waiting; null when none does. */
export async function findOpenBreak(accountId: string): Promise<{ id: string } | null> {
  return db().proofBreak.findFirst({
    where: { accountId, state: 'open' },
    orderBy: { at: 'asc' },
    select: { id: true },
  });
}
