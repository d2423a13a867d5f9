import { db } from '~/lib/db';
import { ofRail } from '~/lib/rails/in-sql';
import { Prisma } from '~/prisma/generated/client';

type Keyed = { id: string; direction: string; trackingKey: string | null };

/**
 * Deposits that have their clave de rastreo, bank and day in common with others under other ids, by id. SPEI gives a key
 * out once per sending participant and day of operation (Banxico, SPEI's rules), so two are one payment that was told
 * twice, or two that their bank should not have named alike. Fintoc has the money of each, so each is credited; that
 * they are marked lets somebody look. A day of operation begins the evening before; a calendar day counts too.
 */
export async function sharedKeys(transfers: readonly Keyed[]): Promise<Map<string, string[]>> {
  const asked = transfers.filter(({ direction, trackingKey }) => direction === 'inbound' && trackingKey);
  if (asked.length === 0) return new Map();
  const rows = await db().$queryRaw<{ id: string; others: string[] }[]>`
    SELECT t.id, array_agg(o.id ORDER BY o.transacted_at, o.id) AS others
    FROM transfers t
    JOIN transfers o ON ${isOfKey(Prisma.sql`o`, Prisma.sql`t`)}
    WHERE t.id = ANY (${asked.map(({ id }) => id)})
    GROUP BY t.id`;
  return new Map(rows.map(({ id, others }) => [id, others]));
}

/** Whether a transfer is a deposit that shares its key. */
export function hasSharedKey(t: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${t}.direction = 'inbound' AND ${t}.tracking_key IS NOT NULL
    AND EXISTS (SELECT FROM transfers o WHERE ${isOfKey(Prisma.sql`o`, t)}))`;
}

/** Whether `o` is another deposit of the key, bank and day of `t`; by the key's end first, which has the index. */
function isOfKey(o: Prisma.Sql, t: Prisma.Sql): Prisma.Sql {
  const zone = ofRail(t, ({ timeZone }) => Prisma.sql`${timeZone}::text`);
  const hours = ofRail(t, ({ payoutDay }) => Prisma.sql`${payoutDay?.hoursBefore ?? 0}::int`);
  const local = (of: Prisma.Sql) => Prisma.sql`(${of}.transacted_at AT TIME ZONE ${zone})`;
  const ofOperation = (of: Prisma.Sql) => Prisma.sql`(${local(of)} + make_interval(hours => ${hours}))::date`;
  return Prisma.sql`search_code_end(${o}.tracking_key) = search_code_end(${t}.tracking_key)
    AND ${o}.tracking_key = ${t}.tracking_key AND ${o}.id <> ${t}.id AND ${o}.direction = 'inbound'
    AND ${o}.counterparty_bank IS NOT DISTINCT FROM ${t}.counterparty_bank AND ${o}.asset = ${t}.asset AND ${o}.rail = ${t}.rail
    AND (${local(o)}::date = ${local(t)}::date OR ${ofOperation(o)} = ${ofOperation(t)})`;
}

/** What of a deposit tells it from another of the same key. */
const COMPARED = {
  id: true,
  amount: true,
  asset: true,
  state: true,
  suspenseReason: true,
  transactedAt: true,
  createdAt: true,
  counterpartyName: true,
  counterpartyNumber: true,
  counterpartyBank: true,
  accountNumber: true,
  referenceId: true,
  comment: true,
  origin: true,
  wallet: { select: { id: true, name: true, houseRole: true } },
} as const;

/** A deposit and the others that share its key, the earliest first; none where it is alone with it. */
export async function depositsOfKey(transfer: Keyed) {
  const others = (await sharedKeys([transfer])).get(transfer.id);
  if (!others) return [];
  return db().transfer.findMany({
    where: { id: { in: [transfer.id, ...others] } },
    orderBy: [{ transactedAt: 'asc' }, { id: 'asc' }],
    select: COMPARED,
  });
}
