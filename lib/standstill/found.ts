import { type Word, wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import { type Reader, type Shown, shownAll } from '~/lib/people/sight';
import { type CaughtUp, caughtUp } from '~/lib/standstill/caught-up';
import { type Shut, shutSince } from '~/lib/standstill/doors';
import { isMove } from '~/lib/standstill/own-payments';
import { lastFound, standstill } from '~/lib/standstill/standstill';
import { Prisma, type Standstill } from '~/prisma/generated/client';
import type { TransferState, WithdrawalStatus } from '~/prisma/generated/enums';

/** At most this many of each kind are listed; the counts are of all. */
const MOST = 100;
/** Where nothing but payouts told, the books had read on for a while before it was noticed. */
const UNNOTICED_MS = 60 * 60_000;

export type StandingStill = Standstill & { releases: Word[] };

/** The newest standstill, which is the open one if there is one; null when the books were never older than the world. */
export async function latestStandstill(reader: Reader): Promise<StandingStill | null> {
  const latest = await db().standstill.findFirst({ orderBy: [{ foundAt: 'desc' }, { id: 'desc' }] });
  return (
    latest && {
      ...latest,
      releases: shownAll(reader, 'approval', await wordsOn('standstill.release', latest.id)),
    }
  );
}

/** Whether payouts and openings wait at this moment. */
export async function isStandingStill(): Promise<boolean> {
  return (await standstill(db())) !== null;
}

export type FoundSince = {
  ready: CaughtUp;
  ended: EndedTransfer[];
  deposits: DepositsSince[];
  shut: (Shut & { name: string })[] | null;
  asked: Shown<'withdrawal', UnexplainedPayout>[];
  paid: Shown<'withdrawal', LatePayout>[];
  waiting: Shown<'withdrawal', LatePayout>[];
  numbers: StrangeNumber[];
  accounts: StrangeAccount[];
};

/** What happened while these books were away, as far as Fintoc tells it; and what it can't tell. */
export async function foundSince(reader: Reader, still: Standstill): Promise<FoundSince> {
  const { from, to } = await spanOf(still);
  const last = lastFound(still);
  const noticed = new Date(still.foundAt.getTime() - (isNoticedFirst(still) ? 0 : UNNOTICED_MS));
  // In three rounds: connections are few.
  const [ready, asked, paid] = await Promise.all([
    caughtUp(db(), last),
    unexplainedPayouts({ from, to }),
    paidSince({ from, to }, last, noticed),
  ]);
  const [waiting, ended, deposits] = await Promise.all([
    waitingPayouts(),
    endedSince(last, noticed, to),
    depositsSince(noticed, last, to),
  ]);
  const [numbers, accounts, shut] = await Promise.all([
    strangeNumbers(),
    strangeAccounts(),
    shutSince(still),
  ]);
  const payouts = (rows: LatePayout[]) => shownAll(reader, 'withdrawal', rows);
  return {
    ...{ ready, ended, deposits, shut },
    asked: shownAll(reader, 'withdrawal', asked),
    ...{ paid: payouts(paid), waiting: payouts(waiting) },
    numbers: shownAll(reader, 'accountNumber', numbers),
    accounts: shownAll(reader, 'account', accounts),
  };
}

type Span = { from: Date; to: Date };

/** Since people last let the books go on, until they did this time. */
async function spanOf({ foundAt, releasedAt }: Standstill): Promise<Span> {
  const before = await db().standstill.findFirst({
    where: { foundAt: { lt: foundAt }, releasedAt: { not: null } },
    orderBy: { foundAt: 'desc' },
    select: { releasedAt: true },
  });
  return { from: before?.releasedAt ?? new Date(0), to: releasedAt ?? new Date() };
}

/** Whether a worker knew before it took anything in. */
function isNoticedFirst({ facts }: Standstill): boolean {
  const { signs } = facts as { signs?: { lacks?: unknown[]; timeline?: unknown } };
  return (signs?.lacks?.length ?? 0) > 0 || Boolean(signs?.timeline);
}

export type UnexplainedPayout = {
  transferId: string;
  state: TransferState;
  amount: bigint;
  asset: string;
  accountId: string;
  at: Date;
  /** The withdrawal that it was, and of which wallet, by the mark on it. */
  withdrawalId: string;
  walletId: string | null;
  /** Null where these books don't know the wallet either. */
  walletName: string | null;
  /** The break that holds its account's payouts back until two people say what it was. */
  breakId: string | null;
  /** What the wallet has now: less than the amount where it was spent otherwise meanwhile. */
  available: bigint | null;
  beneficiaryName: string | null;
  destination: string | null;
  beneficiaryBank: string | null;
};

/** What left under a mark of ours for a withdrawal that these books don't know, or never sent, newest first. */
export function unexplainedPayouts({ from, to }: Span): Promise<UnexplainedPayout[]> {
  return db().$queryRaw<UnexplainedPayout[]>`
    SELECT t.id AS "transferId", t.state::text AS state, t.amount, t.asset, t.account_id AS "accountId", t.transacted_at AS at,
           t.marked_withdrawal_id::text AS "withdrawalId", t.marked_wallet_id::text AS "walletId", w.name AS "walletName", a.balance AS available, b.id::text AS "breakId",
           t.counterparty_name AS "beneficiaryName", t.counterparty_number AS "destination", t.counterparty_bank AS "beneficiaryBank"
    FROM transfers t
    LEFT JOIN wallets w ON w.id = t.marked_wallet_id
    LEFT JOIN ledger_accounts a ON a.owner_id = t.marked_wallet_id::text AND a.bucket = 'available' AND a.asset = t.asset
    LEFT JOIN proof_breaks b ON b.transfer_id = t.id AND b.kind = 'unexplained_payout' AND b.state <> 'cured'
    WHERE t.direction = 'outbound' AND t.wallet_id IS NULL AND t.created_at > ${from}::timestamptz AND t.created_at <= ${to}::timestamptz
      AND t.marked_withdrawal_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM withdrawals d WHERE d.id = t.marked_withdrawal_id AND d.submit_attempts > 0)
      AND NOT ${isMove(Prisma.sql`t`)}
    ORDER BY t.transacted_at DESC, t.id DESC LIMIT ${MOST}`;
}

type LatePayout = {
  id: string;
  status: WithdrawalStatus;
  amount: bigint;
  asset: string;
  at: Date;
  walletId: string;
  walletName: string;
  beneficiaryName: string | null;
  destination: string;
  beneficiaryBank: string | null;
};

const PAYOUT = Prisma.sql`
  d.id::text, d.status::text AS status, d.amount, d.asset, d.wallet_id::text AS "walletId", w.name AS "walletName",
  d.beneficiary_name AS "beneficiaryName", d.destination AS "destination", d.beneficiary_bank AS "beneficiaryBank"`;

/** Withdrawals that Fintoc had before these books sent them, or knew that they had: taken in, and not sent again. */
function paidSince({ from, to }: Span, foundAt: Date, noticed: Date): Promise<LatePayout[]> {
  return db().$queryRaw<LatePayout[]>`
    SELECT ${PAYOUT}, t.transacted_at AS at
    FROM withdrawals d JOIN transfers t ON t.id = d.transfer_id JOIN wallets w ON w.id = d.wallet_id
    WHERE (d.submit_attempts = 0
        OR (t.created_at > ${noticed}::timestamptz AND t.transacted_at < ${foundAt}::timestamptz))
      AND t.created_at > ${from}::timestamptz AND t.created_at <= ${to}::timestamptz
    ORDER BY t.transacted_at DESC, d.id DESC LIMIT ${MOST}`;
}

/** What will be paid once people let it. Of what was called off meanwhile nobody but people can know. */
function waitingPayouts(): Promise<LatePayout[]> {
  return db().$queryRaw<LatePayout[]>`
    SELECT ${PAYOUT}, d.created_at AS at
    FROM withdrawals d JOIN wallets w ON w.id = d.wallet_id
    WHERE d.status IN ('awaiting_approval', 'queued', 'submitting')
    ORDER BY d.created_at, d.id LIMIT ${MOST}`;
}

export type EndedTransfer = {
  id: string;
  direction: 'inbound' | 'outbound';
  state: TransferState;
  amount: bigint;
  asset: string;
  at: Date;
  walletId: string | null;
  walletName: string | null;
};

/** What these books knew, and what came back or failed while they were away. */
function endedSince(foundAt: Date, noticed: Date, to: Date): Promise<EndedTransfer[]> {
  return db().$queryRaw<EndedTransfer[]>`
    SELECT t.id, t.direction::text AS direction, t.state::text AS state, t.amount, t.asset, t.updated_at AS at,
           t.wallet_id::text AS "walletId", w.name AS "walletName"
    FROM transfers t LEFT JOIN wallets w ON w.id = t.wallet_id
    WHERE t.state IN ('return_pending', 'returned', 'failed', 'rejected') AND t.created_at <= ${foundAt}::timestamptz
      AND t.updated_at > ${noticed}::timestamptz AND t.updated_at <= ${to}::timestamptz
    ORDER BY t.updated_at DESC, t.id DESC LIMIT ${MOST}`;
}

type DepositsSince = { asset: string; count: number; amount: bigint; held: number };

/** What came in meanwhile: it is credited, or stands in suspense as ever. */
function depositsSince(noticed: Date, foundAt: Date, to: Date): Promise<DepositsSince[]> {
  return db().$queryRaw<DepositsSince[]>`
    SELECT asset, count(*)::int AS count, sum(amount)::bigint AS amount,
           count(*) FILTER (WHERE suspense_since IS NOT NULL)::int AS held
    FROM transfers
    WHERE direction = 'inbound' AND created_at > ${noticed}::timestamptz AND created_at <= ${to}::timestamptz
      AND transacted_at < ${foundAt}::timestamptz
    GROUP BY asset ORDER BY asset`;
}

type StrangeNumber = { id: string; number: string; description: string | null; status: string; at: Date };

/** Account numbers made for wallets that these books don't know. What arrives on them goes to suspense. */
function strangeNumbers(): Promise<StrangeNumber[]> {
  return db().$queryRaw<StrangeNumber[]>`
    SELECT n.id, n.number, n.description, n.status, n.created_at AS at
    FROM account_numbers n
    WHERE NOT n.is_root AND n.status <> 'deleted' AND n.metadata->>'wallet_id' <> ''
      AND NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id::text = n.metadata->>'wallet_id')
      AND NOT EXISTS (SELECT 1 FROM wallet_assets h WHERE h.account_number_id = n.id)
    ORDER BY n.created_at DESC, n.id DESC LIMIT ${MOST}`;
}

type StrangeAccount = {
  id: string;
  number: string;
  description: string | null;
  asset: string;
  balance: bigint;
};

/** Accounts of no wallet: made for wallets that these books don't know, or by hand. */
function strangeAccounts(): Promise<StrangeAccount[]> {
  return db().$queryRaw<StrangeAccount[]>`
    SELECT a.id, a.root_account_number AS number, a.description, a.asset, a.available_balance AS balance
    FROM accounts a
    WHERE NOT a.is_root AND a.status = 'active' AND NOT EXISTS (SELECT 1 FROM wallet_assets h WHERE h.account_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM pattern_moves m WHERE a.id IN (m.from_account_id, m.to_account_id))
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${MOST}`;
}
