import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import type { Page } from '~/lib/pagination';
import { type Reader, shownBody, shownText } from '~/lib/people/sight';
import { isUuid } from '~/lib/uuid';
import type { Prisma, WebhookDelivery, WebhookEndpoint } from '~/prisma/generated/client';

const BY_TIME = keyset({ createdAt: 'time', id: 'uuid' }, 'desc');
const NEWEST = keyset({ eventId: 'number' }, 'desc');

/** Secrets in force, by their end; never more than two. */
const IN_FORCE = () => ({
  where: { OR: [{ endsAt: null }, { endsAt: { gt: new Date() } }] },
  orderBy: { createdAt: 'desc' } as const,
  select: { id: true, shown: true, createdAt: true, endsAt: true },
});

export type EndpointRow = WebhookEndpoint & {
  secrets: { id: string; shown: string; createdAt: Date; endsAt: Date | null }[];
};

/** All that were not removed, the newest first. */
export async function listEndpoints(
  { cursor }: { cursor?: string | undefined } = {},
  size = 100,
): Promise<Page<EndpointRow>> {
  const rows = await db().webhookEndpoint.findMany({
    where: { AND: [{ state: { not: 'removed' } }, BY_TIME.where(cursor)] },
    orderBy: BY_TIME.orderBy,
    take: size + 1,
    include: { secrets: IN_FORCE() },
  });
  return BY_TIME.page(rows, size);
}

export async function getEndpoint(id: string): Promise<EndpointRow> {
  const row = isUuid(id)
    ? await db().webhookEndpoint.findFirst({
        where: { id, state: { not: 'removed' } },
        include: { secrets: IN_FORCE() },
      })
    : null;
  if (!row) throw notFound('webhook_endpoint', id);
  return row;
}

export type DeliveryRow = Omit<WebhookDelivery, 'body'> & {
  lastTry: { at: Date; status: number | null; error: string | null } | null;
};

/** What was sent to an endpoint, or waits, the newest event first. */
export async function listDeliveries(
  endpointId: string,
  { state, cursor }: { state?: string[] | undefined; cursor?: string | undefined },
  size = 50,
): Promise<Page<DeliveryRow>> {
  const rows = await db().webhookDelivery.findMany({
    where: { AND: [{ endpointId, ...(state && { state: { in: state } }) }, NEWEST.where(cursor)] },
    orderBy: NEWEST.orderBy,
    take: size + 1,
    omit: { body: true },
    include: {
      tries: { orderBy: { id: 'desc' }, take: 1, select: { at: true, status: true, error: true } },
    },
  });
  const page = NEWEST.page(rows, size);
  return { ...page, items: page.items.map(({ tries, ...row }) => ({ ...row, lastTry: tries[0] ?? null })) };
}

/** How many wait, and how many were given up. */
export async function countDeliveries(endpointId: string): Promise<{ waiting: number; givenUp: number }> {
  const [waiting, givenUp] = await Promise.all([
    db().webhookDelivery.count({ where: { endpointId, state: 'waiting' } }),
    db().webhookDelivery.count({ where: { endpointId, state: 'given_up' } }),
  ]);
  return { waiting, givenUp };
}

const MOST_TRIES = 30;

const WITH_TRIES = {
  tries: { orderBy: { id: 'desc' }, take: MOST_TRIES },
} satisfies Prisma.WebhookDeliveryInclude;

type Try = Prisma.WebhookDeliveryGetPayload<{ include: typeof WITH_TRIES }>['tries'][number];
type Headers = Record<'requestHeaders' | 'responseHeaders', [string, string][]>;

/** `body`: null where the reader may not see it. */
export type DeliveryPage = WebhookDelivery & { tries: (Omit<Try, keyof Headers> & Headers)[] };

/** One message with what was sent and what came back, each as its reader may see it. */
export async function getDelivery(reader: Reader, endpointId: string, id: bigint): Promise<DeliveryPage> {
  const row = await db().webhookDelivery.findFirst({
    where: { id, endpointId },
    include: WITH_TRIES,
  });
  if (!row) throw notFound('webhook_delivery', String(id));
  return {
    ...row,
    body: row.body && shownBody(reader, null, row.body),
    tries: row.tries.map((each) => ({
      ...each,
      requestHeaders: headersIn(each.requestHeaders),
      responseHeaders: headersIn(each.responseHeaders),
      responseBody: shownText(reader, null, each.responseBody),
    })),
  };
}

function headersIn(json: unknown): [string, string][] {
  return Object.entries((json ?? {}) as Record<string, string>).map(([name, value]) => [name, String(value)]);
}
