import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { NEWEST_FIRST } from '~/lib/inbox/endpoints';
import { keyset } from '~/lib/keyset';
import { log } from '~/lib/log';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, shown, shownAll, shownBody } from '~/lib/people/sight';
import type { DeliverySecret, Rail, SignatureRefusal } from '~/lib/rails/rail';
import { unseal } from '~/lib/secrets';
import type { Prisma } from '~/prisma/generated/client';

export const REFUSALS = [
  'wrong_secret',
  'retired_secret',
  'stale_signature',
  'no_signature',
  'malformed_signature',
  'no_secret',
  'not_an_event',
  'too_large',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** So many of each reason are kept; the oldest go. */
export const KEPT_PER_REASON = 200;
const BODY_CHARS = 4_000;
const HEADER_CHARS = 300;
const HEADERS = ['content-type', 'user-agent', 'x-forwarded-for', 'x-request-id'];

type Refused = {
  /** Whose delivery it says to be. */
  rail: Rail;
  reason: SignatureRefusal | 'not_an_event' | 'too_large';
  secrets: string[];
  headers: Headers;
  body: string;
  bodyBytes?: number;
};

/**
 * Keeps a refused delivery to be looked at: a wrong secret after a rotation shows here. Whoever sent it may be
 * anybody, so what is kept is short, little and slow to come: the rest is only counted.
 */
export async function keepRefusal({
  rail,
  reason,
  secrets,
  headers,
  body,
  bodyBytes,
}: Refused): Promise<void> {
  const unkept = admit(reason);
  if (unkept === null) return;
  log.warn({ reason, unkept }, 'webhook refused');
  try {
    const { signatureHeader } = rail.facts();
    const signature = headers.get(signatureHeader) ?? '';
    const retired = reason === 'wrong_secret' ? await retiredSecretOf(rail, body, signature) : null;
    const facts = {
      reason: retired ? 'retired_secret' : reason,
      secrets: retired ? [retired] : secrets,
      headers: JSON.stringify(
        Object.fromEntries(
          [signatureHeader, ...HEADERS].map((name) => [name, cut(headers.get(name), HEADER_CHARS)]),
        ),
      ),
      body: cut(body, BODY_CHARS) ?? '',
      bytes: bodyBytes ?? Buffer.byteLength(body),
    };
    await db().$executeRaw`
      WITH gone AS (
        DELETE FROM refused_deliveries WHERE id IN (
          SELECT id FROM refused_deliveries WHERE reason = ${facts.reason} ORDER BY id DESC OFFSET ${KEPT_PER_REASON - 1}))
      INSERT INTO refused_deliveries (reason, secrets, headers, body, body_bytes, unkept)
      VALUES (${facts.reason}, ${facts.secrets}, ${facts.headers}::jsonb, ${facts.body}, ${facts.bytes}, ${unkept})`;
  } catch (error) {
    // The sender's answer doesn't depend on what we keep.
    log.error({ err: error }, 'refused webhook not kept');
  }
}

const BURST = 10;
const PER_SECOND = 1;
type Bucket = { tokens: number; at: number; unkept: number };
const buckets = new Map<string, Bucket>();

/** Whether one more of this reason may be kept now: null when not, else how many were not since the last that was. */
function admit(reason: string, now = Date.now()): number | null {
  const bucket = buckets.get(reason) ?? { tokens: BURST, at: now, unkept: 0 };
  buckets.set(reason, bucket);
  bucket.tokens = Math.min(BURST, bucket.tokens + ((now - bucket.at) / 1_000) * PER_SECOND);
  bucket.at = now;
  if (bucket.tokens < 1) {
    bucket.unkept += 1;
    return null;
  }
  bucket.tokens -= 1;
  const { unkept } = bucket;
  bucket.unkept = 0;
  return unkept;
}

/** The endpoint whose secret, no longer good, fits: that registration still delivers although it was replaced. */
async function retiredSecretOf(rail: Rail, body: string, signature: string): Promise<string | null> {
  const endpoints = await db().inboxEndpoint.findMany({
    where: { rail: rail.facts().name },
    orderBy: NEWEST_FIRST,
    take: 10,
  });
  const secrets = endpoints.flatMap(({ id, encryptedSecret }): DeliverySecret[] => {
    try {
      return [{ of: id, secret: unseal(encryptedSecret) }];
    } catch {
      // Sealed under a key that was replaced since.
      return [];
    }
  });
  const verdict = rail.verify(body, signature, secrets);
  return 'verifiedBy' in verdict ? verdict.verifiedBy : null;
}

const ALERT_HOURS = 24;

/** How many came lately that were signed with a secret which isn't good here, those not kept included. */
export async function countWrongSecrets(): Promise<number> {
  const { _count, _sum } = await db().refusedDelivery.aggregate({
    where: {
      reason: { in: ['wrong_secret', 'retired_secret'] },
      receivedAt: { gt: new Date(Date.now() - ALERT_HOURS * 3_600_000) },
    },
    _count: true,
    _sum: { unkept: true },
  });
  return _count + (_sum.unkept ?? 0);
}

export type RefusedFilter = {
  reasons?: Refusal[] | undefined;
  before?: Date | undefined;
  since?: Date | undefined;
};

const NEWEST = keyset({ id: 'number' }, 'desc');
const WITHOUT_BODY = { body: true } satisfies Prisma.RefusedDeliveryOmit;

export type RefusedRow = Prisma.RefusedDeliveryGetPayload<{ omit: typeof WITHOUT_BODY }>;

/** What was refused, newest first, without bodies. */
export async function listRefused(
  reader: Reader,
  { reasons, since, before, cursor }: RefusedFilter & { cursor?: string | undefined },
): Promise<Page<RefusedRow>> {
  const rows = await db().refusedDelivery.findMany({
    where: {
      AND: [
        reasons ? { reason: { in: reasons } } : {},
        since ? { receivedAt: { gte: since } } : {},
        before ? { receivedAt: { lt: before } } : {},
        NEWEST.where(cursor),
      ],
    },
    orderBy: NEWEST.orderBy,
    take: PAGE_SIZE + 1,
    omit: WITHOUT_BODY,
  });
  const { items, nextCursor } = NEWEST.page(rows, PAGE_SIZE);
  return { items: shownAll(reader, 'event', items), nextCursor };
}

export async function getRefused(reader: Reader, id: string) {
  const row = /^\d{1,18}$/.test(id)
    ? await db().refusedDelivery.findUnique({ where: { id: BigInt(id) } })
    : null;
  if (!row) throw notFound('refused delivery', id);
  return { ...shown(reader, 'event', null, row), body: shownBody(reader, null, row.body) };
}

/** Postgres has no U+0000 in its texts. */
function cut(text: string | null, most: number): string | null {
  return text === null ? null : text.slice(0, most).replaceAll('\0', '');
}
