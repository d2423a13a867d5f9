import { db, transaction } from '~/lib/db';
import { WORKER_STOPPED } from '~/lib/inbox/run-failure';
import { type Reader, shownAll } from '~/lib/people/sight';
import type { PollRun } from '~/prisma/generated/client';

const KEPT_DAYS = 2;
export const RUN_DAYS = 90;

export type PollProgress = Partial<Pick<PollRun, 'readUntil' | 'found' | 'asked' | 'recovered'>>;

/** Only who holds the poll begins a run: another that has no end yet died with its worker. */
export async function beginPollRun(facts: {
  rail: string;
  since: Date | null;
  until: Date;
}): Promise<PollRun> {
  return transaction(async (tx) => {
    await tx.pollRun.updateMany({
      where: { rail: facts.rail, finishedAt: null },
      data: { finishedAt: new Date(), error: WORKER_STOPPED },
    });
    return tx.pollRun.create({ data: facts });
  });
}

export async function notePollProgress(id: string, progress: PollProgress): Promise<void> {
  await db().pollRun.update({ where: { id }, data: { ...progress, beatAt: new Date() } });
}

/** Ends a run, and forgets those of long ago; what found nothing is forgotten first. */
export async function endPollRun(id: string, progress: PollProgress & { error?: string }): Promise<void> {
  await db().pollRun.update({ where: { id }, data: { ...progress, finishedAt: new Date() } });
  await db().$executeRaw`
    DELETE FROM poll_runs WHERE started_at < now() - make_interval(days => ${RUN_DAYS})
      OR (started_at < now() - make_interval(days => ${KEPT_DAYS}) AND recovered = 0)`;
}

export async function lastPollRun(rail?: string): Promise<PollRun | null> {
  return db().pollRun.findFirst({ where: rail ? { rail } : {}, orderBy: { startedAt: 'desc' } });
}

export type PollRunRow = PollRun;

/** The newest runs; or of those the ones that recovered something, failed, or are under way. */
export async function listPollRuns(reader: Reader, { all = false, limit = 50 } = {}): Promise<PollRunRow[]> {
  const runs = await db().pollRun.findMany({
    where: all ? {} : { OR: [{ recovered: { gt: 0 } }, { error: { not: null } }, { finishedAt: null }] },
    orderBy: { startedAt: 'desc' },
    take: limit,
  });
  return shownAll(reader, 'run', runs);
}
