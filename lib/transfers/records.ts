import { type Queryable, StaleRead, sqlState, statement } from '~/lib/db';
import { type Posting, toBatch } from '~/lib/ledger/post';
import { eventRow, type NewEvent } from '~/lib/outbox/emit';
import { LeaseLost } from '~/lib/queue';
import { railAndId } from '~/lib/rails/ids';
import type { EventNote, RailTransfer } from '~/lib/rails/rail-says';
import { railActorNamed } from '~/lib/rails/registry';
import { fromColumns, toColumns } from '~/lib/transfers/columns';
import {
  type DepositLimits,
  type PoolColumns,
  type PoolIn,
  readLimits,
  readPools,
  type Unread,
} from '~/lib/transfers/deposit-limits';
import { isUuid } from '~/lib/uuid';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import type { InboxEventState, Transfer, WalletTerms, Withdrawal } from '~/prisma/generated/client';

/** One look at a transfer: what its rail said of it, and how we came to know. */
export type Sighting = {
  transfer: RailTransfer;
  origin: 'webhook' | 'poll' | 'submission' | 'operator';
  /** What the event that told of it adds; absent where none told of it. */
  note?: EventNote;
  eventId?: string;
  /** When the rail said it; the books take it as when it happened, unless the transfer itself says. */
  saidAt: Date;
  /** What two people said that it means, where the rail's word says nothing. */
  ruling?: 'succeeded' | 'failed';
};

/** Tells whether a row is still the one that was read; null for one that isn't there yet. */
type Versioned<Row> = Row & { version: string | null };

/** What happened, and by the word of which rail. */
export type Told = NewEvent & { rail: string };

/** A transfer's row, changed in memory until it is written. */
export type TransferRow = Versioned<Omit<Transfer, 'createdAt' | 'updatedAt' | 'askedAt' | 'returnSentAt'>>;
export type WithdrawalRow = Versioned<
  Pick<
    Withdrawal,
    | 'id'
    | 'walletId'
    | 'accountId'
    | 'amount'
    | 'feeAmount'
    | 'status'
    | 'transferId'
    | 'leaseUntil'
    | 'failureCode'
    | 'failureDetail'
    | 'destination'
  >
>;
export type WalletRow = Versioned<
  Pick<
    AssetWallet,
    'id' | 'kind' | 'houseRole' | 'asset' | 'status' | 'pattern' | 'accountId' | 'accountNumberId'
  > &
    Pick<
      WalletTerms,
      | 'depositsEnabled'
      | 'depositFeeAmount'
      | 'depositFeeBps'
      | 'depositFeeMin'
      | 'depositFeeMax'
      | 'refundFeeOnReturn'
      | 'debtShareBps'
    > & {
      /** What may come in; null where the terms set no limit. */
      limits: DepositLimits | null;
      /** What its portfolio may hold as a whole; null where nothing limits that. */
      pool: PoolIn | null;
      /** Only read for batches with a return in them, and where the terms limit it. */
      available: bigint | null;
      /** What is set aside; only read where the terms limit what a wallet may have. */
      reserved: bigint | null;
      /** What its customer owes for deposits that went back after they were spent. */
      debt: bigint;
    }
>;

/** Of wallets that moved from one account of ours to another. */
export type Moves = {
  /** What brings their money along, as it was decided; `transferId` once its payment is known. */
  payments: {
    id: string;
    transferId: string | null;
    accountId: string;
    toAccountId: string;
    destination: string;
    amount: bigint;
  }[];
  /** Numbers for such money alone, and the amounts that each waits for. */
  arrivals: ReadonlyMap<string, bigint[]>;
  /** Whose a number was, and still receives for. */
  former: ReadonlyMap<string, string>;
};

export type Rows = {
  transfers: TransferRow[];
  withdrawals: WithdrawalRow[];
  wallets: WalletRow[];
  moves: Moves;
};

type Found = {
  transfers: object[];
  withdrawals: object[];
  wallets: object[];
  debts: Record<string, string> | null;
  moves: { payments: object[]; arrivals: Record<string, string[]>; former: Record<string, string> };
};

/** Reads, with one query for the whole batch, the rows that its postings rest on. */
export async function readRows(client: Queryable, sightings: Sighting[]): Promise<Rows> {
  const transfers = sightings.map(({ transfer }) => transfer);
  const unique = (ids: (string | null | undefined)[]) => [...new Set(ids.filter((id) => id != null))];
  const uuids = (ids: (string | null)[]) => unique(ids).filter((id) => isUuid(id));
  const isReturn = sightings.some(
    ({ transfer, note }) => transfer.goesBack || note === 'return_failed' || note === 'reversed',
  );
  const [found] = await statement<Found>(
    client,
    `SELECT transfers, withdrawals, wallets, wallet_debts(wallets) AS debts, moves_context($1::text[], $2::text[], $5::uuid[]) AS moves
     FROM transfer_context($1::text[], $2::text[], $3::text[], $4::uuid[] || moved_wallets($2::text[]), $5::uuid[], $6::text[], $7::boolean)`,
    [
      unique(transfers.map(({ id }) => id)),
      unique(transfers.map(({ number }) => number?.id)),
      unique(transfers.map(({ accountId }) => accountId)),
      uuids(transfers.map(({ number }) => number?.marks.walletId ?? null)),
      uuids(transfers.map(({ marks }) => marks.withdrawalId)),
      unique(transfers.map(({ asset }) => asset)),
      isReturn,
    ],
  );
  if (!found) throw new Error('transfer_context answered nothing.');
  const wallets = found.wallets.map(
    fromColumns<Omit<WalletRow, 'limits' | 'pool' | 'debt'> & Unread & { pool: PoolColumns | null }>,
  );
  const limits = await readLimits(client, wallets);
  const pools = readPools(wallets);
  return {
    transfers: found.transfers.map(fromColumns<TransferRow>),
    withdrawals: found.withdrawals.map(fromColumns<WithdrawalRow>),
    wallets: wallets.map((wallet, nth) => ({
      ...wallet,
      limits: limits[nth] ?? null,
      pool: pools[nth] ?? null,
      debt: BigInt(found.debts?.[`${wallet.id} ${wallet.asset}`] ?? 0),
    })),
    moves: {
      payments: found.moves.payments.map(fromColumns<Moves['payments'][number]>),
      arrivals: new Map(
        Object.entries(found.moves.arrivals).map(([id, amounts]) => [id, amounts.map(BigInt)]),
      ),
      former: new Map(Object.entries(found.moves.former)),
    },
  };
}

/** The row of a transfer that is seen for the first time. */
export function newRow({ transfer, origin }: Sighting): TransferRow {
  const { counterparty, number } = transfer;
  return {
    version: null,
    id: transfer.id,
    rail: railAndId(transfer.id).rail,
    direction: transfer.direction,
    state: 'seen',
    status: transfer.status,
    amount: transfer.amount,
    asset: transfer.asset,
    accountId: transfer.accountId,
    accountNumberId: number?.id ?? null,
    accountNumber: number?.number ?? null,
    walletId: null,
    purpose: null,
    suspenseReason: null,
    suspenseSince: null,
    counterpartyName: counterparty.name,
    counterpartyTaxId: counterparty.taxId,
    counterpartyNumber: counterparty.number,
    counterpartyBank: counterparty.bank,
    trackingKey: transfer.trackingKey,
    referenceId: transfer.referenceId,
    comment: transfer.comment,
    receiptUrl: transfer.receiptUrl,
    returnReason: transfer.returnReason,
    errorReason: transfer.errorReason,
    returnAttempts: 0,
    returnRequestedAt: null,
    returnBeganAt: null,
    returnReserved: 0n,
    ...marksOf(transfer),
    origin,
    mode: transfer.mode,
    transactedAt: transfer.transactedAt,
  };
}

/** For which withdrawal, and of which wallet, a payment says that it was made: by what we wrote on it. */
function marksOf({ direction, marks }: RailTransfer) {
  const idOf = (mark: string | null) => (direction === 'outbound' && mark && isUuid(mark) ? mark : null);
  return { markedWithdrawalId: idOf(marks.withdrawalId), markedWalletId: idOf(marks.walletId) };
}

/** What is to be written, resting on the rows that were read. */
export type Changes = {
  transfers: TransferRow[];
  wallets: WalletRow[];
  withdrawals: (WithdrawalRow & { isChanged: boolean })[];
  postings: Posting[];
  /** What the world is told of it, in order. */
  told: Told[];
  /** Payments of moves whose transfer became known. */
  moved: { id: string; transferId: string | null }[];
};

/** What a worker holds its events by; `ends` with what is written now, or goes on. */
export type EventClaim = { id: bigint; ends: boolean };

/** What apply_transfers says when a claim is gone. */
const LEASE_LOST = 'MQ001';

/** Stored events that a batch settles, and the claim that they are held by. */
export type Settled = {
  events: { id: string; state: InboxEventState; reason: string | null }[];
  claim: EventClaim | null;
};

/**
 * Writes a batch by one statement, whole or not at all. Throws StaleRead when one of its rows changed since it was
 * read, or when a balance doesn't suffice: then everything is to be read and planned again. Throws LeaseLost when the
 * worker's claim ran out.
 */
export async function writeChanges(client: Queryable, changes: Changes, settled?: Settled): Promise<void> {
  const created = changes.transfers.filter(({ version }) => version === null);
  const known = changes.transfers.filter(({ version }) => version !== null);
  const batch = JSON.stringify({
    created: created.map(toColumns),
    known: known.map(({ id, version }) => ({ id, version })),
    changed: known.map(toColumns),
    // A wallet of two assets comes twice, and stands once.
    wallets: [...new Map(changes.wallets.map(({ id, version }) => [id, { id, version }])).values()],
    withdrawals: changes.withdrawals.map(toColumns),
    postings: toBatch(changes.postings),
    told: changes.told.map(({ rail, ...event }) => eventRow(event, railActorNamed(rail))),
    ...(changes.moved.length > 0 && { moves: changes.moved.map(toColumns) }),
    ...(settled && { events: settled.events }),
    ...(settled?.claim && { claim: settled.claim.id.toString(), ends_claim: settled.claim.ends }),
  });
  try {
    await statement(client, 'SELECT 1 AS done FROM apply_transfers($1::jsonb)', [batch]);
  } catch (error) {
    if (sqlState(error) === '40001') throw new StaleRead(error);
    if (sqlState(error) === LEASE_LOST) throw new LeaseLost('The events are in other hands.');
    throw error;
  }
}
