import { db } from '~/lib/db';
import { movementPage } from '~/lib/fintoc/gateway';
import type { FintocMovement } from '~/lib/fintoc/translate';
import { reserveRead } from '~/lib/sync';

/** One account's turn; it goes on where it stopped. */
const MAX_PAGES = 20;
const MAX_BRIDGE_PAGES = 500;

/**
 * Writes down what an account's list of movements has that we haven't read. The first time from the newest page
 * back to the first movement, from then on onwards from the newest that we know. Each page is kept as it comes, so
 * that an interrupted reading goes on where it was. Answers whether that was all of it.
 */
export async function readMovements(accountId: string): Promise<boolean> {
  let pages = 0;
  const ask = async (cursor: Record<string, string>) => {
    pages += 1;
    await reserveRead();
    return movementPage(accountId, cursor);
  };
  const { reachedStart } = await db().proofState.findUniqueOrThrow({ where: { accountId } });
  if (!reachedStart) {
    for (;;) {
      const oldest = await edge(accountId, 'asc');
      const page = await ask(oldest ? { starting_after: oldest.id } : {});
      if (page.length === 0 && !oldest) return true;
      if (page.length === 0) break;
      await keep(accountId, page, (oldest?.position ?? 1n) - 1n, -1n);
      if (pages >= MAX_PAGES) return false;
    }
    await db().proofState.update({ where: { accountId }, data: { reachedStart: true } });
  }
  while (pages < MAX_PAGES) {
    const newest = await edge(accountId, 'desc');
    if (!newest) return true;
    const page = await ask({ ending_before: newest.id });
    if (page.length === 0) return true;
    const fresh = follows(newest, page) ? page : await bridge(accountId, newest.id, page);
    await keep(accountId, fresh.reverse(), newest.position + 1n, 1n);
  }
  return false;
}

function edge(accountId: string, position: 'asc' | 'desc') {
  return db().proofMovement.findFirst({
    where: { accountId },
    orderBy: { position },
    select: { id: true, position: true, balance: true },
  });
}

function follows({ balance }: { balance: bigint }, page: FintocMovement[]): boolean {
  const first = page.at(-1);
  return first !== undefined && first.balance - signed(first) === balance;
}

/**
 * Fintoc doesn't say which of the newer movements `ending_before` gives first. Where the page doesn't follow what we
 * know, the way back from it to there is walked.
 */
async function bridge(accountId: string, to: string, page: FintocMovement[]): Promise<FintocMovement[]> {
  const walked = [...page];
  for (let pages = 0; pages < MAX_BRIDGE_PAGES; pages += 1) {
    const from = walked.at(-1);
    if (!from) break;
    await reserveRead();
    const older = await movementPage(accountId, { starting_after: from.id });
    const end = older.findIndex(({ id }) => id === to);
    walked.push(...(end < 0 ? older : older.slice(0, end)));
    if (end >= 0 || older.length === 0) return walked;
  }
  throw new Error(`The movements of ${accountId} after ${to} are too many to walk back.`);
}

/** Numbered from `first` by `step`. What another worker has kept meanwhile stands. */
async function keep(accountId: string, page: FintocMovement[], first: bigint, step: bigint): Promise<void> {
  await db().proofMovement.createMany({
    data: page.map((movement, nth) => ({
      id: movement.id,
      accountId,
      position: first + step * BigInt(nth),
      direction: movement.direction,
      amount: movement.amount,
      balance: movement.balance,
      asset: movement.currency,
      kind: movement.type,
      resourceId: movement.resource_id,
      pairId: movement.return_pair_id,
      at: movement.transaction_date,
    })),
    skipDuplicates: true,
  });
}

function signed({ direction, amount }: Pick<FintocMovement, 'direction' | 'amount'>): bigint {
  return direction === 'inbound' ? amount : -amount;
}
