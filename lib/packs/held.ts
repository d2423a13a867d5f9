import { db, type Queryable } from '~/lib/db';
import { type HeldRow, openedRows } from '~/lib/packs/opened';
import { Prisma } from '~/prisma/generated/client';

/** Rows of one kind: of which table, whose, and by which key they are read page by page. */
type Kind = { from: Prisma.Sql; whose: (customerId: string) => Prisma.Sql; key: 'uuid' | 'bigint' | 'text' };

const PAGE = 1_000;

const wallets = (id: string) => Prisma.sql`(SELECT w.id FROM wallets w WHERE w.customer_id = ${id}::uuid)`;
const entities = (id: string) => Prisma.sql`(SELECT x.id FROM entities x WHERE x.customer_id = ${id}::uuid)`;
const self = (id: string) => Prisma.sql`t.customer_id = ${id}::uuid`;
const ofWallet = (id: string) => Prisma.sql`t.wallet_id IN ${wallets(id)}`;
const about = (id: string) => Prisma.sql`
  (t.subject_type = 'customer' AND t.subject_id = ${id}) OR (t.subject_type = 'wallet' AND t.subject_id IN (SELECT w.id::text FROM wallets w WHERE w.customer_id = ${id}::uuid))`;

/** Everything that is held of a customer, by table. A table with whose data it is and without a line here fails a test. */
export const HELD: Record<string, Kind> = {
  customers: { from: Prisma.sql`customers`, whose: (id) => Prisma.sql`t.id = ${id}::uuid`, key: 'uuid' },
  portfolios: { from: Prisma.sql`portfolios`, whose: self, key: 'uuid' },
  wallets: { from: Prisma.sql`wallets`, whose: self, key: 'uuid' },
  wallet_assets: {
    from: Prisma.sql`(SELECT a.wallet_id || '/' || a.asset AS id, a.* FROM wallet_assets a)`,
    whose: ofWallet,
    key: 'text',
  },
  account_numbers: {
    from: Prisma.sql`account_numbers`,
    whose: (id) =>
      Prisma.sql`t.id IN (SELECT a.account_number_id FROM wallet_assets a WHERE a.wallet_id IN ${wallets(id)})`,
    key: 'text',
  },
  entities: { from: Prisma.sql`entities`, whose: self, key: 'text' },
  onboardings: {
    from: Prisma.sql`onboardings`,
    whose: (id) => Prisma.sql`t.entity_id IN ${entities(id)}`,
    key: 'text',
  },
  kyb_drafts: {
    from: Prisma.sql`(SELECT d.entity_id || '/' || d.part AS id, d.* FROM kyb_drafts d)`,
    whose: (id) => Prisma.sql`t.entity_id IN ${entities(id)}`,
    key: 'text',
  },
  beneficiaries: { from: Prisma.sql`beneficiaries`, whose: self, key: 'uuid' },
  account_verifications: {
    from: Prisma.sql`account_verifications`,
    whose: (id) =>
      Prisma.sql`t.beneficiary_id IN (SELECT b.id FROM beneficiaries b WHERE b.customer_id = ${id}::uuid)`,
    key: 'uuid',
  },
  ledger_entries: { from: Prisma.sql`ledger_entries`, whose: ofWallet, key: 'bigint' },
  transfers: { from: Prisma.sql`transfers`, whose: ofWallet, key: 'text' },
  withdrawals: { from: Prisma.sql`withdrawals`, whose: ofWallet, key: 'uuid' },
  schedules: { from: Prisma.sql`schedules`, whose: ofWallet, key: 'uuid' },
  deposit_requests: { from: Prisma.sql`deposit_requests`, whose: ofWallet, key: 'uuid' },
  adjustments: {
    from: Prisma.sql`adjustments`,
    whose: (id) => Prisma.sql`t.from_wallet_id IN ${wallets(id)} OR t.to_wallet_id IN ${wallets(id)}`,
    key: 'uuid',
  },
  exchanges: { from: Prisma.sql`exchanges`, whose: ofWallet, key: 'uuid' },
  holds: { from: Prisma.sql`holds`, whose: ofWallet, key: 'uuid' },
  debt_plans: { from: Prisma.sql`debt_plans`, whose: ofWallet, key: 'uuid' },
  lifecycle_acts: {
    from: Prisma.sql`lifecycle_acts`,
    whose: (id) => Prisma.sql`t.subject_id = ${id}::uuid OR t.subject_id IN ${wallets(id)}`,
    key: 'bigint',
  },
  cases: { from: Prisma.sql`cases`, whose: self, key: 'uuid' },
  case_acts: {
    from: Prisma.sql`case_acts`,
    whose: (id) => Prisma.sql`t.case_id IN (SELECT c.id FROM cases c WHERE c.customer_id = ${id}::uuid)`,
    key: 'bigint',
  },
  notes: { from: Prisma.sql`notes`, whose: about, key: 'uuid' },
  statements: {
    from: Prisma.sql`statements`,
    whose: (id) => Prisma.sql`t.customer_id = ${id}::uuid OR t.wallet_id IN ${wallets(id)}`,
    key: 'uuid',
  },
  statement_orders: {
    from: Prisma.sql`statement_orders`,
    whose: (id) =>
      Prisma.sql`t.customer_id = ${id}::uuid OR t.wallet_id IN ${wallets(id)}
        OR t.portfolio_id IN (SELECT p.id FROM portfolios p WHERE p.customer_id = ${id}::uuid)`,
    key: 'uuid',
  },
  person_packs: { from: Prisma.sql`person_packs`, whose: self, key: 'uuid' },
  reveals: { from: Prisma.sql`reveals`, whose: about, key: 'uuid' },
  data_looks: {
    from: Prisma.sql`data_looks`,
    whose: (id) =>
      Prisma.sql`t.id IN (SELECT c.look_id FROM data_look_customers c WHERE c.customer_id = ${id}::uuid)`,
    key: 'bigint',
  },
  audit_entries: { from: Prisma.sql`audit_entries`, whose: about, key: 'bigint' },
};

const CASTS = {
  uuid: Prisma.sql`::uuid`,
  bigint: Prisma.sql`::bigint`,
  text: Prisma.sql``,
};

/** How PostgreSQL finds things, and bytes of files that stand for themselves. */
const LEFT_OUT = ['search_text', 'sha256', 'tax_id_hash', 'email_hash', 'phone_hash'];

const IS_WHOLE = Prisma.sql`(jsonb_typeof(value) = 'number' AND value::text ~ '^-?[0-9]+$')`;

/**
 * Rows of one kind as JSON has them, a page at a time; amounts are in the smallest unit of their asset. Whole numbers
 * are bigints, which JSON would round from 2^53 on.
 */
export async function* rowsHeld(
  kind: keyof typeof HELD,
  customerId: string,
  client: () => Queryable = db,
): AsyncGenerator<HeldRow[]> {
  const held = HELD[kind];
  if (!held) throw new Error(`Nothing is held under ${kind}.`);
  const { from, whose, key } = held;
  const column = key === 'text' ? Prisma.sql`t.id COLLATE "C"` : Prisma.sql`t.id`;
  let last: string | null = null;
  do {
    const beyond: Prisma.Sql =
      last === null ? Prisma.sql`true` : Prisma.sql`${column} > ${last}${CASTS[key]}`;
    const rows: { id: string; row: HeldRow; numbers: string[] }[] = await client().$queryRaw`
      SELECT t.id::text AS id, f.row, f.numbers FROM ${from} t CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(key, CASE WHEN ${IS_WHOLE} THEN to_jsonb(value::text) ELSE value END) AS row,
          coalesce(array_agg(key) FILTER (WHERE ${IS_WHOLE}), '{}') AS numbers
        FROM jsonb_each(to_jsonb(t) - ${LEFT_OUT}::text[])) f
      WHERE (${whose(customerId)}) AND ${beyond} ORDER BY ${column} LIMIT ${PAGE}`;
    const page = rows.map(({ row, numbers }) => ({
      ...row,
      ...Object.fromEntries(numbers.map((name) => [name, BigInt(String(row[name]))])),
    }));
    if (rows.length > 0) yield await openedRows(client(), kind, page);
    last = rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null;
  } while (last !== null);
}
