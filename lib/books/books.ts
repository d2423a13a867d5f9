import { db } from '~/lib/db';
import { adjustmentIdOf } from '~/lib/ledger/cause';
import {
  getLedgerAccount,
  getLedgerTransaction,
  type LedgerAccountRow,
  type LedgerTransactionFilter,
  listLedgerTransactions,
} from '~/lib/ledger/read';
import { PAGE_SIZE } from '~/lib/pagination';
import { type Reader, shown, shownAll } from '~/lib/people/sight';
import { isUuid } from '~/lib/uuid';
import { holdersOf } from '~/lib/wallets/account-holders';
import type {
  Adjustment,
  InboxEvent,
  Operator,
  Prisma,
  Transfer,
  Withdrawal,
} from '~/prisma/generated/client';

/**
 * The ledger as the console shows it. The ledger itself knows no wallets and no people; here its accounts get the
 * names of their owners and its transactions what they belong to.
 */
export type Owner = { kind: 'wallet' | 'account'; id: string; name: string; houseRole: string | null };

/** Whose each ledger account is, by owner id: a wallet with its customer, or a Fintoc account. */
export async function ownersOf(accounts: { ownerId: string | null }[]): Promise<Map<string, Owner>> {
  const ids = [...new Set(accounts.flatMap(({ ownerId }) => (ownerId ? [ownerId] : [])))];
  const walletIds = ids.filter((id) => isUuid(id));
  const [wallets, fintocAccounts] = await Promise.all([
    db().wallet.findMany({
      where: { id: { in: walletIds } },
      select: WHOSE,
    }),
    db().account.findMany({
      where: { id: { in: ids } },
      select: { id: true, description: true, rootAccountNumber: true, isRoot: true },
    }),
  ]);
  const holders = await holdersOf(fintocAccounts);
  return new Map<string, Owner>([
    ...wallets.map((wallet): [string, Owner] => [
      wallet.id,
      { kind: 'wallet', id: wallet.id, ...wordsOf(wallet) },
    ]),
    ...fintocAccounts.map(({ id, description, rootAccountNumber }): [string, Owner] => {
      // One that is one wallet's alone is called as that is.
      const holder = holders.get(id);
      const words = holder ? wordsOf(holder) : { name: description || rootAccountNumber, houseRole: null };
      return [id, { kind: 'account', id, ...words }];
    }),
  ]);
}

const WHOSE = { id: true, name: true, houseRole: true, customer: { select: { name: true } } } as const;

type Whose = Prisma.WalletGetPayload<{ select: typeof WHOSE }>;

function wordsOf({ name, houseRole, customer }: Whose): Pick<Owner, 'name' | 'houseRole'> {
  return { name: customer && customer.name !== name ? `${name} · ${customer.name}` : name, houseRole };
}

export type LedgerAccountRecord = LedgerAccountRow & {
  createdAt: Date;
  nonNegative: boolean;
  owner: Owner | null;
};

export async function getLedgerAccountPage(id: bigint): Promise<LedgerAccountRecord> {
  const account = await getLedgerAccount(id);
  const owner = account.ownerId ? (await ownersOf([account])).get(account.ownerId) : undefined;
  return { ...account, owner: owner ?? null };
}

type Posted = Prisma.LedgerTransactionGetPayload<{ include: { entries: { include: { account: true } } } }>;

export type LedgerTransactionRecord = Posted & {
  /** Of its accounts, by owner id. */
  owners: Map<string, Owner>;
  transfer: Pick<Transfer, 'id' | 'direction' | 'state' | 'amount' | 'asset' | 'trackingKey'> | null;
  withdrawal: Pick<Withdrawal, 'id' | 'status' | 'amount' | 'asset' | 'beneficiaryName'> | null;
  adjustment: Pick<Adjustment, 'id' | 'status' | 'reason'> | null;
  event: Pick<InboxEvent, 'id' | 'type' | 'state' | 'origin' | 'receivedAt'> | null;
  operator: Pick<Operator, 'id' | 'name'> | null;
};

/** A transaction with what caused it: transfer, withdrawal, adjustment, event and operator, as far as there are any. */
export async function getLedgerTransactionPage(reader: Reader, id: bigint): Promise<LedgerTransactionRecord> {
  const found = await getLedgerTransaction(id);
  const adjustmentId = adjustmentIdOf(found);
  const [owners, transfer, withdrawal, adjustment, event, operator] = await Promise.all([
    ownersOf(found.entries.map(({ account }) => account)),
    found.transferId
      ? db().transfer.findUnique({
          where: { id: found.transferId },
          select: { id: true, direction: true, state: true, amount: true, asset: true, trackingKey: true },
        })
      : null,
    found.withdrawalId
      ? db().withdrawal.findUnique({
          where: { id: found.withdrawalId },
          select: { id: true, status: true, amount: true, asset: true, beneficiaryName: true },
        })
      : null,
    adjustmentId
      ? db().adjustment.findUnique({
          where: { id: adjustmentId },
          select: { id: true, status: true, reason: true },
        })
      : null,
    found.eventId
      ? db().inboxEvent.findUnique({
          where: { id: found.eventId },
          select: { id: true, type: true, state: true, origin: true, receivedAt: true },
        })
      : null,
    found.operatorId
      ? db().operator.findUnique({ where: { id: found.operatorId }, select: { id: true, name: true } })
      : null,
  ]);
  return {
    ...shown(reader, 'posting', null, found),
    owners,
    transfer,
    withdrawal: withdrawal && shown(reader, 'withdrawal', null, withdrawal),
    adjustment: adjustment && shown(reader, 'adjustment', null, adjustment),
    event,
    operator,
  };
}

/** The journal, newest transactions first, with their entries. */
export async function listJournal(reader: Reader, filter: LedgerTransactionFilter, size = PAGE_SIZE) {
  const { items, nextCursor } = await listLedgerTransactions(filter, size);
  return { items: shownAll(reader, 'posting', items), nextCursor };
}
