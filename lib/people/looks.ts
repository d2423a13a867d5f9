import { type Actor, authorize } from '~/lib/actor';
import { atThisMoment, db, type Queryable, transaction } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, seesAll } from '~/lib/people/sight';
import type { DataLook } from '~/prisma/generated/client';

/** How somebody came to see a customer's personal data whole. */
export const LOOK_WAYS = ['page', 'reveal', 'export', 'statement', 'pack', 'api'] as const;
export type LookWay = (typeof LOOK_WAYS)[number];

/** A page or a customer that is read again, or that stays open, is one look for so long. */
const SAME_LOOK_MINUTES = 15;

type Look = {
  way: LookWay;
  /** The list, statement, reveal or pack that it was. */
  about?: string;
  reason?: string;
};

/** That somebody saw these customers' data, in the transaction of what shows it. Who sees nobody's is not written down. */
export async function noteLook(
  client: Queryable,
  actor: Actor,
  look: Look,
  customerIds: readonly string[],
): Promise<bigint | null> {
  if (customerIds.length === 0) return null;
  const { id } = await client.dataLook.create({ data: rowOf(actor, look), select: { id: true } });
  await addCustomers(client, id, customerIds);
  return id;
}

async function addCustomers(client: Queryable, lookId: bigint, customerIds: readonly string[]) {
  await client.$executeRaw`
    INSERT INTO data_look_customers (customer_id, look_id)
    SELECT id, ${lookId} FROM customers WHERE id = ANY (${[...customerIds]}::uuid[]) ON CONFLICT DO NOTHING`;
}

function rowOf(actor: Actor, { way, about, reason }: Look) {
  if (actor.kind !== 'operator' && actor.kind !== 'key') throw new Error('A job of ours looks at nobody.');
  return {
    ...{ way, about: about ?? null, reason: reason ?? null },
    ...{ actorKind: actor.kind, actorId: actor.id, actorName: actor.name },
    ...{ ip: actor.ip ?? '', userAgent: (actor.kind === 'operator' && actor.userAgent) || '' },
  };
}

/** That somebody opened a page which shows a customer's data whole. */
export async function notePage(actor: Actor, customerId: string): Promise<void> {
  authorize(actor, 'console:read');
  await noteOnce(actor, 'page', customerId);
}

/** That a key read one customer, whom it is shown whole. What a list of the API shows is not written down by line. */
export async function noteKeyRead(reader: Reader, customerId: string): Promise<void> {
  if (seesAll(reader)) await noteOnce(reader, 'api', customerId);
}

async function noteOnce(actor: Actor, way: 'page' | 'api', customerId: string): Promise<void> {
  const { actorId, ip } = rowOf(actor, { way });
  const since = new Date(Date.now() - SAME_LOOK_MINUTES * 60_000);
  const same = { actorId, ip, way, at: { gt: since }, customers: { some: { customerId } } };
  if ((await db().dataLook.findFirst({ where: same, select: { id: true } })) !== null) return;
  await transaction((tx) => noteLook(tx, actor, { way }, [customerId]));
}

/**
 * For a file that is written some rows at a time: whoever is in them is written down before they leave. One look, as
 * long as it gets. Not of the moment that the file reads, in which nothing is written.
 */
export function lookAlong(actor: Actor, look: Look): (customerIds: readonly string[]) => Promise<void> {
  authorize(actor, 'console:read');
  let lookId: bigint | null = null;
  return (customerIds) =>
    atThisMoment(() =>
      transaction(async (tx) => {
        if (lookId === null) lookId = await noteLook(tx, actor, look, customerIds);
        else await addCustomers(tx, lookId, customerIds);
      }),
    );
}

export type LookRow = Omit<DataLook, 'way' | 'userAgent' | 'actorId'> & { way: LookWay };

const NEWEST = keyset({ lookId: 'number' }, 'desc');

/** Who saw a customer's data, the latest first; for who may read the audit log. */
export async function listLooks(
  reader: Reader,
  { customerId, cursor }: { customerId: string; cursor?: string | undefined },
  size = PAGE_SIZE,
): Promise<Page<LookRow>> {
  authorize(reader, 'audit:read');
  const rows = await db().dataLookCustomer.findMany({
    where: { customerId, ...NEWEST.where(cursor) },
    orderBy: NEWEST.orderBy,
    take: size + 1,
    include: { look: { omit: { userAgent: true, actorId: true } } },
  });
  const { items, nextCursor } = NEWEST.page(rows, size);
  return { items: items.map(({ look }) => ({ ...look, way: look.way as LookWay })), nextCursor };
}
