import { Problem } from '~/lib/api/problem';
import { db } from '~/lib/db';
import { fingerprint, uuidFrom } from '~/lib/once';
import { openTexts, sealingKeyOf } from '~/lib/vault/data-keys';
import { type Place, sealText } from '~/lib/vault/sealed';

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
 * what it does and the answer's being kept makes nothing twice. Its answer is kept unless it is a 5xx. Throws 409 while
 * another one is under way, and 422 where the key was another request's.
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
    await db().apiRequest.updateMany({ where, data: { leaseUntil: new Date() } });
    throw error;
  });
  const isKept = answered.status < 500;
  await db().apiRequest.updateMany({
    where,
    data: isKept ? await sealedAnswer(asked, answered) : { leaseUntil: new Date() },
  });
  return { ...answered, replayed: false };
}

/** Answers tell of people: they are kept sealed, for as long as somebody may ask again. */
async function sealedAnswer(asked: Asked, { status, body }: Answered): Promise<Answered> {
  const key = await sealingKeyOf(db(), 'house');
  return { status, body: sealText(key, placeOf(asked), body) };
}

const placeOf = ({ keyId, idempotencyKey }: Pick<Asked, 'keyId' | 'idempotencyKey'>): Place => ({
  column: 'api_requests.body',
  row: `${keyId}/${idempotencyKey}`,
});

type Begun = { requestId: string } | { answered: Answered };
type Row = { hash: string; status: number | null; body: string | null };

/** One statement: it is new, or nobody holds it any more; else how it stands. */
async function begin(keyId: string, idempotencyKey: string, hash: string): Promise<Begun> {
  const [taken] = await db().$queryRaw<{ requestId: string }[]>`
    INSERT INTO api_requests AS asked (key_id, idempotency_key, request_id, request_hash, lease_until)
    VALUES (${keyId}::uuid, ${idempotencyKey}, ${uuidFrom(`${keyId} ${idempotencyKey}`)}::uuid, ${hash}, now() + make_interval(secs => ${LEASE_SECONDS}))
    ON CONFLICT (key_id, idempotency_key) DO UPDATE SET lease_until = excluded.lease_until
    WHERE asked.status IS NULL AND asked.lease_until <= now() AND asked.request_hash = excluded.request_hash
    RETURNING request_id::text AS "requestId"`;
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
    const place = placeOf({ keyId, idempotencyKey });
    const [body] = await openTexts(db(), [{ place, text: row.body }]);
    return { answered: { status: row.status, body: body ?? '' } };
  }
  throw new Problem({
    ...{ status: 409, code: 'idempotency_key_in_use', title: 'Request in progress' },
    detail: 'A request under this Idempotency-Key is under way. Send the same again in a moment.',
    headers: { 'retry-after': '1' },
  });
}

/** Lets go of what was answered long ago. Answers how many. */
export async function forgetRequests(): Promise<number> {
  const before = new Date(Date.now() - KEPT_DAYS * 86_400_000);
  const { count } = await db().apiRequest.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
