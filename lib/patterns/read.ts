import { db } from '~/lib/db';
import { type Reader, shown } from '~/lib/people/sight';

const MOST = 20;

/** The moves of a wallet's asset, the latest first, each with what its money was brought along by. */
export async function listMoves(reader: Reader, { walletId, asset }: { walletId: string; asset: string }) {
  const moves = await db().patternMove.findMany({
    where: { walletId, asset },
    orderBy: { createdAt: 'desc' },
    take: MOST,
    include: {
      payments: { orderBy: { nth: 'desc' }, take: MOST },
      approval: { select: { askedByName: true, decisions: { select: { operatorName: true } } } },
    },
  });
  const ids = moves.flatMap(({ fromNumberId, toNumberId }) => [fromNumberId, toNumberId ?? '']);
  const numbers = await db().accountNumber.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      number: true,
      status: true,
      isRoot: true,
      quarantineEndsAt: true,
      lastTransferAt: true,
    },
  });
  const byId = new Map(numbers.map((number) => [number.id, number]));
  return moves.map((move) => ({
    ...shown(reader, 'patternMove', null, move),
    fromNumber: byId.get(move.fromNumberId) ?? null,
    toNumber: byId.get(move.toNumberId ?? '') ?? null,
  }));
}

export type MoveRow = Awaited<ReturnType<typeof listMoves>>[number];

/** Whether somebody asked for it to be moved and nobody decided on it yet: to which pattern. */
export async function waitingMove(walletId: string): Promise<{ to: string; askedByName: string } | null> {
  const waiting = await db().approval.findFirst({
    where: { action: 'wallet.move_pattern', subjectId: walletId, state: 'waiting' },
  });
  const { to } = (waiting?.facts ?? {}) as { to?: string };
  return waiting && to ? { to, askedByName: waiting.askedByName } : null;
}
