import { db } from '~/lib/db';
import { type Reader, shown } from '~/lib/people/sight';
import type { Prisma } from '~/prisma/generated/client';

const MOST = 20;

const SHOWN = {
  payments: { orderBy: { nth: 'desc' }, take: MOST },
  approval: { select: { askedByName: true, decisions: { select: { operatorName: true } } } },
} satisfies Prisma.PatternMoveInclude;

const NUMBER = {
  ...{ id: true, number: true, status: true, isRoot: true },
  ...{ quarantineEndsAt: true, lastTransferAt: true },
} satisfies Prisma.AccountNumberSelect;

type MovedNumber = Prisma.AccountNumberGetPayload<{ select: typeof NUMBER }>;

export type MoveRow = Prisma.PatternMoveGetPayload<{ include: typeof SHOWN }> & {
  fromNumber: MovedNumber | null;
  toNumber: MovedNumber | null;
};

/** The moves of a wallet's asset, the latest first, each with what its money was brought along by. */
export async function listMoves(
  reader: Reader,
  { walletId, asset }: { walletId: string; asset: string },
): Promise<MoveRow[]> {
  const moves = await db().patternMove.findMany({
    where: { walletId, asset },
    orderBy: { createdAt: 'desc' },
    take: MOST,
    include: SHOWN,
  });
  const ids = moves.flatMap(({ fromNumberId, toNumberId }) => [fromNumberId, toNumberId ?? '']);
  const numbers = await db().accountNumber.findMany({ where: { id: { in: ids } }, select: NUMBER });
  const byId = new Map(numbers.map((number) => [number.id, number]));
  return moves.map((move) => ({
    ...shown(reader, 'patternMove', null, move),
    fromNumber: byId.get(move.fromNumberId) ?? null,
    toNumber: byId.get(move.toNumberId ?? '') ?? null,
  }));
}

/** Whether somebody asked for it to be moved and nobody decided on it yet: to which pattern. */
export async function waitingMove(walletId: string): Promise<{ to: string; askedByName: string } | null> {
  const waiting = await db().approval.findFirst({
    where: { action: 'wallet.move_pattern', subjectId: walletId, state: 'waiting' },
  });
  const { to } = (waiting?.facts ?? {}) as { to?: string };
  return waiting && to ? { to, askedByName: waiting.askedByName } : null;
}
