import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { payoutWithin } from '~/lib/batches/split';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Queue, workOff } from '~/lib/queue';
import { lockSchedule } from '~/lib/schedules/schedules';
import { inScopeOf } from '~/lib/scope';
import { Prisma, type Schedule } from '~/prisma/generated/client';

const QUEUE: Queue = { name: 'schedules', leaseSeconds: 30, backoff: { firstMs: 1_000, mostMs: 300_000 } };
const DUE = Prisma.sql`
  SELECT id::text AS item FROM schedules WHERE state = 'active' AND next_at <= now() ORDER BY next_at, id`;

/**
 * Asks for what is planned for by now. A day's withdrawal, or the batch of its parts, the word of it and the next day commit together: so whoever dies
 * when, each day is asked for once. Days that nobody was there for are asked for once, as the latest of them. Answers how
 * many schedules were due.
 */
export function runSchedules(): Promise<number> {
  return workOff(QUEUE, DUE, 20, async ({ item }) => {
    const schedule = await db().schedule.findUniqueOrThrow({ where: { id: item } });
    const actor = await plannerOf(schedule);
    try {
      await inScopeOf(actor, () => transaction((tx) => run(tx, actor, schedule)));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code } = error;
      await transaction((tx) => refuse(tx, schedule, code));
    }
  });
}

/** Who was shut out since asks for nothing any more. */
async function plannerOf({ requestedById: id }: Schedule): Promise<OperatorActor> {
  const planner = await db().operator.findUniqueOrThrow({ where: { id }, include: WITH_ROLE });
  const { name, disabledAt } = planner;
  return { kind: 'operator', id, name, role: disabledAt ? 'viewer' : roleOf(planner) };
}

async function run(tx: Tx, actor: OperatorActor, { id, nextAt: seen }: Schedule): Promise<void> {
  const schedule = await lockSchedule(tx, id);
  const { walletId, asset, amount, destination, nextAt, runs: nth } = schedule;
  if (nextAt === null || !isDue(schedule, seen)) return;
  const { kind, id: madeId } = await payoutWithin(tx, actor, {
    ...{ walletId, asset, amount, destination },
    beneficiaryName: schedule.beneficiaryName ?? undefined,
    beneficiaryTaxId: schedule.beneficiaryTaxId ?? undefined,
    comment: schedule.comment ?? undefined,
    referenceId: schedule.referenceId ?? undefined,
    // Of its day, not of its number: books that a restore took back count fewer, and the next day is none of those paid.
    requestId: `schedule:${id}:${nextAt.toISOString()}`,
  });
  const made = kind === 'batch' ? { batchId: madeId } : { withdrawalId: madeId };
  await tx.scheduleRun.create({ data: { scheduleId: id, nth, dueAt: nextAt, ...made } });
  await goOn(tx, schedule, 'ran', made);
}

/** A day that is refused is over: the next one is asked for anew, by what is so then. */
async function refuse(tx: Tx, { id, nextAt: seen }: Schedule, refusal: string): Promise<void> {
  const schedule = await lockSchedule(tx, id);
  if (!isDue(schedule, seen)) return;
  const { runs: nth, nextAt } = schedule;
  await tx.scheduleRun.create({ data: { scheduleId: id, nth, dueAt: nextAt ?? new Date(), refusal } });
  await goOn(tx, schedule, 'refused', { refusal });
}

/** Who looked just after somebody else had asked for the day saw the next one, whose time hasn't come. */
function isDue({ state, nextAt }: Schedule, seen: Date | null): boolean {
  if (state !== 'active' || nextAt === null) return false;
  return nextAt.getTime() === seen?.getTime() && nextAt.getTime() <= Date.now();
}

/** To its next day after now, or to its end. */
async function goOn(tx: Tx, schedule: Schedule, act: 'ran' | 'refused', facts: object): Promise<void> {
  const { id, every, timeZone, runs, walletId } = schedule;
  const [next] =
    every === 'once'
      ? []
      : await tx.$queryRaw<{ nth: number; at: Date }[]>`
          SELECT n AS nth, m.at FROM schedules s, generate_series(${runs + 1}::int, ${runs + MOST_MISSED}::int) n
          CROSS JOIN LATERAL (SELECT schedule_moment(s.every, s.starts_on, s.time_zone, n) AS at) m
          WHERE s.id = ${id}::uuid AND m.at > now()
            AND (s.ends_on IS NULL OR (m.at AT TIME ZONE ${timeZone}::text)::date <= s.ends_on)
          ORDER BY n LIMIT 1`;
  const after = await tx.schedule.update({
    where: { id },
    data: next ? { runs: next.nth, nextAt: next.at } : { runs: runs + 1, nextAt: null, state: 'ended' },
  });
  await recordAudit(tx, system('schedules'), {
    ...{ action: `schedule.${act}`, subject: 'schedule', id, walletId },
    after: { status: after.state, nextAt: after.nextAt, ...facts },
  });
}

/** So many days may go by without anybody there. */
const MOST_MISSED = 1_000;
