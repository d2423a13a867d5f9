import { db } from '~/lib/db';
import { log } from '~/lib/log';
import { movementFacts } from '~/lib/proof/movement-facts';
import { alignTail } from '~/lib/proof/tail';
import { Unreadable } from '~/lib/rails/failures';
import type { MovementCursor } from '~/lib/rails/rail';
import type { RailMovement } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';

/** One account's turn; it goes on where it stopped. */
const MAX_PAGES = 20;
const MAX_BRIDGE_PAGES = 500;

export type Reading = {
  /** Whether that was all of it. */
  complete: boolean;
  /** Movements that can't be read: it stops before the first of them, and goes on there once it can be. */
  unreadable: number;
};

/**
 * Writes down what an account's list of movements has that we haven't read. The first time from the newest page
 * back to the first movement, from then on onwards from the newest that we know. Each page is kept as it comes, so
 * that an interrupted reading goes on where it was.
 */
export async function readMovements(accountId: string): Promise<Reading> {
  let pages = 0;
  const ask = (cursor: MovementCursor) => {
    pages += 1;
    return railOf(accountId).movements(accountId, cursor);
  };
  const { reachedStart } = await db().proofState.findUniqueOrThrow({ where: { accountId } });
  if (!reachedStart) {
    for (;;) {
      const oldest = await edge(accountId, 'asc');
      const page = await ask(oldest ? { olderThan: oldest.id } : null);
      if (page.length === 0 && !oldest) return ALL;
      if (page.length === 0) break;
      const { readable, unreadable } = parted(page);
      await keep(accountId, readable, (oldest?.position ?? 1n) - 1n, -1n);
      if (unreadable > 0 || pages >= MAX_PAGES) return { complete: false, unreadable };
    }
    await db().proofState.update({ where: { accountId }, data: { reachedStart: true } });
  }
  const tail = parted(await ask(null), { all: true });
  const reached = tail.unreadable === 0 && (await alignTail(accountId, tail.readable));
  if (reached) return keepNewer(accountId, tail.readable);
  while (pages < MAX_PAGES) {
    const newest = await edge(accountId, 'desc');
    if (!newest) return ALL;
    const page = await ask({ newerThan: newest.id });
    if (page.length === 0) return ALL;
    const fresh = follows(newest, page) ? page : await bridge(accountId, newest.id, page);
    const { readable, unreadable } = parted(fresh.reverse());
    await keep(accountId, readable, newest.position + 1n, 1n);
    if (unreadable > 0) return { complete: false, unreadable };
  }
  return { complete: false, unreadable: 0 };
}

/** Those of the newest page that came after the newest that we hold. */
async function keepNewer(accountId: string, page: RailMovement[]): Promise<Reading> {
  const newest = await edge(accountId, 'desc');
  const since = newest ? page.findIndex(({ id }) => id === newest.id) : page.length;
  const fresh = page.slice(0, since < 0 ? page.length : since).reverse();
  await keep(accountId, fresh, (newest?.position ?? 0n) + 1n, 1n);
  return ALL;
}

const ALL: Reading = { complete: true, unreadable: 0 };

type Listed = RailMovement | Unreadable;

/** Those before the first that can't be read: what stands behind it is kept in its order only once it can be. */
function parted(listed: Listed[], { all = false } = {}): { readable: RailMovement[]; unreadable: number } {
  const readable: RailMovement[] = [];
  const unread = listed.filter((item) => item instanceof Unreadable);
  for (const item of listed) {
    if (item instanceof Unreadable) break;
    readable.push(item);
  }
  if (all) return { readable, unreadable: unread.length };
  for (const { id, raw, message } of unread)
    log.error({ movement: id, raw, reason: message }, 'movement is unreadable');
  return { readable, unreadable: unread.length };
}

function edge(accountId: string, position: 'asc' | 'desc') {
  return db().proofMovement.findFirst({
    where: { accountId },
    orderBy: { position },
    select: { id: true, position: true, balance: true },
  });
}

function follows({ balance }: { balance: bigint }, page: Listed[]): boolean {
  const first = page.at(-1);
  if (!first || first instanceof Unreadable) return false;
  return first.balance - signed(first) === balance;
}

/**
 * Fintoc doesn't say which of the newer movements it lists first. Where the page doesn't follow what we know, this reads
 * back page by page until it does.
 */
async function bridge(accountId: string, to: string, page: Listed[]): Promise<Listed[]> {
  const walked = [...page];
  for (let pages = 0; pages < MAX_BRIDGE_PAGES; pages += 1) {
    const from = walked.at(-1);
    if (!from) break;
    if (from.id === null) throw from;
    const older = await railOf(accountId).movements(accountId, { olderThan: from.id });
    const end = older.findIndex(({ id }) => id === to);
    walked.push(...(end < 0 ? older : older.slice(0, end)));
    if (end >= 0 || older.length === 0) return walked;
  }
  throw new Error(`The movements of ${accountId} after ${to} are too many to walk back.`);
}

/** Numbered from `first` by `step`. What another worker has kept meanwhile stands. */
async function keep(accountId: string, page: RailMovement[], first: bigint, step: bigint): Promise<void> {
  await db().proofMovement.createMany({
    data: page.map((movement, nth) => movementFacts(accountId, movement, first + step * BigInt(nth))),
    skipDuplicates: true,
  });
}

function signed({ direction, amount }: Pick<RailMovement, 'direction' | 'amount'>): bigint {
  return direction === 'inbound' ? amount : -amount;
}
