import { db } from '~/lib/db';
import { FIRST_RAIL } from '~/lib/rails/ids';
import type { Prisma } from '~/prisma/generated/client';

/** Up to where a rail's transfers were read, so that hours without a worker, however busy after them, leave no gap. */
const POLLED = 'transfersPolledUntil';
/** How far back the history was read that was there at first; it is gone once all of it was. */
const HISTORY = 'transfersHistoryRead';

/** Null until Fintoc's history was taken in once, from its beginning. */
export async function polledUntil(rail: string): Promise<Date | null> {
  const polled = await db().setting.findUnique({ where: { key: keyOf(POLLED, rail) } });
  return typeof polled?.value === 'string' ? new Date(polled.value) : null;
}

export function rememberPolled(rail: string, at: Date): Promise<void> {
  return remember(keyOf(POLLED, rail), at.toISOString());
}

/** When the first run of all began, and the oldest that was read so far: all between the two was. */
export type History = { beganAt: Date; readBackTo: Date };

/** Null before the first run has read anything, and after it has read all. */
export async function historyRead(rail: string): Promise<History | null> {
  const row = await db().setting.findUnique({ where: { key: keyOf(HISTORY, rail) } });
  if (!row) return null;
  const { beganAt, readBackTo } = row.value as { beganAt: string; readBackTo: string };
  return { beganAt: new Date(beganAt), readBackTo: new Date(readBackTo) };
}

export function rememberHistory(rail: string, { beganAt, readBackTo }: History): Promise<void> {
  return remember(keyOf(HISTORY, rail), {
    beganAt: beganAt.toISOString(),
    readBackTo: readBackTo.toISOString(),
  });
}

export async function forgetHistory(rail: string): Promise<void> {
  await db().setting.deleteMany({ where: { key: keyOf(HISTORY, rail) } });
}

const keyOf = (what: string, rail: string) => `${what}:${rail}`;

async function remember(key: string, value: Prisma.InputJsonValue): Promise<void> {
  await db().setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

/** Whether a rail's history was taken in once. Before that, most of it is missing here, and nothing is wrong. */
export async function wasPolled(rail = FIRST_RAIL): Promise<boolean> {
  return (await polledUntil(rail)) !== null;
}
