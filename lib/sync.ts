import { saveAccount, saveAccountNumber } from '~/lib/account-numbers';
import { type Actor, authorize, SYSTEM } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, transaction } from '~/lib/db';
import { asDomainError, saveEntity, saveOnboarding } from '~/lib/entities';
import { fintocMode } from '~/lib/env';
import {
  listAccountNumbers,
  listAccounts,
  listEntities,
  listOnboardings,
  listTransfers,
} from '~/lib/fintoc/gateway';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import { houseWallets } from '~/lib/house';
import { log } from '~/lib/log';
import { isAsset } from '~/lib/money';
import { applySightings } from '~/lib/transfers/apply';
import type { Sighting } from '~/lib/transfers/records';

export type SyncCounts = { entities: number; onboardings: number; accounts: number; accountNumbers: number };

const POLL_OVERLAP_MS = 15 * 60_000;
/** A webhook gets this long before the poll takes its transfer in. */
export const WEBHOOK_GRACE_MS = 90_000;
const POLL_BATCH = 100;

/** Brings over what stands at Fintoc: entities with their KYB, accounts and account numbers, also foreign-made ones. */
export async function syncFintoc(actor: Actor): Promise<SyncCounts> {
  authorize(actor, 'fintoc:sync');
  const run = await db().syncRun.create({ data: {} });
  try {
    const counts = await asDomainError(bringOver);
    await transaction(async (tx) => {
      await tx.syncRun.update({ where: { id: run.id }, data: { finishedAt: new Date(), counts } });
      if (actor.kind === 'operator')
        await recordAudit(tx, actor, {
          action: 'fintoc.synced',
          subject: 'fintoc',
          id: run.id,
          after: counts,
        });
    });
    return counts;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await db().syncRun.update({
      where: { id: run.id },
      data: { finishedAt: new Date(), error: message.slice(0, 500) },
    });
    throw error;
  }
}

async function bringOver(): Promise<SyncCounts> {
  const counts = { entities: 0, onboardings: 0, accounts: 0, accountNumbers: 0 };
  for await (const entity of listEntities()) {
    await transaction((tx) => saveEntity(tx, entity));
    counts.entities += 1;
    if (entity.is_root) continue;
    for await (const onboarding of listOnboardings(entity.id)) {
      await transaction((tx) => saveOnboarding(tx, onboarding));
      counts.onboardings += 1;
    }
  }
  for await (const account of listAccounts()) {
    await transaction((tx) => saveAccount(tx, account));
    counts.accounts += 1;
  }
  for await (const number of listAccountNumbers()) {
    await transaction((tx) => saveAccountNumber(tx, number));
    counts.accountNumbers += 1;
  }
  await linkOperatingWallets();
  return counts;
}

/** What arrives at a root account's own CLABE is the platform's: the house operating wallet stands on it. */
async function linkOperatingWallets(): Promise<void> {
  const roots = await db().account.findMany({
    where: { isRoot: true },
    include: { numbers: { where: { isRoot: true } } },
  });
  for (const { id, asset, numbers } of roots) {
    const [number] = numbers;
    if (!number || !isAsset(asset)) continue;
    await transaction(async (tx) => {
      const { operating } = await houseWallets(tx, asset);
      if (operating.accountNumberId) return;
      await tx.wallet.update({
        where: { id: operating.id },
        data: { accountId: id, accountNumberId: number.id, pattern: 'A' },
      });
    });
  }
}

/** Where the last complete poll began, so that an hour without a worker, however busy after it, leaves no gap. */
const POLLED = 'transfersPolledUntil';

/**
 * Takes in transfers that no webhook told us of, and the news of those that it did. On an empty ledger that is
 * Fintoc's whole history, so that our cash starts out equal to Fintoc's balance. Answers how many moved the books.
 */
export async function pollTransfers(): Promise<number> {
  // Before the first sync nobody's number is known, and everything would go to suspense.
  if ((await db().account.findFirst({ select: { id: true } })) === null) return 0;
  const beganAt = new Date();
  const since = await pollSince();
  let moved = 0;
  let batch: FintocTransfer[] = [];
  for await (const transfer of listTransfers(since ? { since: since.toISOString() } : {})) {
    if (beganAt.getTime() - transfer.transaction_date.getTime() < WEBHOOK_GRACE_MS) continue;
    batch.push(transfer);
    if (batch.length === POLL_BATCH) {
      moved += await takeInNews(batch);
      batch = [];
    }
  }
  moved += await takeInNews(batch);
  const value = beganAt.toISOString();
  await db().setting.upsert({ where: { key: POLLED }, create: { key: POLLED, value }, update: { value } });
  return moved;
}

/** From the last poll, or from the oldest transfer that hasn't ended; null: from the beginning. */
async function pollSince(): Promise<Date | null> {
  const polled = await db().setting.findUnique({ where: { key: POLLED } });
  if (typeof polled?.value !== 'string') return null;
  const open = await db().transfer.findFirst({
    where: { state: { in: ['seen', 'pending', 'return_pending'] }, mode: fintocMode() },
    orderBy: { transactedAt: 'asc' },
    select: { transactedAt: true },
  });
  const from = Math.min(Date.parse(polled.value), open?.transactedAt.getTime() ?? Number.POSITIVE_INFINITY);
  return new Date(from - POLL_OVERLAP_MS);
}

/** Takes in those of the transfers that stand otherwise here; answers how many moved the books. */
export async function takeInNews(transfers: FintocTransfer[]): Promise<number> {
  const rows = await db().transfer.findMany({
    where: { id: { in: transfers.map(({ id }) => id) } },
    select: { id: true, status: true, state: true, updatedAt: true },
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  const news = transfers.filter(({ id, status }) => known.get(id)?.status !== status);
  // Oldest first, as it happened.
  news.sort((a, b) => a.transaction_date.getTime() - b.transaction_date.getTime());
  const sightings = news.map((transfer): Sighting => {
    const row = known.get(transfer.id);
    const settled = row && Date.now() - row.updatedAt.getTime() > WEBHOOK_GRACE_MS;
    // What was to be returned and stands as succeeded again: the return failed, and the event of it was lost.
    const failed = row?.state === 'return_pending' && transfer.status === 'succeeded' && settled;
    return {
      transfer,
      origin: 'poll',
      saidAt: new Date(),
      ...(failed && { eventType: 'transfer.inbound.return_failed' }),
    };
  });
  return takeIn(sightings);
}

/** Like a batch of events: when one of them can't be booked, the others are, one by one. */
async function takeIn(sightings: Sighting[]): Promise<number> {
  if (sightings.length === 0) return 0;
  try {
    const applied = await transaction((tx) => applySightings(tx, sightings));
    return applied.filter(({ outcome }) => outcome === 'posted').length;
  } catch (error) {
    if (sightings.length === 1) {
      log.error({ transfer: sightings[0]?.transfer.id, err: error }, 'transfer not taken in by poll');
      return 0;
    }
    let moved = 0;
    for (const sighting of sightings) moved += await takeIn([sighting]);
    return moved;
  }
}

export function lastSync() {
  return db().syncRun.findFirst({ where: { finishedAt: { not: null } }, orderBy: { startedAt: 'desc' } });
}

/** The newest runs, also the one under way and those that failed. */
export async function listSyncRuns(limit = 10) {
  const runs = await db().syncRun.findMany({ orderBy: { startedAt: 'desc' }, take: limit });
  return runs.map((run) => ({ ...run, counts: run.counts as SyncCounts | null }));
}

const SYNC_EVERY_MS = 10 * 60_000;

/** The workers' share: once per interval, however many they are. */
export async function syncIfDue(): Promise<void> {
  const last = await db().syncRun.findFirst({ where: { error: null }, orderBy: { startedAt: 'desc' } });
  if (!last || Date.now() - last.startedAt.getTime() > SYNC_EVERY_MS) await syncFintoc(SYSTEM);
}
