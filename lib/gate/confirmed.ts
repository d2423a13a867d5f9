import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { UNMATCHED } from '~/lib/gate/unmatched';
import { Prisma } from '~/prisma/generated/client';

/**
 * Money is credited at Fintoc's first word of it, and leaves its wallet only once Fintoc's movements have shown it: a
 * signed event may tell of what never was. What came into a wallet without that, from its first entry on or by way of
 * suspense. `wallet` is its id, `at` says which Fintoc accounts (p) are looked at.
 *
 * All up to an account's entries_through have met their movement. So what the wallet itself got since then is looked at,
 * mostly of the last seconds, however much others got in the same account.
 */
export const unconfirmed = (wallet: Prisma.Sql, at: Prisma.Sql) => Prisma.sql`(
  -- One look per entry: a join would be planned by way of all that a busy wallet ever got.
  SELECT coalesce(sum((
    SELECT sum(least(-m.amount, e.amount)) FROM ledger_entries e
    JOIN ledger_accounts l ON l.id = e.account_id AND l.bucket = 'cash'
    JOIN accounts p ON p.id = l.owner_id
    LEFT JOIN proof_states s ON s.account_id = p.id
    WHERE e.transaction_id = ANY (ARRAY(
        SELECT m.transaction_id UNION ALL
        SELECT c.id FROM ledger_transactions a JOIN ledger_transactions c ON c.transfer_id = a.cause_id
        WHERE a.id = m.transaction_id AND a.cause_kind = 'transfer' AND a.step = 'assign'))
      AND e.sequence > coalesce(s.entries_through, 0) AND e.amount > 0 AND ${at} AND ${UNMATCHED})), 0)
  FROM ledger_accounts o
  CROSS JOIN LATERAL (
    SELECT min(f.transaction_id) AS began FROM accounts p
    LEFT JOIN proof_states s ON s.account_id = p.id
    JOIN ledger_accounts l ON l.owner_id = p.id AND l.bucket = 'cash' AND l.sequence > coalesce(s.entries_through, 0)
    CROSS JOIN LATERAL (
      SELECT e.transaction_id FROM ledger_entries e
      WHERE e.account_id = l.id AND e.sequence > coalesce(s.entries_through, 0) ORDER BY e.sequence LIMIT 1) f
    WHERE ${at}) tail
  -- Said from both sides, so that the planner thinks of few, as they are.
  JOIN ledger_entries m ON m.account_id = o.id AND m.amount < 0
    AND m.sequence > ledger_sequence_before(o.id, tail.began) AND m.sequence <= o.sequence
  WHERE o.owner_id = ${wallet}::text AND o.bucket = 'available' AND tail.began IS NOT NULL)`;

/** What the wallet has, whether or not a withdrawal or an adjustment holds it. */
const held = (wallet: Prisma.Sql, asset: Prisma.Sql) => Prisma.sql`(
  SELECT coalesce(sum(balance), 0) FROM ledger_accounts
  WHERE owner_id = ${wallet}::text AND bucket IN ('available', 'reserved') AND asset = ${asset})`;

/**
 * What withdrawals of the wallet but `but` are spending already: they passed, and count against what is confirmed. One
 * that was found paid at Fintoc spends it too, whoever sent it.
 */
const paying = (wallet: Prisma.Sql, asset: Prisma.Sql, but: Prisma.Sql) => Prisma.sql`(
  SELECT coalesce(sum(o.amount + o.fee_amount), 0) FROM withdrawals o
  WHERE o.wallet_id = ${wallet} AND o.asset = ${asset} AND o.id IS DISTINCT FROM ${but}
    AND (o.status = 'pending' OR (o.status = 'submitting' AND o.submitted_at IS NOT NULL)))`;

/** The same of deposits that go back: what is set aside for one is the wallet's until Fintoc says that it has left. */
const goingBack = (wallet: Prisma.Sql, asset: Prisma.Sql, but: Prisma.Sql) => Prisma.sql`(
  SELECT coalesce(sum(t.return_reserved), 0) FROM transfers t
  WHERE t.wallet_id = ${wallet} AND t.return_reserved > 0 AND t.asset = ${asset} AND t.id IS DISTINCT FROM ${but}
    AND (t.state = 'return_pending' OR t.return_sent_at IS NOT NULL))`;

const NONE = { withdrawal: Prisma.sql`NULL::uuid`, deposit: Prisma.sql`NULL::text` };

/** What is leaving the wallet already, but for the withdrawal or the deposit that is asked about. */
const underWay = (wallet: Prisma.Sql, asset: Prisma.Sql, but: Partial<typeof NONE> = {}) => {
  const { withdrawal, deposit } = { ...NONE, ...but };
  return Prisma.sql`(${paying(wallet, asset, withdrawal)} + ${goingBack(wallet, asset, deposit)})`;
};

/** Where a wallet's money comes in: the account that it pays from, and those that it had before it moved. */
const OWN_ACCOUNTS = (account: Prisma.Sql, wallet: Prisma.Sql) => Prisma.sql`p.id = ANY (ARRAY(
  SELECT ${account}::text UNION ALL
  SELECT v.from_account_id FROM pattern_moves v WHERE v.wallet_id = ${wallet} AND v.switched_at IS NOT NULL))`;
/** Whether money of the wallet is on its way to the account that it pays from: there is nothing of it to spend there yet. */
const isBroughtAlong = (wallet: Prisma.Sql, asset: Prisma.Sql) => Prisma.sql`(
  EXISTS (SELECT 1 FROM pattern_payments v WHERE v.wallet_id = ${wallet} AND v.asset = ${asset} AND v.state IN ('due', 'sent'))
  OR EXISTS (SELECT 1 FROM pattern_moves v WHERE v.wallet_id = ${wallet} AND v.asset = ${asset} AND v.state = 'moving'))`;
/** The platform's own books take fees from deposits of every account. */
const EVERY_ACCOUNT = (asset: Prisma.Sql) => Prisma.sql`p.asset = ${asset}`;

/** Whether what stays in the wallet w when d has left is less than what isn't confirmed. */
const leavesUnconfirmed = (wallet: Prisma.Sql, asset: Prisma.Sql, rest: Prisma.Sql) => Prisma.sql`CASE
    WHEN w.kind <> 'house' THEN ${rest} < ${unconfirmed(wallet, OWN_ACCOUNTS(Prisma.sql`d.account_id`, wallet))}
    -- Its books may stand below zero by what Fintoc took: that spends nothing unconfirmed while nothing is.
    ELSE ${unconfirmed(wallet, EVERY_ACCOUNT(asset))} > greatest(0, ${rest}) END`;

/** Whether the withdrawal d of the wallet w would spend money that isn't confirmed. */
export const SPENDS_UNCONFIRMED = (() => {
  const [wallet, asset] = [Prisma.sql`d.wallet_id`, Prisma.sql`d.asset`];
  const rest = Prisma.sql`${held(wallet, asset)} - ${underWay(wallet, asset, { withdrawal: Prisma.sql`d.id` })} - (d.amount + d.fee_amount)`;
  return Prisma.sql`(${isBroughtAlong(wallet, asset)} OR ${leavesUnconfirmed(wallet, asset, rest)})`;
})();

/** The same for the return of the deposit d, its own money included: a wallet that spent it gives of what came since. */
export const RETURNS_UNCONFIRMED = (() => {
  const [wallet, asset] = [Prisma.sql`w.id`, Prisma.sql`d.asset`];
  const rest = Prisma.sql`${held(wallet, asset)} - ${underWay(wallet, asset, { deposit: Prisma.sql`d.id` })} - d.return_reserved`;
  return Prisma.sql`w.id IS NOT NULL AND ${leavesUnconfirmed(wallet, asset, rest)}`;
})();

/**
 * Refuses to move on to another wallet what Fintoc's movements haven't shown yet: there the gate wouldn't know it any
 * more. The wallet is locked. Amounts in the asset's smallest unit.
 */
export async function requireConfirmed(
  tx: Tx,
  wallet: { id: string; kind: string; asset: string; accountId: string | null },
  amount: bigint,
): Promise<void> {
  const [id, asset] = [Prisma.sql`${wallet.id}::uuid`, Prisma.sql`${wallet.asset}`];
  const at =
    wallet.kind === 'house' ? EVERY_ACCOUNT(asset) : OWN_ACCOUNTS(Prisma.sql`${wallet.accountId}`, id);
  const [row] = await tx.$queryRaw<{ unconfirmed: bigint; rest: bigint }[]>`
    SELECT ${unconfirmed(id, at)}::bigint AS unconfirmed,
      (${held(id, asset)} - ${underWay(id, asset)} - ${amount})::bigint AS rest`;
  if (row && row.unconfirmed > 0n && row.rest < row.unconfirmed) throw notYet();
}

/** The same for a transfer's money, where it goes to a wallet that pays from another account than it stands in. */
export async function requireSeenAtFintoc(tx: Tx, transferId: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ unseen: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM ledger_transactions c JOIN ledger_entries e ON e.transaction_id = c.id AND e.amount > 0
      JOIN ledger_accounts l ON l.id = e.account_id AND l.bucket = 'cash'
      WHERE c.transfer_id = ${transferId} AND ${UNMATCHED}) AS unseen`;
  if (row?.unseen) throw notYet();
}

function notYet(): DomainError {
  return new DomainError('credit_unconfirmed', 'Fintoc’s movements don’t show this money yet.');
}
