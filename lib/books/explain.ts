import { decidedOn } from '~/lib/approvals/decided';
import { db } from '~/lib/db';
import { adjustmentIdOf } from '~/lib/ledger/cause';
import type { WalletBucket } from '~/lib/ledger/chart';
import { type BalanceQuestion, explainBalance, walletAccounts } from '~/lib/ledger/history';
import type { LedgerAccountRow } from '~/lib/ledger/read';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, type Shown, shown, shownAll } from '~/lib/people/sight';
import type {
  Adjustment,
  InboxEvent,
  LedgerEntry,
  LedgerTransaction,
  Transfer,
  Withdrawal,
} from '~/prisma/generated/client';

/** What caused a transaction, as far as there is any of it; people by name. */
type Cause = {
  event: Pick<InboxEvent, 'id' | 'type' | 'state' | 'receivedAt'> | null;
  transfer: Pick<
    Transfer,
    'id' | 'direction' | 'state' | 'trackingKey' | 'counterpartyName' | 'origin'
  > | null;
  withdrawal: (Shown<'withdrawal', Paid> & { requestedBy: string | null; approvedBy: string | null }) | null;
  adjustment: (Moved & { requestedBy: string | null; decidedBy: string | null }) | null;
  operator: string | null;
};
type Paid = Pick<
  Withdrawal,
  'id' | 'status' | 'beneficiaryName' | 'destination' | 'transferId' | 'requestedById'
>;
type Moved = Pick<Adjustment, 'id' | 'status' | 'reason' | 'requestedById'>;

/** `change`: what it did to the balance, in the account's own side. */
export type ExplainedEntry = LedgerEntry & {
  change: bigint;
  transaction: LedgerTransaction;
  cause: Cause;
};

export type ExplainedBalance = {
  account: LedgerAccountRow & { createdAt: Date; nonNegative: boolean };
  balance: bigint;
  /** How many entries make the balance. */
  count: bigint;
  items: ExplainedEntry[];
  /** The balance before the last of them. */
  carried: bigint;
  nextCursor: string | null;
};

/** The balance of one of a wallet's kinds in one of its assets, explained. Null for a balance to which nothing was ever posted. */
export async function explainWalletBalance(
  reader: Reader,
  {
    walletId,
    asset,
    bucket,
    ...question
  }: Omit<BalanceQuestion, 'accountId'> & { walletId: string; asset: string; bucket: WalletBucket },
): Promise<ExplainedBalance | null> {
  const account = (await walletAccounts(walletId, asset)).find((each) => each.bucket === bucket);
  return account ? explainLedgerAccount(reader, { ...question, accountId: account.id }) : null;
}

/**
 * The balance of any ledger account down to what caused it, now or at a moment: each entry with its transaction, the
 * event that told us, the transfer at Fintoc, and the people who asked for it and approved it.
 */
export async function explainLedgerAccount(
  reader: Reader,
  question: BalanceQuestion,
): Promise<ExplainedBalance> {
  const explained = await explainBalance(question);
  const causes = await causesOf(
    reader,
    explained.items.map(({ transaction }) => transaction),
  );
  return {
    ...explained,
    items: explained.items.map((entry) => ({
      ...entry,
      transaction: shown(reader, 'posting', null, entry.transaction),
      cause: causes(entry.transaction),
    })),
  };
}

/** What caused transactions, in a handful of queries for all of them. */
async function causesOf(reader: Reader, transactions: LedgerTransaction[]) {
  const withdrawals = await db().withdrawal.findMany({
    where: { id: { in: present(transactions.map(({ withdrawalId }) => withdrawalId)) } },
    select: {
      id: true,
      status: true,
      beneficiaryName: true,
      destination: true,
      transferId: true,
      requestedById: true,
    },
  });
  const adjustments = await db().adjustment.findMany({
    where: { id: { in: present(transactions.map(adjustmentIdOf)) } },
    select: { id: true, status: true, reason: true, requestedById: true },
  });
  const withdrawalOf = byId(shownAll(reader, 'withdrawal', withdrawals));
  const adjustmentOf = byId(shownAll(reader, 'adjustment', adjustments));
  const transferIdOf = ({ transferId, withdrawalId }: LedgerTransaction) =>
    transferId ?? withdrawalOf.get(withdrawalId ?? '')?.transferId ?? null;
  const [decided, adjusted, transfers, events, names] = await Promise.all([
    decidedOn(
      db(),
      'withdrawal.pay',
      withdrawals.map(({ id }) => id),
    ),
    decidedOn(
      db(),
      'adjustment.post',
      adjustments.map(({ id }) => id),
    ),
    db().transfer.findMany({
      where: { id: { in: present(transactions.map(transferIdOf)) } },
      select: {
        id: true,
        direction: true,
        state: true,
        trackingKey: true,
        counterpartyName: true,
        origin: true,
      },
    }),
    db().inboxEvent.findMany({
      where: { id: { in: present(transactions.map(({ eventId }) => eventId)) } },
      select: { id: true, type: true, state: true, receivedAt: true },
    }),
    operatorNames(
      present([
        ...transactions.map(({ operatorId }) => operatorId),
        ...withdrawals.map(({ requestedById }) => requestedById),
        ...adjustments.map(({ requestedById }) => requestedById),
      ]),
    ),
  ]);
  const [transferOf, eventOf] = [byId(shownAll(reader, 'transfer', transfers)), byId(events)];
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  return (transaction: LedgerTransaction): Cause => {
    const withdrawal = withdrawalOf.get(transaction.withdrawalId ?? '');
    const adjustment = adjustmentOf.get(adjustmentIdOf(transaction) ?? '');
    return {
      event: eventOf.get(transaction.eventId ?? '') ?? null,
      transfer: transferOf.get(transferIdOf(transaction) ?? '') ?? null,
      withdrawal: withdrawal
        ? {
            ...withdrawal,
            requestedBy: nameOf(withdrawal.requestedById),
            approvedBy: decided.get(withdrawal.id)?.operatorName ?? null,
          }
        : null,
      adjustment: adjustment
        ? {
            ...adjustment,
            requestedBy: nameOf(adjustment.requestedById),
            decidedBy: adjusted.get(adjustment.id)?.operatorName ?? null,
          }
        : null,
      operator: nameOf(transaction.operatorId),
    };
  };
}

function byId<Row extends { id: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function present(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
