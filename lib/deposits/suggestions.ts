import { may } from '~/lib/actor';
import { type Tx, transaction } from '~/lib/db';
import { taxIdHashes } from '~/lib/people/kept';
import type { Reader } from '~/lib/people/sight';
import { Prisma } from '~/prisma/generated/client';

/**
 * What speaks for a wallet, and how much: how likely it is alone that the money is this wallet's, in percent. Several
 * together are likelier than each, and never certain: a person decides.
 */
export const EVIDENCE = {
  /** The number that it was sent to is the wallet's, or was. */
  number: 80,
  /** It stands in the wallet's own account. */
  account: 70,
  /** Its concept or reference names the wallet's CLABE, or the customer's tax id or number at the platform. */
  reference: 70,
  /** The same sender paid into the wallet before. */
  sender: 60,
  /** The sender is called as the wallet's customer; `similar`: nearly. */
  name: 50,
  similar: 25,
  /** The same sender paid the same amount into the wallet before. */
  amount: 30,
} as const;
export type Evidence = keyof typeof EVIDENCE;

export type Suggestion = {
  walletId: string;
  walletName: string;
  houseRole: string | null;
  customer: { id: string; name: string } | null;
  /** 1 to 99. */
  score: number;
  /** The strongest first. */
  evidence: Evidence[];
};

const MOST = 5;
/** From each kind of evidence at most so many: a sender may have paid thousands. */
const EACH = 20;
/** How alike names have to be, as pg_trgm counts it: words in another order are the same to it. */
const ALIKE = 0.6;

/**
 * Open wallets whose the money of these transfers may be, by transfer, the likeliest first. Names that are merely
 * similar are only looked for where it is about one. Nobody is told who can't assign them.
 */
export async function suggestedWallets(
  reader: Reader,
  transferIds: readonly string[],
): Promise<Map<string, Suggestion[]>> {
  // What speaks for whom would tell somebody else whom a masked sender paid before.
  if (transferIds.length === 0 || !may(reader, 'deposits:resolve')) return new Map();
  const rows = await transaction(async (tx) => {
    const hashes = await namedTaxIds(tx, transferIds);
    await tx.$queryRaw`SELECT set_config('pg_trgm.similarity_threshold', ${String(ALIKE)}, true) AS set`;
    return tx.$queryRaw<Row[]>`
      WITH asked AS MATERIALIZED (
        SELECT id, asset, account_id, account_number_id, counterparty_number, search_text(counterparty_name) AS name, amount,
          ${WORDS} AS words
        FROM transfers WHERE id = ANY (${[...transferIds]})),
      of_people AS (${byPeople(transferIds.length === 1, hashes)}),
      found AS (
        ${BY_WALLET}
        UNION SELECT p.id, w.id, p.evidence FROM of_people p JOIN wallets w ON w.customer_id = p.customer_id)
      SELECT f.id, w.id::text AS "walletId", w.name AS "walletName", w.house_role AS "houseRole",
        c.id::text AS "customerId", c.name AS "customerName", array_agg(DISTINCT f.evidence) AS evidence
      FROM found f JOIN asked t ON t.id = f.id
      JOIN wallets w ON w.id = f.wallet_id AND w.status = 'open' AND w.kind <> 'general'
      JOIN wallet_assets h ON h.wallet_id = w.id AND h.asset = t.asset
      LEFT JOIN customers c ON c.id = w.customer_id
      GROUP BY f.id, w.id, c.id ORDER BY w.created_at, w.id`;
  });
  const byTransfer = new Map<string, Suggestion[]>();
  for (const row of rows) byTransfer.set(row.id, [...(byTransfer.get(row.id) ?? []), suggestionOf(row)]);
  for (const [id, found] of byTransfer) byTransfer.set(id, found.sort(byScore).slice(0, MOST));
  return byTransfer;
}

type Row = {
  id: string;
  walletId: string;
  walletName: string;
  houseRole: string | null;
  customerId: string | null;
  customerName: string | null;
  evidence: Evidence[];
};

const BY_WALLET = Prisma.sql`
  SELECT t.id, h.wallet_id, 'number' AS evidence FROM asked t
    JOIN wallet_assets h ON h.account_number_id = t.account_number_id AND h.pattern = 'A'
  UNION SELECT t.id, (n.metadata->>'wallet_id')::uuid, 'number' FROM asked t
    JOIN account_numbers n ON n.id = t.account_number_id AND pg_input_is_valid(n.metadata->>'wallet_id', 'uuid')
  UNION SELECT t.id, h.wallet_id, 'account' FROM asked t
    JOIN wallet_assets h ON h.account_id = t.account_id AND h.pattern <> 'A'
  UNION SELECT t.id, h.wallet_id, 'reference' FROM asked t
    JOIN account_numbers n ON n.number = ANY (t.words) JOIN wallet_assets h ON h.account_number_id = n.id
  UNION SELECT t.id, s.wallet_id, e.evidence FROM asked t CROSS JOIN LATERAL (
    SELECT s.wallet_id, s.amount FROM transfers s
    WHERE s.counterparty_number = t.counterparty_number AND s.direction = 'inbound' AND s.asset = t.asset AND s.id <> t.id
      AND s.state = 'succeeded' AND s.wallet_id IS NOT NULL AND s.suspense_since IS NULL
    ORDER BY (s.amount = t.amount) DESC, s.transacted_at DESC LIMIT ${EACH}) s
    CROSS JOIN LATERAL (
      SELECT 'sender' AS evidence UNION ALL SELECT 'amount' WHERE s.amount = t.amount) e`;

/** What may name somebody in what a sender wrote. */
const WORDS = Prisma.sql`
  ARRAY(SELECT DISTINCT word FROM regexp_split_to_table(
    concat_ws(' ', comment, reference_id), '[^[:alnum:]&Ññ._-]+') word WHERE length(word) >= 6)`;

type Named = { ids: string[]; hashes: string[] };

/** What each word could be as a customer's tax id, as those are found. */
async function namedTaxIds(tx: Tx, transferIds: readonly string[]): Promise<Named> {
  const rows = await tx.$queryRaw<{ id: string; word: string }[]>`
    SELECT id, word FROM transfers CROSS JOIN LATERAL unnest(${WORDS}) word WHERE id = ANY (${[...transferIds]})`;
  return {
    ids: rows.map(({ id }) => id),
    hashes: await taxIdHashes(
      tx,
      rows.map(({ word }) => word),
    ),
  };
}

function byPeople(withSimilar: boolean, { ids, hashes }: Named): Prisma.Sql {
  const similar = Prisma.sql`
    UNION SELECT t.id, c.id, 'similar' FROM asked t CROSS JOIN LATERAL (
      SELECT c.id FROM customers c WHERE length(t.name) > 5 AND c.search_text % t.name
      ORDER BY similarity(c.search_text, t.name) DESC LIMIT ${EACH}) c`;
  return Prisma.sql`
    SELECT t.id, c.id AS customer_id, 'name' AS evidence FROM asked t CROSS JOIN LATERAL (
      SELECT c.id FROM customers c WHERE c.search_text = t.name LIMIT ${EACH}) c
    UNION SELECT t.id, c.id, 'reference' FROM asked t JOIN customers c ON c.external_id = ANY (t.words)
    UNION SELECT n.id, c.id, 'reference' FROM unnest(${ids}::text[], ${hashes}::text[]) n(id, hash)
      JOIN customers c ON c.tax_id_hash = n.hash
    ${withSimilar ? similar : Prisma.empty}`;
}

function suggestionOf({ id: _transfer, customerId, customerName, evidence, ...wallet }: Row): Suggestion {
  // Who is called the same is similar too.
  const told = evidence.filter((each) => each !== 'similar' || !evidence.includes('name'));
  const against = told.reduce((odds, each) => odds * (1 - EVIDENCE[each] / 100), 1);
  return {
    ...wallet,
    customer: customerId && customerName ? { id: customerId, name: customerName } : null,
    score: Math.min(99, Math.round((1 - against) * 100)),
    evidence: told.sort((a, b) => EVIDENCE[b] - EVIDENCE[a]),
  };
}

const byScore = (a: Suggestion, b: Suggestion) => b.score - a.score;
