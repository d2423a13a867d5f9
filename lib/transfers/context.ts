import type { Tx } from '~/lib/db';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import { type HouseWallets, houseWallets } from '~/lib/house';
import type { Posting } from '~/lib/ledger/post';
import { availableBalances } from '~/lib/ledger/read';
import { isAsset } from '~/lib/money';
import type { Step } from '~/lib/transfers/lifecycle';
import type { PostingContext } from '~/lib/transfers/postings';
import type { LockedTransfer, Sighting } from '~/lib/transfers/records';
import type { Wallet, WalletTerms, Withdrawal, WithdrawalStatus } from '~/prisma/generated/client';

type WalletWithTerms = Wallet & { terms: WalletTerms };

/** Fintoc's daily settlement carries this comment and no mark beside it (fintoc.com docs, daily settlement). */
const SETTLEMENT_COMMENT = /^fintoc daily settlement$/i;

/** An account verification sends 0.01 MXN from the root account. */
const VERIFICATION_AMOUNT = 1n;

/** Reads, in a handful of queries for the whole batch, what the postings need to know. */
export async function loadContext(tx: Tx, sightings: Sighting[], rows: Map<string, LockedTransfer>) {
  const withdrawals = await lockWithdrawals(tx, sightings, [...rows.keys()]);
  const wallets = await findWallets(tx, sightings, [...rows.values()], withdrawals);
  const houses = new Map<string, HouseWallets>();
  for (const asset of new Set(sightings.map(({ transfer }) => transfer.currency))) {
    if (!isAsset(asset)) throw new Error(`Fintoc speaks of an unknown currency ${asset}.`);
    houses.set(asset, await houseWallets(tx, asset));
  }
  const returning = sightings.some(({ transfer, eventType }) =>
    /return|revers/.test(`${transfer.status} ${eventType}`),
  );
  const available = returning
    ? await availableBalances(tx, [...wallets.byId.keys()])
    : new Map<string, bigint>();
  return new TransferContext(wallets, withdrawals, houses, available);
}

export class TransferContext {
  private readonly wallets: FoundWallets;
  private readonly withdrawals: Withdrawal[];
  private readonly houses: Map<string, HouseWallets>;
  private readonly available: Map<string, bigint>;
  private readonly changed = new Set<Withdrawal>();

  constructor(
    wallets: FoundWallets,
    withdrawals: Withdrawal[],
    houses: Map<string, HouseWallets>,
    available: Map<string, bigint>,
  ) {
    this.wallets = wallets;
    this.withdrawals = withdrawals;
    this.houses = houses;
    this.available = available;
  }

  /** Says whose a transfer is that has no posting yet. */
  place(row: LockedTransfer, transfer: FintocTransfer): void {
    if (row.direction === 'inbound') {
      row.walletId = this.destination(row, transfer)?.id ?? null;
      return;
    }
    const withdrawal = this.withdrawalOf(row, transfer);
    if (withdrawal) {
      withdrawal.transferId = row.id;
      row.walletId = withdrawal.walletId;
      this.changed.add(withdrawal);
    } else if (SETTLEMENT_COMMENT.test(row.comment ?? '')) row.purpose = 'settlement';
    else row.purpose = row.amount === VERIFICATION_AMOUNT ? 'verification' : 'external';
  }

  forPosting(row: LockedTransfer): Omit<PostingContext, 'transfer' | 'at' | 'eventId'> {
    const wallet = row.walletId ? this.wallets.byId.get(row.walletId) : undefined;
    const suspended = row.direction === 'inbound' && this.suspenseReason(row, wallet) !== null;
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id) ?? null;
    const house = this.houses.get(row.asset);
    if (!house) throw new Error(`No house wallets of ${row.asset}.`);
    return {
      wallet: suspended || !wallet ? null : wallet,
      withdrawal,
      fees: house.fees,
      house: row.purpose === 'settlement' ? house.settlement : house.operating,
      depositFee: wallet?.kind === 'customer' ? wallet.terms.depositFeeAmount : 0n,
      refundFeeOnReturn: wallet?.terms.refundFeeOnReturn ?? true,
      available: this.available.get(row.walletId ?? '') ?? 0n,
    };
  }

  /** Keeps what a planned posting changes, for the steps after it in the same batch. */
  track(row: LockedTransfer, step: Step, posting: Posting): void {
    for (const { account, amount } of posting.lines) {
      if (!account.walletId) continue;
      this.available.set(account.walletId, (this.available.get(account.walletId) ?? 0n) - amount);
    }
    if (step === 'credit') {
      const wallet = row.walletId ? this.wallets.byId.get(row.walletId) : undefined;
      row.suspenseReason = this.suspenseReason(row, wallet);
      row.suspenseSince = row.suspenseReason ? new Date() : null;
    }
    if (step === 'reserve_return') {
      row.returnReserved = posting.lines.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
    }
    if (step === 'undo_return' || step === 'complete_return') row.returnReserved = 0n;
  }

  /** The withdrawal that an outbound transfer pays goes where the transfer went. */
  advanceWithdrawal(row: LockedTransfer, transfer: FintocTransfer): void {
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id);
    const status = WITHDRAWAL_STATUS[row.state];
    if (!withdrawal || !status || withdrawal.status === status) return;
    withdrawal.status = status;
    withdrawal.leaseUntil = null;
    const failed = status === 'failed' || status === 'rejected' || status === 'returned';
    withdrawal.failureCode = failed ? (transfer.return_reason ?? transfer.error_reason ?? status) : null;
    withdrawal.failureDetail = null;
    this.changed.add(withdrawal);
  }

  async saveWithdrawals(tx: Tx): Promise<void> {
    for (const { id, status, transferId, leaseUntil, failureCode, failureDetail } of this.changed) {
      await tx.withdrawal.update({
        where: { id },
        data: { status, transferId, leaseUntil, failureCode, failureDetail },
      });
    }
  }

  /** The wallet that an inbound transfer is for: by CLABE, else by account where the account is the wallet's own. */
  private destination(row: LockedTransfer, transfer: FintocTransfer): WalletWithTerms | undefined {
    const byNumber = row.accountNumberId ? this.wallets.byNumberId.get(row.accountNumberId) : undefined;
    if (byNumber) return byNumber;
    const byAccount = this.wallets.byAccountId.get(row.accountId);
    if (byAccount) return byAccount;
    // The CLABE was made for a wallet and its answer never reached us: the mark we put on it still says whose it is.
    const marked = this.wallets.byId.get(metadataText(transfer.account_number, 'wallet_id') ?? '');
    return marked && marked.accountNumberId === null ? marked : undefined;
  }

  private suspenseReason(row: LockedTransfer, wallet: WalletWithTerms | undefined): string | null {
    // Once credited, where the money stands is on the row: the wallet may have been frozen since.
    if (row.state !== 'seen') return row.suspenseReason;
    if (!wallet || wallet.asset !== row.asset) return 'unknown_number';
    if (wallet.status === 'frozen') return 'wallet_frozen';
    if (wallet.status === 'closed') return 'wallet_closed';
    return wallet.terms.depositsEnabled ? null : 'deposits_disabled';
  }

  private withdrawalOf(row: LockedTransfer, transfer: FintocTransfer): Withdrawal | undefined {
    const id = metadataText(transfer, 'withdrawal_id');
    return this.withdrawals.find(
      (withdrawal) =>
        withdrawal.transferId === row.id ||
        (withdrawal.id === id &&
          withdrawal.transferId === null &&
          // One that ended has given its hold back: whatever pays under its mark is not its payment.
          (withdrawal.status === 'submitting' || withdrawal.status === 'queued') &&
          withdrawal.amount === row.amount &&
          withdrawal.accountId === row.accountId),
    );
  }
}

const WITHDRAWAL_STATUS: Partial<Record<LockedTransfer['state'], WithdrawalStatus>> = {
  pending: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  rejected: 'rejected',
  returned: 'returned',
};

type FoundWallets = {
  byId: Map<string, WalletWithTerms>;
  byNumberId: Map<string, WalletWithTerms>;
  byAccountId: Map<string, WalletWithTerms>;
};

async function findWallets(
  tx: Tx,
  sightings: Sighting[],
  rows: LockedTransfer[],
  withdrawals: Withdrawal[],
): Promise<FoundWallets> {
  const ids = [
    ...rows.map(({ walletId }) => walletId),
    ...withdrawals.map(({ walletId }) => walletId),
    ...sightings.map(({ transfer }) => metadataText(transfer.account_number, 'wallet_id')),
  ].filter((id): id is string => id !== null && UUID.test(id));
  const numberIds = rows.map(({ accountNumberId }) => accountNumberId).filter((id) => id !== null);
  const found = await tx.wallet.findMany({
    where: {
      OR: [
        { id: { in: [...new Set(ids)] } },
        { accountNumberId: { in: [...new Set(numberIds)] } },
        {
          accountId: { in: [...new Set(rows.map(({ accountId }) => accountId))] },
          pattern: { in: ['B', 'C'] },
        },
      ],
    },
    select: { id: true },
  });
  // Held until the batch is posted: nobody freezes or closes a wallet between our look at it and the credit.
  const locked = found.map(({ id }) => id).sort();
  await tx.$queryRaw`SELECT 1 AS locked FROM wallets WHERE id = ANY (${locked}::uuid[]) ORDER BY id FOR SHARE`;
  const wallets = await tx.wallet.findMany({ where: { id: { in: locked } }, include: { terms: true } });
  return {
    byId: new Map(wallets.map((wallet) => [wallet.id, wallet])),
    byNumberId: new Map(
      wallets.flatMap((wallet) => (wallet.accountNumberId ? [[wallet.accountNumberId, wallet]] : [])),
    ),
    byAccountId: new Map(
      wallets.flatMap((wallet) =>
        wallet.accountId && wallet.pattern !== 'A' ? [[wallet.accountId, wallet]] : [],
      ),
    ),
  };
}

async function lockWithdrawals(tx: Tx, sightings: Sighting[], transferIds: string[]): Promise<Withdrawal[]> {
  const ids = sightings
    .map(({ transfer }) => metadataText(transfer, 'withdrawal_id'))
    .filter((id): id is string => id !== null && UUID.test(id));
  const where = { OR: [{ id: { in: ids } }, { transferId: { in: transferIds } }] };
  const found = await tx.withdrawal.findMany({ where, select: { id: true } });
  if (found.length === 0) return [];
  const locked = found.map(({ id }) => id).sort();
  await tx.$queryRaw`SELECT 1 AS locked FROM withdrawals WHERE id = ANY (${locked}::uuid[]) ORDER BY id FOR UPDATE`;
  return tx.withdrawal.findMany({ where: { id: { in: locked } } });
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function metadataText(holder: object | null | undefined, key: string): string | null {
  const metadata = (holder as { metadata?: Record<string, unknown> | null } | null | undefined)?.metadata;
  const value = metadata?.[key];
  return typeof value === 'string' ? value : null;
}
