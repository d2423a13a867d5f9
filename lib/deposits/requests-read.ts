import { db } from '~/lib/db';
import { coverOf } from '~/lib/deposits/returns';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import type { Transfer } from '~/prisma/generated/client';

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

/** What was asked about deposits and waits for a second person, longest waiting first. */
export async function listDepositRequests(
  { cursor }: { cursor?: string | undefined } = {},
  size = PAGE_SIZE,
) {
  const after = decodeCursor(cursor, 'uuid');
  const rows = await db().depositRequest.findMany({
    where: {
      status: 'awaiting_approval',
      ...(after && {
        OR: [{ createdAt: { gt: after.at } }, { createdAt: after.at, id: { gt: after.id } }],
      }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: size + 1,
    include: SHOWN,
  });
  const { items, nextCursor } = toPage(rows, size, ({ createdAt, id }) => ({ at: createdAt, id }));
  const names = await operatorNames(items.map(({ requestedById }) => requestedById));
  return {
    items: items.map((item) => ({ ...item, requestedBy: names.get(item.requestedById) ?? '' })),
    nextCursor,
  };
}

/** Of these requests what a list of all that waits shows, in any order. */
export function depositRequestRows(ids: readonly string[]) {
  return db().depositRequest.findMany({ where: { id: { in: [...ids] } }, include: SHOWN });
}

export type AskedOfDeposit = Awaited<ReturnType<typeof depositRequestRows>>[number];

export type DepositRequestRow = Awaited<ReturnType<typeof listDepositRequests>>['items'][number];

export function countDepositRequests(): Promise<number> {
  return db().depositRequest.count({ where: { status: 'awaiting_approval' } });
}

/** What waits for a decision on one deposit, with what would be lost by it as of now. */
export async function waitingRequest(transfer: Transfer) {
  const request = await db().depositRequest.findFirst({
    where: { transferId: transfer.id, status: 'awaiting_approval' },
    include: { wallet: WALLET },
  });
  if (!request) return null;
  const [names, cover] = await Promise.all([
    operatorNames([request.requestedById]),
    request.kind === 'return' ? returnCover(transfer) : null,
  ]);
  const { loss, notOpen } = cover ?? { loss: 0n, notOpen: false };
  return { ...request, requestedBy: names.get(request.requestedById) ?? '', loss, notOpen };
}

/** What would be lost if a credited deposit went back now; null where it is not a wallet's. */
export async function returnCover(transfer: Transfer): Promise<{ loss: bigint; notOpen: boolean } | null> {
  if (transfer.walletId === null || transfer.suspenseReason !== null) return null;
  const wallet = await getInAsset(db(), transfer.walletId, transfer.asset);
  const { loss } = await coverOf(db(), transfer, wallet);
  return { loss, notOpen: wallet.status !== 'open' };
}
