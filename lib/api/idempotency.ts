import { Problem } from '~/lib/api/problem';
import { db, statement } from '~/lib/db';
import { fingerprint, uuidFrom } from '~/lib/once';
import { seal, unseal } from '~/lib/secrets';
import { Prisma } from '~/prisma/generated/client';

/** Longer than any verb takes: after it whoever was to answer has died, and the next one does it again. */
const LEASE_SECONDS = 60;
export const KEPT_DAYS = 30;

export type Asked = { keyId: string; idempotencyKey: string; content: object };
export type Answered = { status: number; body: string };

const HEADER = /^[\x21-\x7e]{1,255}$/;

/** Throws where a POST has none, or none that can be kept. */
export function idempotencyKeyOf(headers: Headers): string {
  const key = headers.get('idempotency-key');
  if (key !== null && HEADER.test(key)) return key;
  const code = key === null ? 'idempotency_key_missing' : 'idempotency_key_invalid';
  const detail = 'Send an Idempotency-Key of your own: 1 to 255 printable characters, such as a UUID.';
  throw new Problem({
    ...{ status: 400, code, title: 'Idempotency-Key needed', detail },
    errors: [{ parameter: 'Idempotency-Key', code: key === null ? 'required' : 'invalid', detail }],
  });
}

/**
 * Answers what is asked under an Idempotency-Key once: whoever asks again for the same gets the same answer, with
 * `replayed`. `run` is given an id that stays the same however often the request is begun, so that a crash between
 * what it does and the answer's being kept makes nothing twice. Its answer is kept unless it is a 5xx, and sealed: some
 * hold a secret that is told once. Throws 409 while another one is under way, and 422 where the key was another request's.
 */
export async function onceAnswered(
  asked: Asked,
  run: (requestId: string) => Promise<Answered>,
): Promise<Answered & { replayed: boolean }> {
  const { keyId, idempotencyKey } = asked;
  const hash = fingerprint(asked.content);
  const begun = await begin(keyId, idempotencyKey, hash);
  if ('answered' in begun) return { ...begun.answered, replayed: true };
  const { requestId } = begun;
  const where = { keyId, idempotencyKey, requestId };
  const answered = await run(requestId).catch(async (error: unknown) => {
    await letGo(where);
    throw error;
  });
  await (answered.status < 500 ? keep(where, answered) : letGo(where));
  return { ...answered, replayed: false };
}

type Where = { keyId: string; idempotencyKey: string; requestId: string };

async function keep({ keyId, idempotencyKey, requestId }: Where, { status, body }: Answered): Promise<void> {
  const { text, values } = Prisma.sql`
    UPDATE api_requests SET status = ${status}::int, body = ${seal(body)}
    WHERE key_id = ${keyId}::uuid AND idempotency_key = ${idempotencyKey} AND request_id = ${requestId}::uuid`;
  await statement(db(), text, values);
}

/** Whoever asks again does it again. */
async function letGo(where: Where): Promise<void> {
  await db().apiRequest.updateMany({ where, data: { leaseUntil: new Date() } });
}

type Begun = { requestId: string } | { answered: Answered };
type Row = { hash: string; status: number | null; body: string | null };

/**
 * One statement: it is new, or nobody holds it any more; else how it stands. It waits for no disk: what is done under it
 * commits after it, and takes it along there.
 */
async function begin(keyId: string, idempotencyKey: string, hash: string): Promise<Begun> {
  const { text, values } = Prisma.sql`
    INSERT INTO api_requests AS asked (key_id, idempotency_key, request_id, request_hash, lease_until)
    SELECT ${keyId}::uuid, ${idempotencyKey}, ${uuidFrom(`${keyId} ${idempotencyKey}`)}::uuid, ${hash}, now() + make_interval(secs => ${LEASE_SECONDS})
    FROM set_config('synchronous_commit', 'off', true)
    ON CONFLICT (key_id, idempotency_key) DO UPDATE SET lease_until = excluded.lease_until
    WHERE asked.status IS NULL AND asked.lease_until <= now() AND asked.request_hash = excluded.request_hash
    RETURNING request_id::text AS "requestId"`;
  const [taken] = await statement<{ requestId: string }>(db(), text, values);
  if (taken) return taken;
  const [row] = await db().$queryRaw<Row[]>`
    SELECT request_hash AS hash, status, body FROM api_requests
    WHERE key_id = ${keyId}::uuid AND idempotency_key = ${idempotencyKey}`;
  if (row && row.hash !== hash)
    throw new Problem({
      ...{ status: 422, code: 'idempotency_key_reused', title: 'Idempotency-Key reused' },
      detail: 'Another request was sent under this Idempotency-Key. Use a new one for what is new.',
    });
  if (row && row.status !== null && row.body !== null) {
    const body = opened(row.body);
    if (body !== null) return { answered: { status: row.status, body } };
    // Nobody reads it any more, so it is answered anew, under the id that makes nothing twice.
    const data = { status: null, body: null, leaseUntil: new Date() };
    await db().apiRequest.updateMany({ where: { keyId, idempotencyKey, body: row.body }, data });
    return begin(keyId, idempotencyKey, hash);
  }
  throw new Problem({
    ...{ status: 409, code: 'idempotency_key_in_use', title: 'Request in progress' },
    detail: 'A request under this Idempotency-Key is under way. Send the same again in a moment.',
    headers: { 'retry-after': '1' },
  });
}

/** Null for what was sealed under a SECRETS_KEY that another has replaced. What was answered before answers were is JSON. */
function opened(body: string): string | null {
  if (body.startsWith('{')) return body;
  try {
    return unseal(body);
  } catch {
    return null;
  }
}

/** Lets go of what was answered long ago, some at a time. Answers how many. */
export async function forgetRequests(): Promise<number> {
  const before = new Date(Date.now() - KEPT_DAYS * 86_400_000);
  return db().$executeRaw`
    DELETE FROM api_requests WHERE (key_id, idempotency_key) IN (
      SELECT key_id, idempotency_key FROM api_requests WHERE created_at < ${before} ORDER BY created_at LIMIT 1000)`;
}
