import { db } from '~/lib/db';
import { type FlowEntry, type FlowFilter, listFlowEntries } from '~/lib/ledger/flow-entries';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, type Shown, shown } from '~/lib/people/sight';
import { late } from '~/lib/replica';

type Payment = {
  id: string;
  direction: 'inbound' | 'outbound';
  counterpartyName: string | null;
  counterpartyNumber: string | null;
  counterpartyBank: string | null;
  trackingKey: string | null;
};
type Whose = {
  id: string;
  name: string;
  houseRole: string | null;
  customer: { id: string; name: string } | null;
};

/** One entry of a figure of the day, with the payment behind it and whose money it is, as far as there are any. */
export type DayLine = FlowEntry & {
  asset: string;
  transactionId: bigint;
  withdrawalId: string | null;
  transfer: Shown<'transfer', Payment> | null;
  wallet: Whose | null;
};

const WALLET = {
  select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
} as const;

/** The entries that a figure of the day is the sum of, the latest at the bank first. */
export const listDayLines = late(pageOfDay);

async function pageOfDay(reader: Reader, filter: FlowFilter, size = PAGE_SIZE): Promise<Page<DayLine>> {
  const { items, nextCursor } = await listFlowEntries(filter, size);
  const entries = await db().ledgerEntry.findMany({
    where: { id: { in: items.map(({ id }) => id) } },
    select: { id: true, transaction: { select: { id: true, transferId: true, withdrawalId: true } } },
  });
  const transactionOf = new Map(entries.map(({ id, transaction }) => [id, transaction]));
  const [transfers, withdrawals] = await Promise.all([
    db().transfer.findMany({
      where: { id: { in: present(entries.map(({ transaction }) => transaction.transferId)) } },
      select: {
        ...{ id: true, direction: true, counterpartyName: true, counterpartyNumber: true },
        ...{ counterpartyBank: true, trackingKey: true, wallet: WALLET },
      },
    }),
    db().withdrawal.findMany({
      where: { id: { in: present(entries.map(({ transaction }) => transaction.withdrawalId)) } },
      select: { id: true, wallet: WALLET },
    }),
  ]);
  const transferOf = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  const walletOf = new Map(withdrawals.map(({ id, wallet }) => [id, wallet]));
  return {
    nextCursor,
    items: items.map((entry) => {
      const transaction = transactionOf.get(entry.id);
      const { wallet, ...transfer } = transferOf.get(transaction?.transferId ?? '') ?? { wallet: null };
      const withdrawalId = transaction?.withdrawalId ?? null;
      return {
        ...entry,
        asset: filter.asset,
        transactionId: transaction?.id ?? 0n,
        withdrawalId,
        transfer: 'id' in transfer ? shown(reader, 'transfer', null, transfer) : null,
        wallet: wallet ?? walletOf.get(withdrawalId ?? '') ?? null,
      };
    }),
  };
}

function present(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
