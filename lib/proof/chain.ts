import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { log } from '~/lib/log';

/** Rows of one table in one seal. */
const ROWS = 1_000;
const PATIENCE_SECONDS = 5;
const HEAD_EVERY_MS = 3_600_000;

/** The last seal at some moment, as it stands outside the database. */
export type Head = { at: string; number: bigint; hash: string };

/**
 * Seals what was posted, audited and decided since the last time, beside all other work. Any number of workers may call
 * it; one does it at a time. Returns how many rows it sealed.
 */
export async function sealChain({ rows = ROWS, patienceSeconds = PATIENCE_SECONDS } = {}): Promise<number> {
  const [row] = await db().$queryRaw<{ sealed: bigint }[]>`
    SELECT chain_seal(${rows}::int, make_interval(secs => ${patienceSeconds}::float8)) AS sealed`;
  return Number(row?.sealed ?? 0n);
}

/**
 * Writes the chain's head to CHAIN_HEAD_FILE and the log, once an hour: whoever rewrites the database can't rewrite
 * those. Returns what it wrote. A chain that is shorter than its file says is told, and the file left as it is.
 */
export async function noteHead(now = new Date()): Promise<Head | null> {
  const file = env().CHAIN_HEAD_FILE;
  const last = readHeads(file).at(-1);
  if (last && now.getTime() - Date.parse(last.at) < HEAD_EVERY_MS) return null;
  const [seal] = await db().$queryRaw<{ number: bigint; hash: string }[]>`
    SELECT number, encode(hash, 'hex') AS hash FROM chain_seals ORDER BY number DESC LIMIT 1`;
  if (last && (seal?.number ?? 0n) < last.number) {
    const here = String(seal?.number ?? 0n);
    log.error(
      { file, here, noted: String(last.number) },
      'the chain is shorter than its head file says: run npm run verify; after a restore, put the file aside',
    );
    return null;
  }
  if (!seal || seal.number === last?.number) return null;
  const head = { at: now.toISOString(), number: seal.number, hash: seal.hash };
  log.info({ seal: String(head.number), hash: head.hash }, 'chain head');
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  appendFileSync(file, `${head.at} ${head.number} ${head.hash}\n`, { mode: 0o600 });
  return head;
}

/** Every head that was noted, the oldest first; none where there is no file. */
export function readHeads(file: string): Head[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => /^(\S+) (\d+) ([0-9a-f]{64})$/.exec(line))
    .filter((match) => match !== null)
    .map(([, at = '', number = '', hash = '']) => ({ at, number: BigInt(number), hash }));
}
