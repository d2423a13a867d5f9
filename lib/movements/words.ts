import { db } from '~/lib/db';
import { FEW, type Search } from '~/lib/search/page';
import { anyOf, isAmount, isTrackingKey, saysWords, type Typed } from '~/lib/search/typed';
import { transferRows } from '~/lib/transfers/matching';
import { walletsNamed } from '~/lib/wallets/search';
import { withdrawalRows } from '~/lib/withdrawals/matching';
import { Prisma } from '~/prisma/generated/client';

/** The steps of an adjustment, each a transaction of its own (lib/adjustments/adjustments.ts). */
const STEPS = ['hold', 'posted', 'release'];

/** Whether the movement `e` is about what was typed. A scalar, so that no join is made of it. */
export function isAbout(typed: Typed, wholeOnly: boolean): Prisma.Sql {
  const key = isTrackingKey(Prisma.sql`f.tracking_key`, typed);
  return Prisma.sql`(
    SELECT ${anyOf([
      transferRows(typed, wholeOnly).matches,
      withdrawalRows(typed, wholeOnly).matches,
      key,
      Prisma.sql`(t.note IS NOT NULL AND ${saysWords(Prisma.sql`search_text(t.note)`, typed)})`,
      typed.uuid !== null && Prisma.sql`t.source = ANY (${adjustmentSources(typed.uuid)})`,
      saysWords(Prisma.sql`w.search_text`, typed),
      saysWords(Prisma.sql`c.search_text`, typed),
      isAmount(Prisma.sql`e.asset`, Prisma.sql`abs(e.amount)`, typed),
    ])}
    FROM ledger_transactions t
    JOIN wallets w ON w.id = e.wallet_id
    LEFT JOIN customers c ON c.id = w.customer_id
    LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
    LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
    WHERE t.id = e.transaction_id)`;
}

/** Whether the other side of the movement `e` has its account at one of these banks. */
export function isAtBank(banks: readonly string[]): Prisma.Sql {
  return Prisma.sql`(
    SELECT clabe_bank(coalesce(d.beneficiary_number, f.counterparty_number)) = ANY (${banks})
    FROM ledger_transactions t
    LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
    LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
    WHERE t.id = e.transaction_id)`;
}

/** The movements about what was typed, found by indexes; null where there are more than FEW. */
export async function movementsAbout(typed: Typed, wholeOnly: boolean): Promise<Prisma.Sql | null> {
  const [transfers, withdrawals, wallets, transactions, entries] = await Promise.all([
    few(transferRows(typed, wholeOnly).found),
    few(withdrawalRows(typed, wholeOnly).found),
    few([walletsNamed(typed)]),
    few([
      Prisma.sql`SELECT t.id FROM ledger_transactions t
        WHERE t.note IS NOT NULL AND ${saysWords(Prisma.sql`search_text(t.note)`, typed)}`,
      ...(typed.uuid === null
        ? []
        : [
            Prisma.sql`SELECT t.id FROM ledger_transactions t WHERE t.source = ANY (${adjustmentSources(typed.uuid)})`,
          ]),
    ]),
    few(entriesOf(typed)),
  ]);
  if (!transfers || !withdrawals || !wallets || !transactions || !entries) return null;
  return movementsOf({ transfers, withdrawals, wallets, transactions }, entries);
}

/** The movements whose other side is at one of these banks; null where there are more than FEW. */
export async function movementsAtBanks(banks: readonly string[]): Promise<Prisma.Sql | null> {
  const [transfers, withdrawals] = await Promise.all([
    few([Prisma.sql`SELECT f.id FROM transfers f WHERE clabe_bank(f.counterparty_number) = ANY (${banks})`]),
    few([Prisma.sql`SELECT d.id FROM withdrawals d WHERE clabe_bank(d.beneficiary_number) = ANY (${banks})`]),
  ]);
  if (!transfers || !withdrawals) return null;
  return movementsOf({ transfers, withdrawals, wallets: [], transactions: [] }, []);
}

type Found = Record<'transfers' | 'withdrawals' | 'wallets' | 'transactions', string[]>;

async function movementsOf(found: Found, entries: string[]): Promise<Prisma.Sql | null> {
  const { transfers, withdrawals, wallets, transactions } = found;
  const [row] = await db().$queryRaw<{ ids: bigint[] | null }[]>`
    SELECT movements_of(${transfers}::text[], ${withdrawals}::uuid[], ${wallets}::uuid[], ${transactions}::bigint[], ${FEW}::int) AS ids`;
  return row?.ids ? Prisma.sql`SELECT unnest(${[...row.ids, ...entries.map(BigInt)]}::bigint[])` : null;
}

function entriesOf({ amounts }: Typed): Prisma.Sql[] {
  return amounts.flatMap(({ asset, amount }) =>
    [amount, -amount].map(
      (signed) => Prisma.sql`
        SELECT e.id FROM ledger_entries e WHERE e.wallet_id IS NOT NULL AND e.asset = ${asset} AND e.amount = ${signed}`,
    ),
  );
}

/** The ids that any of the queries finds; null where there are more than FEW. */
async function few(found: Search['found']): Promise<string[] | null> {
  if (found.length === 0) return [];
  const parts = found.map((each) => Prisma.sql`(SELECT id::text FROM (${each}) f LIMIT ${FEW + 1})`);
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT id FROM (${Prisma.join(parts, ' UNION ALL ')}) found LIMIT ${FEW + 1}`;
  return rows.length > FEW ? null : rows.map(({ id }) => id);
}

function adjustmentSources(id: string): string[] {
  return STEPS.map((step) => `adjustment:${id}:${step}`);
}
