import { db } from '~/lib/db';
import { coverOf } from '~/lib/deposits/returns';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { counterpartyOf } from '~/lib/people/masking';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, type Shown, shown } from '~/lib/people/sight';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import type { Prisma, Transfer } from '~/prisma/generated/client';

const WALLET = {
  select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
} as const;

const SHOWN = {
  wallet: WALLET,
  transfer: {
    select: {
      ...{ amount: true, asset: true, direction: true },
      ...{ counterpartyName: true, counterpartyNumber: true, counterpartyBank: true },
    },
  },
} as const;

type Kept = Prisma.DepositRequestGetPayload<{ include: typeof SHOWN }>;

export type AskedOfDeposit = Omit<Kept, 'transfer'> & { transfer: Shown<'transfer', Kept['transfer']> };

export type DepositRequestRow = AskedOfDeposit & { requestedBy: string };

const LONGEST_WAITING = keyset({ createdAt: 'time', id: 'uuid' }, 'asc');

/** What was asked about deposits and waits for a second person, longest waiting first. */
export async function listDepositRequests(
  reader: Reader,
  { cursor }: { cursor?: string | undefined } = {},
  size = PAGE_SIZE,
): Promise<Page<DepositRequestRow>> {
  const rows = await db().depositRequest.findMany({
    where: { approval: { state: 'waiting' }, ...LONGEST_WAITING.where(cursor) },
    orderBy: LONGEST_WAITING.orderBy,
    take: size + 1,
    include: SHOWN,
  });
  const { items, nextCursor } = LONGEST_WAITING.page(rows, size);
  const names = await operatorNames(items.map(({ requestedById }) => requestedById));
  return {
    items: items.map((item) => ({
      ...seenBy(reader, item),
      requestedBy: names.get(item.requestedById) ?? '',
    })),
    nextCursor,
  };
}

/** Of these requests what a list of all that waits shows, in any order. */
export async function depositRequestRows(reader: Reader, ids: readonly string[]): Promise<AskedOfDeposit[]> {
  const rows = await db().depositRequest.findMany({ where: { id: { in: [...ids] } }, include: SHOWN });
  return rows.map((row) => seenBy(reader, row));
}

function seenBy(reader: Reader, row: Kept): AskedOfDeposit {
  return {
    ...shown(reader, 'depositRequest', null, row),
    transfer: shown(reader, 'transfer', null, row.transfer),
  };
}

export function countDepositRequests(): Promise<number> {
  return db().depositRequest.count({ where: { approval: { state: 'waiting' } } });
}

/** What of a deposit says what its return would cost. */
type Credited = Pick<Transfer, 'walletId' | 'suspenseReason' | 'asset' | 'amount' | 'returnReserved'>;

type Deposit = Credited & Parameters<typeof counterpartyOf>[0];

const OF_WALLET = { wallet: WALLET } as const;

/** With what a return would lose; an assignment loses nothing. */
export type WaitingRequest = Prisma.DepositRequestGetPayload<{ include: typeof OF_WALLET }> &
  ReturnCover & { requestedBy: string };

/** What waits for a decision on one deposit, with what would be lost by it as of now. */
export async function waitingRequest(reader: Reader, transfer: Deposit): Promise<WaitingRequest | null> {
  const request = await db().depositRequest.findFirst({
    where: { transferId: transfer.id, approval: { state: 'waiting' } },
    include: OF_WALLET,
  });
  if (!request) return null;
  const [names, cover] = await Promise.all([
    operatorNames([request.requestedById]),
    request.kind === 'return' ? returnCover(transfer) : null,
  ]);
  const { loss, notOpen } = cover ?? { loss: 0n, notOpen: false };
  return {
    ...shown(reader, 'depositRequest', counterpartyOf(transfer), request),
    requestedBy: names.get(request.requestedById) ?? '',
    loss,
    notOpen,
  };
}

/** What a return would lose, in the asset's smallest unit, and whether its wallet isn't open. */
export type ReturnCover = { loss: bigint; notOpen: boolean };

/** What would be lost if a credited deposit went back now; null where it is not a wallet's. */
export async function returnCover(transfer: Credited): Promise<ReturnCover | null> {
  if (transfer.walletId === null || transfer.suspenseReason !== null) return null;
  const wallet = await getInAsset(db(), transfer.walletId, transfer.asset);
  const { loss } = await coverOf(db(), transfer, wallet);
  return { loss, notOpen: wallet.status !== 'open' };
}
