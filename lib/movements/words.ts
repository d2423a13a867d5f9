import { db } from '~/lib/db';
import type { MovementOrder } from '~/lib/movements/order';
import {
  anyOf,
  isAmount,
  isTrackingKey,
  type Sayings,
  saysSeenWords,
  saysWords,
  type Typed,
} from '~/lib/search/typed';
import { isTransferOf } from '~/lib/transfers/matching';
import { walletsNamed } from '~/lib/wallets/search';
import { isWithdrawalOf } from '~/lib/withdrawals/matching';
import { Prisma } from '~/prisma/generated/client';

const NOTE: Sayings = { text: Prisma.sql`search_text(t.note)`, of: [Prisma.sql`t.note`] };

/** So many wallets of a name are told to every row of a walk, instead of looking up each row's own. */
const MOST_NAMED = 1_500;

/** The wallets that are found by name; null for nothing typed, and for more than a row is soon compared with. */
export async function fewWalletsNamed(typed: Typed | null): Promise<string[] | null> {
  if (!typed) return null;
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM (${walletsNamed(typed)}) w LIMIT ${MOST_NAMED + 1}`;
  return rows.length > MOST_NAMED ? null : rows.map(({ id }) => id);
}

/**
 * Whether the movement `e` is about what was typed. `named`: all wallets that are found by name, where they are known.
 * A scalar, so that no join is made of it.
 */
export function isAbout(typed: Typed, wholeOnly: boolean, named: string[] | null = null): Prisma.Sql {
  const key = isTrackingKey(Prisma.sql`f.tracking_key`, typed);
  const ofWallet = named
    ? [Prisma.sql`e.wallet_id = ANY (${named}::uuid[])`]
    : [saysWords(Prisma.sql`w.search_text`, typed), saysWords(Prisma.sql`c.search_text`, typed)];
  const wallets = Prisma.sql`
    JOIN wallets w ON w.id = e.wallet_id
    LEFT JOIN customers c ON c.id = w.customer_id`;
  return Prisma.sql`(
    SELECT ${anyOf([
      isTransferOf(typed, wholeOnly),
      isWithdrawalOf(typed, wholeOnly),
      key,
      Prisma.sql`(t.note IS NOT NULL AND ${saysSeenWords(NOTE, typed, wholeOnly)})`,
      typed.uuid !== null && isOfAdjustment(typed.uuid),
      ...ofWallet,
      isAmount(Prisma.sql`e.asset`, Prisma.sql`abs(e.amount)`, typed),
    ])}
    FROM ledger_transactions t ${named ? Prisma.empty : wallets}
    LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
    LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
    WHERE t.id = e.transaction_id)`;
}

/** Whether the other side of the movement `e` has its account at one of these banks. */
export function isAtBank(banks: readonly string[]): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(destination_bank(d.destination), clabe_bank(f.counterparty_number)) = ANY (${banks})
    FROM ledger_transactions t
    LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
    LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
    WHERE t.id = e.transaction_id)`;
}

/** Of more movements than this a page is sooner met by walking. */
const MOST = 20_000;
/** So many wallets are looked into for theirs. */
const MOST_WALLETS = 100_000;

/** What a search finds movements by: each a query of ids. */
export type Causes = Record<
  'transfers' | 'withdrawals' | 'wallets' | 'transactions' | 'movements',
  Prisma.Sql | null
>;

/** What the movements about what was typed are found by. */
export function causesAbout(typed: Typed, wholeOnly: boolean): Causes {
  const { uuid } = typed;
  return {
    transfers: Prisma.sql`SELECT f.id FROM transfers f WHERE ${isTransferOf(typed, wholeOnly)}`,
    withdrawals: Prisma.sql`SELECT d.id FROM withdrawals d WHERE ${isWithdrawalOf(typed, wholeOnly)}`,
    wallets: walletsNamed(typed),
    transactions: Prisma.sql`SELECT t.id FROM ledger_transactions t WHERE ${anyOf([
      Prisma.sql`(t.note IS NOT NULL AND ${saysSeenWords(NOTE, typed, wholeOnly)})`,
      uuid !== null && isOfAdjustment(uuid),
    ])}`,
    movements: ofAmount(typed),
  };
}

/** What the movements whose other side is at one of these banks are found by. */
export function causesAtBanks(banks: readonly string[]): Causes {
  return {
    transfers: Prisma.sql`SELECT f.id FROM transfers f WHERE clabe_bank(f.counterparty_number) = ANY (${banks})`,
    withdrawals: Prisma.sql`SELECT d.id FROM withdrawals d WHERE destination_bank(d.destination) = ANY (${banks})`,
    wallets: null,
    transactions: null,
    movements: null,
  };
}

function ofAmount({ amounts }: Typed): Prisma.Sql | null {
  if (amounts.length === 0) return null;
  const each = amounts.flatMap(({ asset, amount }) =>
    [amount, -amount].map((signed) => Prisma.sql`(e.asset = ${asset} AND e.amount = ${signed})`),
  );
  return Prisma.sql`SELECT e.id FROM ledger_entries e WHERE e.wallet_id IS NOT NULL AND ${anyOf(each)}`;
}

/** The ids of the movements of a page that are found so; null where there are more than MOST in all. */
export async function movementsOf(
  causes: Causes,
  {
    span,
    within,
    order,
    limit,
  }: { span: Prisma.Sql; within: Prisma.Sql; order: MovementOrder; limit: number },
): Promise<bigint[] | null> {
  const { transfers, withdrawals, wallets, transactions, movements } = causes;
  const [found] = await db().$queryRaw<{ page: bigint[] | null }[]>`
    WITH causes AS MATERIALIZED (
      SELECT ${some(transfers, 'text')} AS transfers, ${some(withdrawals, 'uuid')} AS withdrawals,
             ${some(wallets, 'uuid', MOST_WALLETS)} AS wallets, ${some(transactions, 'bigint')} AS transactions,
             ${some(movements, 'bigint')} AS movements),
    found AS MATERIALIZED (
      SELECT movements_of(transfers, withdrawals, wallets, transactions, ${MOST}::int) AS ids, movements FROM causes
      WHERE greatest(cardinality(transfers), cardinality(withdrawals), cardinality(transactions), cardinality(movements)) <= ${MOST}::int
        AND cardinality(wallets) <= ${MOST_WALLETS}::int)
    SELECT ARRAY(
      SELECT e.id FROM (
        SELECT e.* FROM (SELECT DISTINCT unnest(ids || movements) AS id) f JOIN ledger_entries e ON e.id = f.id
        WHERE ${span} ORDER BY ${order.by} OFFSET 0) e
      WHERE ${within} LIMIT ${limit}) AS page
    FROM found WHERE ids IS NOT NULL`;
  return found?.page ?? null;
}

function some(ids: Prisma.Sql | null, type: 'text' | 'uuid' | 'bigint', most = MOST): Prisma.Sql {
  const array = Prisma.raw(`${type}[]`);
  return ids
    ? Prisma.sql`ARRAY(SELECT * FROM (${ids}) s LIMIT ${most + 1})::${array}`
    : Prisma.sql`'{}'::${array}`;
}

/** Whether the transaction `t` is a step of this adjustment. */
function isOfAdjustment(id: string): Prisma.Sql {
  return Prisma.sql`(t.cause_kind = 'adjustment' AND t.cause_id = ${id})`;
}

/** How stands what is behind an entry `e`: as a movement tells it. */
const STATUS = Prisma.sql`(
  SELECT coalesce(d.status::text, f.state::text, j.status::text, h.state::text) FROM ledger_transactions t
  LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
  LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
  LEFT JOIN adjustments j ON j.id = CASE t.cause_kind WHEN 'adjustment' THEN t.cause_id::uuid END
  LEFT JOIN holds h ON h.id = CASE t.cause_kind WHEN 'hold' THEN t.cause_id::uuid END
  WHERE t.id = e.transaction_id)`;

/** Any of these. */
export const hasStatus = (statuses: string[]) => Prisma.sql`${STATUS} = ANY (${statuses})`;
