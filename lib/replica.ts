import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, db, isPlaceChosen, isTooSlow, onCommit, readFrom, replica } from '~/lib/db';
import { env } from '~/lib/env';
import { DomainError } from '~/lib/errors';
import { log } from '~/lib/log';
import { Prisma } from '~/prisma/generated/client';

/**
 * Reads from a streaming replica (DATABASE_REPLICA_URL), which may be late and never wrong. `late` is the word for a verb
 * that may be: a list, a search, a sum, a report. Its reads go there as long as the replica is not behind by more than
 * DATABASE_REPLICA_LAG_MS, and has replayed what its reader wrote last; else, and whenever it fails, to the primary,
 * without an error. `upToNow` is for files, which lack nothing that was there when they were asked for. In a transaction
 * everything is the primary's: nothing is decided on what is read here. Without a replica all of this does nothing.
 */
export type ReplicaHealth = {
  /** near: it is read from. late; away: it doesn't answer. strange: no replica of these books, or one that was promoted. */
  state: 'near' | 'late' | 'away' | 'strange';
  /** How long ago what it replayed last was committed; null where it says nothing. */
  lagMs: number | null;
};

type Look = ReplicaHealth & { replayed: bigint };

/** How it stands is asked so often at most. */
const FRESH_MS = 1_000;
/** So long it may take to say; a page waits for it. */
const PATIENCE_MS = 1_000;
/** So long a file waits for it to come up to the primary. */
const CATCH_UP_MS = 2_000;
/** Clocks that are further apart say nothing of a lag. */
const CLOCKS_MS = 1_000;

// The bundles of a Next.js server have a copy each of this file.
const shared = globalThis as typeof globalThis & {
  monederoReplicaSeen?: {
    look?: Promise<Look>;
    at: number;
    /** Nothing older is read in this process. */
    floor: bigint;
    isAway: boolean;
    system?: Promise<string> | undefined;
  };
};
const seen = () => {
  shared.monederoReplicaSeen ??= { at: 0, floor: 0n, isAway: false };
  return shared.monederoReplicaSeen;
};

/** Who may see their own writes at once: people and keys, by their id. */
type Asker = { kind: string; id?: string };

/** A verb that may read late. Its first argument is who reads. */
export function late<Args extends [Asker, ...unknown[]], Result>(
  read: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return (...args) => readLate(args[0], () => read(...args));
}

/**
 * The same for one read. Without somebody (`null`) it is for what pages follow: once they were told of the primary's
 * state, nothing older is read in this process, so that no page shows less than what it compares itself with.
 */
export async function readLate<Result>(asker: Asker | null, read: () => Promise<Result>): Promise<Result> {
  const copy = isPlaceChosen() ? null : replica();
  if (!copy || (asker && !asker.id)) return read();
  const near = await isNear(copy, asker?.id ?? null).catch(() => false);
  if (near) {
    const answer = await tried(copy, read);
    if (answer) return answer.result;
  }
  const result = await read();
  if (!asker) seen().floor = await positionNow();
  return result;
}

/** Runs what reads for long, such as a file, where all is there that was there when it began. */
export async function upToNow<Result>(read: (from?: Database) => Promise<Result>): Promise<Result> {
  const copy = isPlaceChosen() ? null : replica();
  if (copy && (await comesUp(copy).catch(() => false))) return readFrom(copy, () => read(copy));
  return read();
}

/** For a transaction in which somebody does something: once it is there, what they read next shows it. */
export function noteWriter({ id }: Asker): void {
  if (id && replica()) onCommit(`last write of ${id}`, () => noteWrite(id));
}

/** In the database, as they may read by another process. */
async function noteWrite(writerId: string): Promise<void> {
  await db().$executeRaw`
    INSERT INTO last_writes AS w (writer_id, position) VALUES (${writerId}::uuid, ${POSITION})
    ON CONFLICT (writer_id) DO UPDATE SET position = greatest(w.position, excluded.position)`.catch(
    (error: unknown) => log.warn({ err: error, writer: writerId }, 'a write was not noted'),
  );
}

/** How the replica stands; null where there is none. */
export async function replicaHealth(): Promise<ReplicaHealth | null> {
  const copy = replica();
  if (!copy) return null;
  const { state, lagMs } = await look(copy);
  return { state, lagMs };
}

/** Lets the replica see that time goes on where nothing else is written: its lag is known to a second. */
export async function pulse(): Promise<void> {
  if (replica()) await db().$queryRaw`SELECT pg_logical_emit_message(true, 'monedero', '') IS NULL AS pulse`;
}

const POSITION = Prisma.sql`pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint`;

/** How far the primary has written. */
async function positionNow(): Promise<bigint> {
  const [row] = await db().$queryRaw<{ position: bigint }[]>`SELECT ${POSITION} AS position`;
  return row?.position ?? 0n;
}

async function lastWrite(writerId: string): Promise<bigint> {
  const [row] = await db().$queryRaw<{ position: bigint }[]>`
    SELECT position FROM last_writes WHERE writer_id = ${writerId}::uuid`;
  return row?.position ?? 0n;
}

async function isNear(copy: Database, writerId: string | null): Promise<boolean> {
  const before = await look(copy);
  if (before.state !== 'near') return false;
  const written = writerId === null ? 0n : await lastWrite(writerId);
  const needed = written > seen().floor ? written : seen().floor;
  if (before.replayed >= needed) return true;
  const now = await look(copy, true);
  return now.state === 'near' && now.replayed >= needed;
}

async function comesUp(copy: Database): Promise<boolean> {
  const needed = await positionNow();
  const until = Date.now() + CATCH_UP_MS;
  for (;;) {
    const { state, replayed } = await look(copy, true);
    if (state !== 'near' || Date.now() > until) return false;
    if (replayed >= needed) return true;
    await sleep(20);
  }
}

/** What failed there is asked of the primary; what took too long would take as long there. */
async function tried<Result>(copy: Database, read: () => Promise<Result>) {
  try {
    return { result: await readFrom(copy, read) };
  } catch (error) {
    if (isTooSlow(error)) throw error;
    if (!(error instanceof DomainError)) isAway(error);
    return null;
  }
}

function look(copy: Database, fresh = false): Promise<Look> {
  const now = Date.now();
  const { look: known, at } = seen();
  if (known && !fresh && now - at < FRESH_MS) return known;
  const asked = Promise.race([ask(copy), sleep(PATIENCE_MS, null, { ref: false })]).then(
    (found) => found ?? isAway(`It said nothing for ${PATIENCE_MS} ms.`),
    isAway,
  );
  Object.assign(seen(), { look: asked, at: now });
  return asked;
}

/** Of a replica that broke: until it is looked at again, nobody asks it. */
function isAway(reason: unknown): Look {
  const away: Look = { state: 'away', lagMs: null, replayed: 0n };
  // Said once, however often it is looked at.
  if (!seen().isAway) log.warn({ err: reason }, 'the replica is not read from');
  Object.assign(seen(), { look: Promise.resolve(away), at: Date.now(), isAway: true });
  return away;
}

type Said = { isStandby: boolean; system: string; replayed: bigint; lagMs: number | null };

async function ask(copy: Database): Promise<Look> {
  const [said] = await copy.$queryRaw<Said[]>`
    SELECT pg_is_in_recovery() AS "isStandby", (SELECT system_identifier::text FROM pg_control_system()) AS system,
      coalesce(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint AS replayed,
      (extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 AS "lagMs"`;
  if (!said) throw new Error('One row is always answered.');
  seen().isAway = false;
  const { replayed } = said;
  const lagMs = said.lagMs === null || said.lagMs < -CLOCKS_MS ? null : Math.max(0, Math.round(said.lagMs));
  if (!said.isStandby || said.system !== (await systemOfPrimary()))
    return { state: 'strange', lagMs, replayed };
  const isLate = lagMs === null || lagMs > env().DATABASE_REPLICA_LAG_MS;
  return { state: isLate ? 'late' : 'near', lagMs, replayed };
}

/** Of a server's files, which all their copies share. */
function systemOfPrimary(): Promise<string> {
  seen().system ??= db().$queryRaw<
    { system: string }[]
  >`SELECT system_identifier::text AS system FROM pg_control_system()`
    .then(([row]) => row?.system ?? '')
    .catch((error: unknown) => {
      seen().system = undefined;
      throw error;
    });
  return seen().system as Promise<string>;
}
