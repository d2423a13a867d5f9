import { createHmac } from 'node:crypto';
import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { DomainError } from '~/lib/errors';

/** So many tries cost no time; each one after that waits twice as long as the one before, up to `mostSeconds`. */
type Patience = { free: number; mostSeconds: number };

/** From one place for one person: who mistypes. */
const PAIR: Patience = { free: 5, mostSeconds: 900 };
/** From one place for anybody: an office behind one address mistypes more, and who tries many people is slowed down. */
const SOURCE: Patience = { free: 100, mostSeconds: 900 };
/** From anywhere for one person: many places that guess together. Never so long that they could keep the person out. */
const PERSON: Patience = { free: 50, mostSeconds: 30 };

/** Of a second factor, from anywhere: who guesses there has the password already, and nobody else can slow them down. */
const FACTOR: Patience = { free: 5, mostSeconds: 900 };

/** What nobody tried for so long is forgotten. */
const FORGOTTEN_AFTER = '1 day';

export type Guess = { key: string } & Patience;

/**
 * What a try counts against: for whom, from where, and both. A place from which somebody signed in lately is their own, and
 * what others try elsewhere doesn't slow them down there. Of addresses only a keyed hash is kept.
 */
export function guessesOf({ name, ip, isOwn }: { name: string; ip: string; isOwn: boolean }): Guess[] {
  const whom = keyedHash(name);
  return [
    { key: `pair ${whom} ${ip}`, ...PAIR },
    ...(ip === '' ? [] : [{ key: `source ${ip}`, ...SOURCE }]),
    ...(isOwn ? [] : [{ key: `person ${whom}`, ...PERSON }]),
  ];
}

/** What a try at somebody's second factor counts against. */
export function factorGuessesOf(operatorId: string): Guess[] {
  return [{ key: `factor ${keyedHash(operatorId)}`, ...FACTOR }];
}

function keyedHash(name: string): string {
  return createHmac('sha256', env().NEXTAUTH_SECRET).update(name).digest('base64url').slice(0, 27);
}

/** Throws `too_many_tries` where nobody looks at this one. */
export async function requireTry(guesses: readonly Guess[]): Promise<void> {
  const seconds = await countTry(guesses);
  if (seconds > 0)
    throw new DomainError('too_many_tries', `Too many wrong tries: wait ${seconds} s.`, { seconds });
}

/**
 * Counts a try before it is looked at, so that a hundred at once are no more than a hundred one by one. Answers how many
 * seconds are left until a try is looked at; 0: this one is.
 */
export async function countTry(guesses: readonly Guess[]): Promise<number> {
  const [row] = await db().$queryRaw<{ seconds: number }[]>`
    WITH asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(guesses)}::jsonb) AS g(key text, free int, "mostSeconds" int)
    ), forgotten AS (
      DELETE FROM sign_in_tries WHERE key IN (
        SELECT key FROM sign_in_tries WHERE at < now() - ${FORGOTTEN_AFTER}::interval ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED)
    ), counted AS (
      INSERT INTO sign_in_tries AS t (key, failures, at, until)
      SELECT key, 1, clock_timestamp(), clock_timestamp() FROM asked ORDER BY key
      ON CONFLICT (key) DO UPDATE SET
        failures = t.failures + 1,
        at = clock_timestamp(),
        until = clock_timestamp() + make_interval(secs => (
          SELECT CASE WHEN t.failures < a.free THEN 0 ELSE least(a."mostSeconds", power(2, least(t.failures - a.free, 20))) END
          FROM asked a WHERE a.key = t.key))
      WHERE t.until <= clock_timestamp()
      RETURNING key
    )
    SELECT coalesce(max(greatest(1, ceil(extract(epoch FROM t.until - clock_timestamp())))), 0)::int AS seconds
    FROM asked LEFT JOIN sign_in_tries t USING (key) WHERE asked.key NOT IN (SELECT key FROM counted)`;
  return row?.seconds ?? 0;
}

/** The right password: what led to it is forgiven, and for everybody else it was no failure. */
export async function forgive(guesses: readonly Guess[]): Promise<void> {
  const [pair, ...others] = guesses.map(({ key }) => key);
  await db().$executeRaw`
    WITH gone AS (DELETE FROM sign_in_tries WHERE key = ${pair})
    UPDATE sign_in_tries SET failures = greatest(failures - 1, 0) WHERE key = ANY (${others})`;
}
