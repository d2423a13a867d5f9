import { db, statement } from '~/lib/db';
import { env } from '~/lib/env';
import { keepConflict } from '~/lib/inbox/conflicts';
import { NEWEST_FIRST } from '~/lib/inbox/endpoints';
import { keepRefusal } from '~/lib/inbox/refused';
import { log } from '~/lib/log';
import { FIRST_RAIL } from '~/lib/rails/ids';
import type { DeliverySecret } from '~/lib/rails/rail';
import { mainRail } from '~/lib/rails/registry';
import { unseal } from '~/lib/secrets';

export const MAX_BODY_BYTES = 1024 * 1024;

export type Receipt = { status: 200 | 400 | 401 | 413 };

/**
 * Takes one delivery in: verified over the raw body, stored verbatim by one insert, and nothing else. A delivery of
 * an event that stands already only counts as a duplicate; one with another content is kept beside it. Fintoc sends
 * again whatever isn't answered with 200.
 */
export async function receiveDelivery(headers: Headers, body: string, rail = mainRail()): Promise<Receipt> {
  const { name, signatureHeader } = rail.facts();
  const signature = headers.get(signatureHeader) ?? '';
  let secrets = await activeSecrets(name, SECRETS_FOR_MS);
  let verdict = rail.verify(body, signature, secrets);
  if ('refusal' in verdict && verdict.refusal === 'wrong_secret') {
    // The secret may have been rotated a moment ago.
    secrets = await activeSecrets(name, REFRESH_AFTER_MS);
    verdict = rail.verify(body, signature, secrets);
  }
  if ('refusal' in verdict) {
    await keepRefusal({ rail, reason: verdict.refusal, secrets: secrets.map(({ of }) => of), headers, body });
    return { status: 401 };
  }
  const { verifiedBy } = verdict;
  const event = rail.delivered(body);
  if (!event) {
    // Signed by the rail and still not an event: nothing to key it by.
    log.error({ body: body.slice(0, 2_000) }, 'webhook is not an event');
    await keepRefusal({ rail, reason: 'not_an_event', secrets: [verifiedBy], headers, body });
    return { status: 400 };
  }
  const { id, type, objectId, mode, at } = event;
  // Due at once. The column keeps milliseconds, and the default, rounded up, would be due only in half of one.
  const kept = keptHeaders(headers);
  const [stored] = await statement<{ first: string | null }>(db(), STORE, [
    id,
    type,
    objectId,
    mode,
    JSON.stringify(kept),
    body,
    at,
    verifiedBy,
    `${LATE_SECONDS} seconds`,
    name,
  ]);
  if (stored?.first)
    await keepConflict({ eventId: id, first: stored.first, body, headers: kept, verifiedBy });
  return { status: 200 };
}

const STORE = `
  INSERT INTO inbox_events
    (id, type, object_id, mode, headers, body, occurred_at, next_attempt_at, verified_by, rail, late, out_of_order)
  VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7::timestamptz, date_trunc('milliseconds', now()), $8, $10,
    now() - $7::timestamptz > $9::interval,
    EXISTS (
      SELECT 1 FROM inbox_events later
      WHERE later.object_id = $3 AND later.type <> $2 AND later.processed_at IS NOT NULL
        AND CASE later.origin WHEN 'poll' THEN later.received_at ELSE later.occurred_at END > $7::timestamptz))
  ON CONFLICT (id) DO UPDATE SET duplicates = inbox_events.duplicates + 1
  RETURNING CASE WHEN body <> $6 THEN body END AS first`;

/** A delivery that takes longer than this after what it tells of is late. */
export const LATE_SECONDS = 60;

const SECRET_HEADER = /auth|cookie|token|secret|credential|password|api-?key/;
const MOST_HEADERS = 60;
const HEADER_CHARS = 1_000;
const ALL_HEADERS_CHARS = 12_000;

/** The headers, without credentials and cut to a limit: proxies on the way add their own. */
function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  let room = ALL_HEADERS_CHARS;
  // Those that were shortest first, so that a long one can't push out the others.
  const given = [...headers]
    .filter(([name]) => !SECRET_HEADER.test(name))
    .sort(bySize)
    .slice(0, MOST_HEADERS);
  for (const [name, value] of given) {
    const short = value.slice(0, HEADER_CHARS);
    room -= name.length + short.length;
    if (room < 0) break;
    kept[name] = short;
  }
  return kept;
}

const bySize = (a: [string, string], b: [string, string]) => a[1].length - b[1].length;

const SECRETS_FOR_MS = 5_000;
const REFRESH_AFTER_MS = 1_000;
const cached = new Map<string, { at: number; secrets: DeliverySecret[] }>();

/** A rail's secrets, of the environment and of its registered endpoints, newest first; two while one is rotated. */
async function activeSecrets(rail: string, maxAgeMs: number): Promise<DeliverySecret[]> {
  const kept = cached.get(rail);
  if (kept && Date.now() - kept.at < maxAgeMs) return kept.secrets;
  const endpoints = await db().inboxEndpoint.findMany({
    where: { rail, retiredAt: null },
    orderBy: NEWEST_FIRST,
    take: 2,
  });
  const ofEnvironment = rail === FIRST_RAIL ? env().FINTOC_WEBHOOK_SECRET : undefined;
  const configured = (ofEnvironment ?? '').split(',').map((secret) => secret.trim());
  const secrets = [
    ...endpoints.map(({ id, encryptedSecret }) => ({ of: id, secret: unseal(encryptedSecret) })),
    ...configured.filter(Boolean).map((secret) => ({ of: 'environment', secret })),
  ];
  // An empty answer isn't kept: the first registration must count at once.
  if (secrets.length > 0) cached.set(rail, { at: Date.now(), secrets });
  else cached.delete(rail);
  return secrets;
}
