import { createHash } from 'node:crypto';
import { errorBody, FintocError } from '~/sandbox/http/errors';
import type { Reply } from '~/sandbox/http/router';
import { type Db, now, row, type Sandbox, transaction } from '~/sandbox/state';

const KEPT_MS = 24 * 3_600_000;
const LONGEST_KEY = 255;

/**
 * Runs a POST once per key and path. Its answer, also a refusal, is stored in the same transaction as its effects and
 * replayed to whoever comes again with the same parameters. A second request with the key waits for the first.
 *
 * Fintoc documents the replay. That a key with other parameters is a 409, and that a key belongs to a path, is ours.
 */
export async function once(
  sandbox: Sandbox,
  request: { key: string | undefined; path: string; fields: Record<string, unknown> },
  work: (db: Db) => Promise<Reply>,
): Promise<Reply> {
  const { key, path } = request;
  if (!key) return transaction(sandbox, work);
  if (key.length > LONGEST_KEY)
    throw new FintocError(
      400,
      'invalid_string_size',
      `Idempotency-Key has more than ${LONGEST_KEY} characters.`,
    );
  const fingerprint = fingerprintOf(request.fields);
  return transaction(sandbox, async (db) => {
    const at = now(sandbox);
    const before = await row<{ fingerprint: string; status: number; body: string }>(
      db,
      'select * from sandbox.claim_idempotency_key($1, $2, $3)',
      [key, path, new Date(at.getTime() - KEPT_MS)],
    );
    if (before) {
      if (before.fingerprint !== fingerprint) throw mismatch();
      return { status: before.status, body: JSON.parse(before.body) };
    }
    await db.query('savepoint work');
    const reply = await work(db).catch(async (error: unknown) => {
      if (!(error instanceof FintocError)) throw error;
      await db.query('rollback to savepoint work');
      return { status: error.status, body: errorBody(error) };
    });
    await db.query(
      `insert into sandbox.idempotency_keys (key, path, fingerprint, status, body, created_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (key, path) do update set fingerprint = excluded.fingerprint, status = excluded.status,
         body = excluded.body, created_at = excluded.created_at`,
      [key, path, fingerprint, reply.status, JSON.stringify(reply.body ?? null), at],
    );
    return reply;
  });
}

function mismatch(): FintocError {
  return new FintocError(
    409,
    'invalid_request',
    'This Idempotency-Key was used with other parameters.',
    'Idempotency-Key',
  );
}

/** What was asked, whatever the order of its fields, without what SDKs add for themselves. */
function fingerprintOf({ path_: _path, idempotency_key: _key, ...fields }: Record<string, unknown>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(fields)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
