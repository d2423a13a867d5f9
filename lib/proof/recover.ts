import { db } from '~/lib/db';
import { FintocError, getTransfer, listMovements } from '~/lib/fintoc/gateway';
import type { FintocMovement, FintocTransfer } from '~/lib/fintoc/translate';
import { log } from '~/lib/log';
import { takeInNews, WEBHOOK_GRACE_MS } from '~/lib/sync';

const BATCH = 100;

/**
 * Reads the movements of every account since the last time, for what no list of transfers shows: that one which had
 * ended long ago was returned or reversed, and one that we never heard of. Answers how many moved the books.
 */
export async function recoverFromMovements(): Promise<number> {
  const accounts = await db().account.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  let moved = 0;
  for (const { id } of accounts) {
    try {
      moved += await recoverAccount(id);
    } catch (error) {
      log.error({ account: id, err: error }, 'movements not read');
    }
  }
  return moved;
}

async function recoverAccount(accountId: string): Promise<number> {
  const key = `movementsReadUntil:${accountId}`;
  const readUntil = (await db().setting.findUnique({ where: { key } }))?.value;
  const movements: FintocMovement[] = [];
  for await (const movement of listMovements(accountId)) {
    if (movement.id === readUntil) break;
    // Webhooks get their time first; what is this young is read the next time.
    if (Date.now() - movement.transaction_date.getTime() > WEBHOOK_GRACE_MS) movements.push(movement);
  }
  const [newest] = movements;
  if (!newest) return 0;
  const moved = await takeInTransfersOf(movements);
  await db().setting.upsert({
    where: { key },
    create: { key, value: newest.id },
    update: { value: newest.id },
  });
  return moved;
}

/** Asks for each transfer that a movement undoes, or that is unknown here, as it stands now. */
async function takeInTransfersOf(movements: FintocMovement[]): Promise<number> {
  const undone = new Set(
    movements.flatMap(({ resource_id: id, return_pair_id: pair }) => (id && pair ? [id] : [])),
  );
  const ids = [...new Set(movements.flatMap(({ resource_id: id }) => (id?.startsWith('tr_') ? [id] : [])))];
  let moved = 0;
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const known = await db().transfer.findMany({ where: { id: { in: batch } }, select: { id: true } });
    const here = new Set(known.map(({ id }) => id));
    const wanted = batch.filter((id) => !here.has(id) || undone.has(id));
    moved += await takeInNews(await asTheyStand(wanted));
  }
  return moved;
}

async function asTheyStand(ids: string[]): Promise<FintocTransfer[]> {
  const found: FintocTransfer[] = [];
  for (const id of ids) {
    try {
      found.push(await getTransfer(id));
    } catch (error) {
      // A movement may be about something else than a transfer of ours.
      if (!(error instanceof FintocError) || error.status !== 404) throw error;
    }
  }
  return found;
}
