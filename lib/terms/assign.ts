import type { Actor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { openedCustomers } from '~/lib/people/kept';
import { dayZone } from '~/lib/rails/registry';
import { unfit, type Whose } from '~/lib/terms/eligibility';
import { ceilingsIn, ceilingsOut } from '~/lib/terms/limits';
import { Prisma, type WalletTerms } from '~/prisma/generated/client';

/** Which wallets: all that are under another version now, or these. */
export type Chosen = { fromId: string | null; walletIds: string[] };

/** Wallets that are not closed, hold the asset, are not under these terms already, and may be. */
function touched(
  { id, asset }: Pick<WalletTerms, 'id' | 'asset'>,
  { fromId, walletIds }: Chosen,
  left: readonly UnfitWallet[],
): Prisma.Sql {
  return Prisma.sql`
    SELECT w.id, w.name, w.kind, w.customer_id, h.pattern FROM wallet_assets h JOIN wallets w ON w.id = h.wallet_id
    WHERE h.asset = ${asset} AND h.terms_id <> ${id}::uuid AND w.status <> 'closed'
      AND (h.terms_id = ${fromId}::uuid OR w.id = ANY (${walletIds}::uuid[]))
      AND w.id <> ALL (${left.map((wallet) => wallet.id)}::uuid[])`;
}

/** Those of the chosen whose customer may have no wallet under these terms. */
export async function unfitAmong(tx: Tx, terms: WalletTerms, chosen: Chosen): Promise<UnfitWallet[]> {
  const { eligibleKinds, eligibleCountries, kybRequired, minAge } = terms;
  if (eligibleKinds.length === 0 && eligibleCountries.length === 0 && !kybRequired && minAge === null)
    return [];
  const rows = await tx.$queryRaw<WalletOf[]>`
    SELECT c.id::text AS id, t.id::text AS "walletId", t.name, c.kind::text AS kind, c.country::text AS country,
      c.tax_id_kind AS "taxIdKind", c.tax_id AS "taxIdSealed",
      t.pattern = 'C' OR EXISTS (SELECT FROM entities e JOIN onboardings o ON o.entity_id = e.id
        WHERE e.customer_id = c.id AND o.status = 'approved') AS "hasKyb"
    FROM (${touched(terms, chosen, [])}) t JOIN customers c ON c.id = t.customer_id ORDER BY t.name COLLATE "es-x-icu", t.id`;
  return (await openedCustomers(tx, rows)).flatMap(({ walletId, name, hasKyb, ...customer }) => {
    const why = unfit(terms, customer, { hasKyb });
    return why ? [{ id: walletId, name, why }] : [];
  });
}

/** A wallet by its name, with whose it is. */
type WalletOf = Omit<Whose, 'taxId'> & {
  id: string;
  walletId: string;
  name: string;
  taxIdSealed: string;
  hasKyb: boolean;
};

/** Wallets are shown by name up to so many; the count is of all. */
const SHOWN = 20;

export type Assignment = {
  /** How many wallets would be under the terms that aren't yet. */
  wallets: number;
  /** How many of them used more today than the terms would allow in its day, week or month, or hold more. */
  over: number;
  /** The first of those. */
  overWallets: { id: string; name: string }[];
  /** How many stay where they are, because their customer may have none under these terms; the first of them, and why. */
  unfit: number;
  unfitWallets: UnfitWallet[];
};

/** `why`: a key of the `invalid` messages. */
export type UnfitWallet = { id: string; name: string; why: string };

/** What an assignment would do, as things are now. */
export async function previewAssignment(termsId: string, chosen: Chosen): Promise<Assignment> {
  const terms = await db().walletTerms.findUnique({ where: { id: termsId } });
  if (!terms) throw notFound('terms', termsId);
  const left = await unfitAmong(db(), terms, chosen);
  const [row] = await db().$queryRaw<
    { wallets: bigint; over: bigint; shown: Assignment['overWallets'] | null }[]
  >`
    WITH touched AS (${touched(terms, chosen, left)}), over AS (${overNow(terms)})
    SELECT (SELECT count(*) FROM touched) AS wallets, (SELECT count(*) FROM over) AS over,
      (SELECT json_agg(o) FROM (SELECT id, name FROM over ORDER BY name COLLATE "es-x-icu", id LIMIT ${SHOWN}) o) AS shown`;
  if (!row) throw new Error('A count answers a row.');
  return {
    ...{ wallets: Number(row.wallets), over: Number(row.over), overWallets: row.shown ?? [] },
    ...{ unfit: left.length, unfitWallets: left.slice(0, SHOWN) },
  };
}

/** Of the touched those that are over a limit of the terms now, by the clock of the rail. */
function overNow(terms: WalletTerms): Prisma.Sql {
  const timeZone = dayZone(terms.asset);
  const [into, out] = [ceilingsIn(terms), ceilingsOut(terms)];
  const side = (
    direction: string,
    { dayAmount, dayCount, weekAmount, weekCount, monthAmount, monthCount }: typeof out,
  ) =>
    Prisma.sql`(${direction}::direction, ${dayAmount}::bigint, ${dayCount}::bigint, ${weekAmount}::bigint, ${weekCount}::bigint,
      ${monthAmount}::bigint, ${monthCount}::bigint)`;
  return Prisma.sql`
    SELECT t.id, t.name FROM touched t
    WHERE EXISTS (
      SELECT 1 FROM (VALUES ${side('inbound', into)}, ${side('outbound', out)})
        AS c(direction, day_amount, day_count, week_amount, week_count, month_amount, month_count)
      CROSS JOIN (SELECT now() AT TIME ZONE ${timeZone}::text AS at) l
      CROSS JOIN LATERAL (
        SELECT sum(s.amount) FILTER (WHERE s.day >= date_trunc('day', l.at)) AS day_amount,
          sum(s.count) FILTER (WHERE s.day >= date_trunc('day', l.at)) AS day_count,
          sum(s.amount) FILTER (WHERE s.day >= date_trunc('week', l.at)) AS week_amount,
          sum(s.count) FILTER (WHERE s.day >= date_trunc('week', l.at)) AS week_count,
          sum(s.amount) FILTER (WHERE s.day >= date_trunc('month', l.at)) AS month_amount,
          sum(s.count) FILTER (WHERE s.day >= date_trunc('month', l.at)) AS month_count
        FROM ledger_usage_days s
        WHERE s.wallet_id = t.id AND s.asset = ${terms.asset} AND s.direction = c.direction
          AND s.day >= least(date_trunc('week', l.at), date_trunc('month', l.at))::date
      ) u
      WHERE u.day_amount > c.day_amount OR u.day_count > c.day_count OR u.week_amount > c.week_amount
        OR u.week_count > c.week_count OR u.month_amount > c.month_amount OR u.month_count > c.month_count)
    OR (
      SELECT sum(a.balance) FROM ledger_accounts a
      WHERE a.owner_id = t.id::text AND a.bucket IN ('available', 'reserved') AND a.asset = ${terms.asset}
    ) > ${into.balanceAmount}::bigint`;
}

/** How many it would touch, and which stay where they are. */
export async function countTouched(tx: Tx, terms: WalletTerms, chosen: Chosen) {
  const left = await unfitAmong(tx, terms, chosen);
  const [row] = await tx.$queryRaw<{ wallets: bigint }[]>`
    SELECT count(*) AS wallets FROM (${touched(terms, chosen, left)}) t`;
  return { wallets: Number(row?.wallets ?? 0), unfit: left };
}

/**
 * Puts the wallets under the terms that may be, each under its lock: whoever posts for one meanwhile reads its terms
 * again.
 */
export async function assign(
  tx: Tx,
  actor: Actor,
  { termsId, fromId, walletIds }: Chosen & { termsId: string },
): Promise<void> {
  const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: termsId } });
  const chosen = { fromId, walletIds };
  const due = touched(terms, chosen, await unfitAmong(tx, terms, chosen));
  await tx.$queryRaw`
    SELECT 1 AS locked FROM wallets w WHERE w.id IN (SELECT t.id FROM (${due}) t)
    ORDER BY w.id FOR NO KEY UPDATE`;
  const wallets = await tx.$executeRaw`
    UPDATE wallet_assets SET terms_id = ${termsId}::uuid, updated_at = now()
    WHERE asset = ${terms.asset} AND wallet_id IN (SELECT t.id FROM (${due}) t)`;
  await recordAudit(tx, actor, {
    action: 'wallet_terms.assigned',
    subject: 'wallet_terms',
    id: termsId,
    walletId: walletIds.length === 1 ? walletIds[0] : null,
    after: { termsId, name: terms.name, version: terms.version, fromId, walletIds, count: wallets },
  });
}
