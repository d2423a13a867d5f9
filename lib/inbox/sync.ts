import { type Actor, authorize, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { asDomainError } from '~/lib/entities/entities';
import { env } from '~/lib/env';
import { bringOver, type SyncCounts } from '~/lib/inbox/bring-over';
import { beginPollRun, endPollRun, lastPollRun, notePollProgress } from '~/lib/inbox/poll-runs';
import { forgetHistory, historyRead, polledUntil, rememberHistory, rememberPolled } from '~/lib/inbox/polled';
import { recoverNews } from '~/lib/inbox/recovered';
import { keepUnreadable } from '~/lib/inbox/unreadable';
import { log } from '~/lib/log';
import { type Reader, shownAll } from '~/lib/people/sight';
import { runOnce } from '~/lib/queue';
import { enrolRails } from '~/lib/rails/enrol';
import { isMissing, Unreadable } from '~/lib/rails/failures';
import type { Rail } from '~/lib/rails/rail';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { mainRail, railNamed, railNames, railOf } from '~/lib/rails/registry';
import { lackingSince } from '~/lib/standstill/caught-up';
import { Prisma, type SyncRun } from '~/prisma/generated/client';

const POLL_OVERLAP_MS = 15 * 60_000;
const POLL_WINDOW_MS = 60 * 60_000;
const POLL_BATCH = 100;

/** Brings over what stands at every rail: entities with their KYB, accounts and account numbers, also foreign-made ones. */
export async function syncFintoc(actor: Actor): Promise<SyncCounts> {
  authorize(actor, 'fintoc:sync');
  await enrolRails();
  const run = await db().syncRun.create({ data: {} });
  try {
    const { counts, left } = await asDomainError(bringOver);
    const error =
      left.length > 0
        ? `Left out, because it can’t be read or stored: ${left.join(', ')}`.slice(0, 500)
        : null;
    await transaction(async (tx) => {
      await tx.syncRun.update({ where: { id: run.id }, data: { finishedAt: new Date(), counts, error } });
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

const POLL = { name: 'poll', leaseSeconds: 120, backoff: { firstMs: 5_000, mostMs: 60_000 } };

/**
 * Takes in transfers that no webhook told us of, and the news of those that it did. On an empty ledger that is
 * Fintoc's whole history, so that our cash starts out equal to Fintoc's balance. After an outage it reads hour by
 * hour, and where it breaks off the next run goes on. Returns how many were recovered: none where another run is under way.
 */
export async function pollTransfers(rail = mainRail()): Promise<number> {
  const { name } = rail.facts();
  // Before the first sync nobody's number is known, and everything would go to suspense.
  if ((await db().account.findFirst({ where: { rail: name }, select: { id: true } })) === null) return 0;
  return (await runOnce({ ...POLL, name: `poll.${name}` }, () => poll(rail))) ?? 0;
}

async function poll(rail: Rail): Promise<number> {
  const [{ name }, beganAt] = [rail.facts(), new Date()];
  const until = new Date(beganAt.getTime() - env().FINTOC_WEBHOOK_GRACE_MS);
  const polled = await polledUntil(name);
  const since = polled && new Date(polled.getTime() - POLL_OVERLAP_MS);
  const run = await beginPollRun({ rail: name, since, until });
  const progress = { found: 0, asked: 0, recovered: 0 };
  try {
    const left = since ?? (await readHistory(rail, run.id, { beganAt, until }, progress));
    for (const { from, to } of left ? windowsOf(left, until) : []) {
      await pollWindow(rail, run.id, { from, to, until }, progress);
      await rememberPolled(name, to ?? beganAt);
      await notePollProgress(run.id, { ...progress, readUntil: to ?? until });
    }
    if (since) await askForStuck(rail, since, progress);
    await endPollRun(run.id, progress);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await endPollRun(run.id, { ...progress, error: message.slice(0, 500) });
    throw error;
  }
  return progress.recovered;
}

/** What workers call: one run of each rail per interval, however many workers there are. */
export async function pollIfDue(): Promise<void> {
  for (const name of railNames()) {
    const last = await lastPollRun(name);
    if (!last || Date.now() - last.startedAt.getTime() > env().FINTOC_POLL_MS * 0.8)
      await pollTransfers(railNamed(name));
  }
}

/**
 * Reads what stood at Fintoc before the first run of all, newest first, as Fintoc lists it. A run that broke off is
 * continued from where it stood, with a little overlap. Returns from where on the newer ones are still to be read.
 */
async function readHistory(
  rail: Rail,
  runId: string,
  { beganAt, until }: { beganAt: Date; until: Date },
  progress: Progress,
): Promise<Date | null> {
  const { name } = rail.facts();
  const earlier = await historyRead(name);
  const first = earlier?.beganAt ?? beganAt;
  let oldest = earlier?.readBackTo;
  const to = oldest ? new Date(oldest.getTime() + POLL_OVERLAP_MS) : null;
  await pollWindow(rail, runId, { from: null, to, until }, progress, async (at) => {
    if (oldest && oldest <= at) return;
    oldest = at;
    await rememberHistory(name, { beganAt: first, readBackTo: at });
  });
  await rememberPolled(name, first);
  await forgetHistory(name);
  return earlier && new Date(first.getTime() - POLL_OVERLAP_MS);
}

type Window = { from: Date; to: Date | null };

/** Oldest first, so that what was read stays read; the last one, mostly the only one, has no end. */
function windowsOf(since: Date, until: Date): Window[] {
  const windows: Window[] = [];
  let from = since;
  while (until.getTime() - from.getTime() > POLL_WINDOW_MS) {
    const to = new Date(from.getTime() + POLL_WINDOW_MS);
    windows.push({ from, to });
    from = to;
  }
  return [...windows, { from, to: null }];
}

type Progress = { found: number; asked: number; recovered: number };

async function pollWindow(
  rail: Rail,
  runId: string,
  { from, to, until }: { from: Date | null; to: Date | null; until: Date },
  progress: Progress,
  readTo?: (at: Date) => Promise<void>,
) {
  let batch: RailTransfer[] = [];
  const take = async () => {
    progress.recovered += await takeInNews(batch);
    const oldest = Math.min(...batch.map(({ transactedAt }) => transactedAt.getTime()));
    if (batch.length > 0) await readTo?.(new Date(oldest));
    batch = [];
    await notePollProgress(runId, progress);
  };
  const aside = async (item: Unreadable) => {
    progress.found += 1;
    if ((item.at ?? until) <= until) await keepUnreadable(item, rail);
  };
  for await (const transfer of rail.transfers({ since: from, until: to }, aside)) {
    progress.found += 1;
    if (transfer.transactedAt > until) continue;
    batch.push(transfer);
    if (batch.length === POLL_BATCH) await take();
  }
  await take();
}

const MOST_STUCK = 20;

/** Asks by itself for each transfer that takes longer than the poll looks back: soon at first, then ever more rarely. */
async function askForStuck(rail: Rail, before: Date, progress: Progress): Promise<void> {
  const { name, mode } = rail.facts();
  const stuck = await db().$queryRaw<{ id: string; accountId: string }[]>`
    SELECT id, account_id AS "accountId" FROM transfers
    WHERE state IN ('seen', 'pending', 'return_pending') AND rail = ${name} AND transacted_at < ${before}::timestamptz AND mode = ${mode}
      AND (asked_at IS NULL OR asked_at < now() - least(greatest((now() - transacted_at) / 5, interval '1 minute'), interval '3 hours'))
    ORDER BY asked_at NULLS FIRST, transacted_at LIMIT ${MOST_STUCK}`;
  for (const { id, accountId } of stuck) {
    // Before the answer: one that can't be asked for must not keep the others from their turn.
    await db().$executeRaw`UPDATE transfers SET asked_at = now() WHERE id = ${id}`;
    try {
      progress.recovered += await takeInNews([await railOf(accountId).transfer(id)]);
    } catch (error) {
      if (error instanceof Unreadable) await keepUnreadable(error, rail);
      else if (isMissing(error)) log.error({ transfer: id }, 'open here and unknown at Fintoc');
      else throw error;
    }
    progress.asked += 1;
  }
}

/** Takes in those of the transfers that stand otherwise here; returns how many were taken in. */
export function takeInNews(transfers: RailTransfer[]): Promise<number> {
  return recoverNews(transfers);
}

export type SyncRunRow = Omit<SyncRun, 'counts'> & {
  counts: SyncCounts | null;
  /** Whoever was at it died: a later one ended long since. */
  isInterrupted: boolean;
};

/** The newest runs, also the one under way and those that failed or never ended. */
export async function listSyncRuns(reader: Reader, limit = 10): Promise<SyncRunRow[]> {
  const runs = await db().syncRun.findMany({ orderBy: { startedAt: 'desc' }, take: limit });
  const ended = runs.findIndex(({ finishedAt }) => finishedAt);
  const old = Date.now() - SYNC_EVERY_MS;
  return shownAll(reader, 'run', runs).map((run, nth) => ({
    ...run,
    counts: run.counts as SyncCounts | null,
    isInterrupted: !run.finishedAt && run.startedAt.getTime() < old && ended !== -1 && ended < nth,
  }));
}

const SYNC_EVERY_MS = 10 * 60_000;
const SYNC = { name: 'sync', leaseSeconds: 120, backoff: { firstMs: 5_000, mostMs: 60_000 } };
/** What workers call: once per interval, however many workers there are; at once where restored books, or those of a copy, lack it. */
export async function syncIfDue(): Promise<void> {
  const last = await db().syncRun.findFirst({
    where: { OR: [{ error: null }, { counts: { not: Prisma.DbNull } }] },
    orderBy: { startedAt: 'desc' },
  });
  const oldest = Math.max(Date.now() - SYNC_EVERY_MS, await lackingSince());
  if (!last || last.startedAt.getTime() < oldest) await runOnce(SYNC, () => syncFintoc(system('sync')));
}
