import { type Tx, transaction } from '~/lib/db';
import { mailWay } from '~/lib/notices/post';
import { type Queue, runOnce, stillHeld } from '~/lib/queue';
import { Prisma } from '~/prisma/generated/client';

const TURNS: Queue = {
  name: 'notice_mails_composed',
  leaseSeconds: 30,
  backoff: { firstMs: 1_000, mostMs: 30_000 },
};

/** "At once" is the first; what comes after it within these minutes is in one mail together. */
export const PAUSE_MINUTES = 5;
/** When the daily mail is made, where its reader is. */
const DAILY_AT = '08:00';

/**
 * Makes the mails that are due: of what a person wants to be mailed at once, and of what waits for the morning. What they
 * have read by then they are not written of. Each notice is in one mail, and of one day there is one daily mail, whatever
 * dies between. Answers how many it made.
 */
export async function composeMails(now = new Date()): Promise<number> {
  // What nothing takes waits in the console alone.
  if (mailWay() === null) return 0;
  const made = await runOnce(TURNS, (held) =>
    transaction(async (tx) => {
      await stillHeld(tx, held);
      return (await composeAtOnce(tx, now)) + (await composeDaily(tx, now));
    }),
  );
  return made ?? 0;
}

const UNMAILED = Prisma.sql`n.mail_id IS NULL AND n.read_at IS NULL`;

function composeAtOnce(tx: Tx, now: Date): Promise<number> {
  const due = Prisma.sql`
    SELECT DISTINCT n.operator_id, NULL::date AS day, ${now}::timestamptz AS before
    FROM notices n JOIN operators o ON o.id = n.operator_id
    WHERE n.mode = 'mail' AND ${UNMAILED} AND o.disabled_at IS NULL AND NOT EXISTS (
      SELECT FROM notice_mails m WHERE m.operator_id = n.operator_id AND m.day IS NULL
        AND m.created_at > ${now}::timestamptz - make_interval(mins => ${PAUSE_MINUTES}))`;
  return compose(tx, 'mail', due, now);
}

/** Of what happened until the hour; what comes later waits for the next day's, and so does what a mail was made of already. */
function composeDaily(tx: Tx, now: Date): Promise<number> {
  const due = Prisma.sql`
    SELECT DISTINCT d.operator_id, d.day, d.before
    FROM (
      SELECT o.id AS operator_id, l.day, (l.day + ${DAILY_AT}::time) AT TIME ZONE o.time_zone AS before
      FROM operators o, LATERAL (SELECT (${now}::timestamptz AT TIME ZONE o.time_zone)::date AS day) l
      WHERE o.disabled_at IS NULL) d
    JOIN notices n ON n.operator_id = d.operator_id AND n.mode = 'digest' AND ${UNMAILED} AND n.created_at < d.before
    WHERE d.before <= ${now}::timestamptz AND NOT EXISTS (
      SELECT FROM notice_mails m WHERE m.operator_id = d.operator_id AND m.day = d.day)`;
  return compose(tx, 'digest', due, now);
}

function compose(tx: Tx, mode: 'mail' | 'digest', due: Prisma.Sql, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH due AS (${due}),
    made AS (
      INSERT INTO notice_mails (id, operator_id, day, created_at)
      SELECT gen_random_uuid(), operator_id, day, ${now}::timestamptz FROM due RETURNING id, operator_id)
    UPDATE notices n SET mail_id = made.id
    FROM made JOIN due USING (operator_id)
    WHERE n.operator_id = made.operator_id AND n.mode = ${mode}::notice_mode AND ${UNMAILED}
      AND (n.created_at < due.before OR due.day IS NULL)`;
}
