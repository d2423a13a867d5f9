import { Prisma } from '~/prisma/generated/client';

/** What is found by its id alone. */
export type ThingKind =
  | 'customer'
  | 'wallet'
  | 'withdrawal'
  | 'adjustment'
  | 'case'
  | 'break'
  | 'deposit'
  | 'account'
  | 'number'
  | 'entity'
  | 'event';

type Query = (id: string) => Prisma.Sql;

const own =
  (kind: ThingKind, table: string): Query =>
  (id) =>
    Prisma.sql`SELECT id::text, ${kind} AS kind FROM ${Prisma.raw(table)} WHERE id = ${id}::uuid`;
const railed =
  (kind: ThingKind, table: string): Query =>
  (id) =>
    Prisma.sql`SELECT id, ${kind} AS kind FROM ${Prisma.raw(table)} WHERE id = ${id}`;

/** How each is asked for. Ids of ours are random, so whichever has it is it; a rail's begin with what they are. */
export const BY_ID = {
  uuid: {
    wallet: own('wallet', 'wallets'),
    customer: own('customer', 'customers'),
    withdrawal: own('withdrawal', 'withdrawals'),
    adjustment: own('adjustment', 'adjustments'),
    case: own('case', 'cases'),
    break: own('break', 'proof_breaks'),
  },
  rail: {
    // A payout's page is its withdrawal's.
    tr_: (id) => Prisma.sql`
      SELECT coalesce(w.id::text, t.id) AS id, CASE WHEN w.id IS NULL THEN 'deposit' ELSE 'withdrawal' END AS kind
      FROM transfers t LEFT JOIN withdrawals w ON w.transfer_id = t.id WHERE t.id = ${id}`,
    acc_: railed('account', 'accounts'),
    acno_: railed('number', 'account_numbers'),
    ent_: railed('entity', 'entities'),
    evt_: railed('event', 'inbox_events'),
  } satisfies Record<string, Query>,
};

/** Which of a rail's things an id is, by how it begins. */
export function typeOfId(text: string): Query | null {
  const [, query] = Object.entries(BY_ID.rail).find(([prefix]) => text.startsWith(prefix)) ?? [];
  return query ?? null;
}
