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
/** So is what a key reads as a list, all day: whole lists are read again and again. */
const SAME_LIST_MINUTES = 24 * 60;

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
  await noteOnce(actor, { way: 'page' }, [customerId], SAME_LOOK_MINUTES);
}

/** What a key reads of customers: who they are, whom they saved, and whom their wallets paid or were paid by. */
export type KeyRead = 'customers' | 'entities' | 'beneficiaries' | Payments;
type Payments = 'withdrawals' | 'deposits' | 'transactions';

/** That a key read one customer, whom it is shown whole, or one beneficiary of theirs. */
export async function noteKeyRead(
  reader: Reader,
  customerId: string,
  about?: 'beneficiaries',
): Promise<void> {
  const look = { way: 'api', ...(about && { about }) } as const;
  if (seesAll(reader)) await noteOnce(reader, look, [customerId], SAME_LOOK_MINUTES);
}

/** The same of a page of a list: one look at everybody on it whom this key didn't see so that day. */
export async function noteKeyList(
  reader: Reader,
  about: KeyRead,
  customerIds: readonly string[],
): Promise<void> {
  if (seesAll(reader)) await noteOnce(reader, { way: 'api', about }, customerIds, SAME_LIST_MINUTES);
}

/**
 * The same of payments, which say whole who pays and who is paid: one by itself, or a page of a list. It is a look at whose
 * wallets these are; of what stands in suspense nobody knows whose it is.
 */
export async function noteKeyPayments(
  reader: Reader,
  { about, isList }: { about: Payments; isList: boolean },
  walletIds: readonly (string | null)[],
): Promise<void> {
  const ids = [...new Set(walletIds.filter((id) => id !== null))];
  if (!seesAll(reader) || ids.length === 0) return;
  const wallets = await db().wallet.findMany({
    where: { id: { in: ids }, customerId: { not: null } },
    select: { customerId: true },
  });
  const customerIds = [...new Set(wallets.flatMap(({ customerId }) => customerId ?? []))];
  await noteOnce(reader, { way: 'api', about }, customerIds, isList ? SAME_LIST_MINUTES : SAME_LOOK_MINUTES);
}

async function noteOnce(
  actor: Actor,
  look: Look,
  customerIds: readonly string[],
  sameMinutes: number,
): Promise<void> {
  if (customerIds.length === 0) return;
  const { actorId, ip, way, about } = rowOf(actor, look);
  const same = { actorId, ip, way, about, at: { gt: new Date(Date.now() - sameMinutes * 60_000) } };
  const seen = await db().dataLookCustomer.findMany({
    where: { customerId: { in: [...customerIds] }, look: same },
    select: { customerId: true },
  });
  const known = new Set(seen.map(({ customerId }) => customerId));
  const anew = customerIds.filter((id) => !known.has(id));
  if (anew.length > 0) await transaction((tx) => noteLook(tx, actor, look, anew));
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
