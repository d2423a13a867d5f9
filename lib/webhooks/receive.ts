import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { webhookRefusal } from '~/lib/fintoc/gateway';
import { toEvent } from '~/lib/fintoc/translate';
import { log } from '~/lib/log';
import { unseal } from '~/lib/secrets';

export const MAX_BODY_BYTES = 1024 * 1024;

export type Receipt = { status: 200 | 400 | 401 | 413 };

/**
 * Takes one delivery in: verified over the raw body, stored verbatim by one insert, and nothing else. A delivery of
 * an event that stands already only counts as a duplicate. Fintoc sends again whatever isn't answered with 200.
 */
export async function receiveDelivery(headers: Headers, body: string): Promise<Receipt> {
  const refusal = webhookRefusal(body, headers.get('fintoc-signature') ?? '', await activeSecrets());
  if (refusal) {
    log.warn({ refusal }, 'webhook refused');
    return { status: 401 };
  }
  const event = parse(body);
  if (!event) return { status: 400 };
  const kept = JSON.stringify(Object.fromEntries(KEPT_HEADERS.map((name) => [name, headers.get(name)])));
  await db().$executeRaw`
    INSERT INTO webhook_events (id, type, object_id, mode, headers, body, occurred_at)
    VALUES (${event.id}, ${event.type}, ${event.data.id ?? null}, ${event.mode}, ${kept}::jsonb, ${body}, ${event.created_at})
    ON CONFLICT (id) DO UPDATE SET duplicates = webhook_events.duplicates + 1`;
  return { status: 200 };
}

const KEPT_HEADERS = ['fintoc-signature', 'content-type', 'user-agent', 'x-forwarded-for', 'x-request-id'];

function parse(body: string) {
  try {
    return toEvent(JSON.parse(body));
  } catch {
    // Signed by Fintoc and still not an event: nothing to key it by.
    log.error({ body: body.slice(0, 2_000) }, 'webhook is not an event');
    return null;
  }
}

const SECRETS_FOR_MS = 5_000;
let cached: { at: number; secrets: string[] } | undefined;

/** The secrets of the environment and of the registered endpoints, newest first; two while one is rotated. */
async function activeSecrets(): Promise<string[]> {
  if (cached && Date.now() - cached.at < SECRETS_FOR_MS) return cached.secrets;
  const endpoints = await db().webhookEndpoint.findMany({
    where: { retiredAt: null },
    orderBy: { createdAt: 'desc' },
    take: 2,
  });
  const configured = (env().FINTOC_WEBHOOK_SECRET ?? '').split(',').map((secret) => secret.trim());
  const secrets = [...endpoints.map(({ encryptedSecret }) => unseal(encryptedSecret)), ...configured].filter(
    Boolean,
  );
  // An empty answer isn't kept: the first registration must count at once.
  cached = secrets.length > 0 ? { at: Date.now(), secrets } : undefined;
  return secrets;
}
