import { db } from '~/lib/db';
import type { Permission } from '~/lib/roles';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

/** What is found by its id alone. */
export type ThingKind =
  | 'customer'
  | 'wallet'
  | 'withdrawal'
  | 'batch'
  | 'adjustment'
  | 'hold'
  | 'case'
  | 'break'
  | 'deposit'
  | 'transaction'
  | 'account'
  | 'number'
  | 'entity'
  | 'event'
  | 'rule'
  | 'terms'
  | 'endpoint';

/** One thing that has a page of its own. */
export type Ref = { kind: ThingKind; id: string };

/** What takes more than to read: who lacks it has no page to go to. */
export const PERMITS: Partial<Record<ThingKind, Permission>> = {
  rule: 'settings:read',
  terms: 'settings:read',
  endpoint: 'settings:read',
};

/** Ids of ours are random, so whichever has it is it. What has no page of its own leads to whose it is. */
const OURS: [kind: ThingKind, table: string, leadsTo?: string][] = [
  ['wallet', 'wallets'],
  ['customer', 'customers'],
  ['withdrawal', 'withdrawals'],
  ['adjustment', 'adjustments'],
  ['hold', 'holds'],
  ['batch', 'withdrawal_batches'],
  ['case', 'cases'],
  ['break', 'proof_breaks'],
  ['customer', 'portfolios', 'customer_id'],
  ['customer', 'beneficiaries', 'customer_id'],
  ['deposit', 'deposit_requests', 'transfer_id'],
  ['wallet', 'pattern_moves', 'wallet_id'],
  ['rule', 'approval_rules'],
  ['terms', 'wallet_terms'],
  ['endpoint', 'webhook_endpoints'],
];

/** Of an approval, whatever it is asked about. */
const ASKED_ABOUT: Record<string, ThingKind> = {
  withdrawal: 'withdrawal',
  withdrawal_batch: 'batch',
  adjustment: 'adjustment',
  transfer: 'deposit',
  proof_break: 'break',
  wallet: 'wallet',
  customer: 'customer',
};

/** A thing as an address names it, `wallet:01890a5d-…`; null for what can be none. */
export function refOf(text: string): Ref | null {
  const [kind = '', id = ''] = text.split(/:(.*)/s);
  if (OURS.some(([own]) => own === kind) && kind !== 'deposit')
    return isUuid(id) ? { kind: kind as ThingKind, id: id.toLowerCase() } : null;
  return SHAPES.get(kind)?.test(id) ? { kind: kind as ThingKind, id } : null;
}

const RAILED = /^[a-z]{2,8}_\w{1,100}$/;
const SHAPES = new Map<string, RegExp>([
  ...['deposit', 'account', 'number', 'entity', 'event'].map((kind): [string, RegExp] => [kind, RAILED]),
  ['transaction', /^\d{1,18}$/],
]);

type Query = (id: string) => Prisma.Sql;
const railed =
  (kind: ThingKind, table: string): Query =>
  (id) =>
    Prisma.sql`SELECT id, ${kind} AS kind FROM ${Prisma.raw(table)} WHERE id = ${id}`;

/** How a rail's ids begin, and what each leads to. */
const RAILS: Record<string, Query> = {
  // A payout's page is its withdrawal's.
  tr_: (id) => Prisma.sql`
    SELECT coalesce(w.id::text, t.id) AS id, CASE WHEN w.id IS NULL THEN 'deposit' ELSE 'withdrawal' END AS kind
    FROM transfers t LEFT JOIN withdrawals w ON w.transfer_id = t.id WHERE t.id = ${id}`,
  acc_: railed('account', 'accounts'),
  acno_: railed('number', 'account_numbers'),
  ent_: railed('entity', 'entities'),
  evt_: railed('event', 'inbox_events'),
  onbprc_: (id) => Prisma.sql`SELECT entity_id AS id, 'entity' AS kind FROM onboardings WHERE id = ${id}`,
  mov_: (id) => Prisma.sql`SELECT account_id AS id, 'account' AS kind FROM proof_movements WHERE id = ${id}`,
};

const A_RAIL_S = /^[a-z]{2,8}_\w+$/;
/** As the ledger's page and the audit write it. */
const A_TRANSACTION = /^#(\d{1,18})$/;

/** The one thing whose id this is, of ours or of a rail; null where nothing has it. */
export async function thingOf(text: string): Promise<Ref | null> {
  if (isUuid(text)) return (await ours(text.toLowerCase())) ?? askedAbout(text);
  const [, serial] = A_TRANSACTION.exec(text) ?? [];
  if (serial)
    return one(
      Prisma.sql`SELECT id::text AS id, 'transaction' AS kind FROM ledger_transactions WHERE id = ${BigInt(serial)}`,
    );
  return A_RAIL_S.test(text) ? railS(text) : null;
}

async function one(query: Prisma.Sql): Promise<Ref | null> {
  const [row] = await db().$queryRaw<Ref[]>`${query}`;
  return row ?? null;
}

function ours(id: string): Promise<Ref | null> {
  const each = OURS.map(
    ([kind, table, leadsTo = 'id']) =>
      Prisma.sql`SELECT ${Prisma.raw(leadsTo)}::text AS id, ${kind} AS kind FROM ${Prisma.raw(table)} WHERE id = ${id}::uuid`,
  );
  return one(Prisma.join(each, ' UNION ALL '));
}

async function askedAbout(id: string): Promise<Ref | null> {
  const asked = await db().approval.findUnique({
    where: { id },
    select: { subjectType: true, subjectId: true },
  });
  const kind = asked && ASKED_ABOUT[asked.subjectType];
  return kind ? { kind, id: asked.subjectId } : null;
}

/** By how it begins; an id of anything else leads to what we were told of it. */
async function railS(id: string): Promise<Ref | null> {
  const [, query] = Object.entries(RAILS).find(([prefix]) => id.startsWith(prefix)) ?? [];
  const known = query && (await one(query(id)));
  if (known) return known;
  const verified = await db().accountVerification.findUnique({
    where: { railId: id },
    select: { beneficiary: { select: { customerId: true } } },
  });
  if (verified) return { kind: 'customer', id: verified.beneficiary.customerId };
  const told = await db().inboxEvent.findFirst({
    where: { objectId: id },
    orderBy: { receivedAt: 'desc' },
    select: { id: true },
  });
  return told && { kind: 'event', id: told.id };
}
