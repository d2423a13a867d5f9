import { randomUUID } from 'node:crypto';
import { db, type Queryable, type Tx } from '~/lib/db';
import { env } from '~/lib/env';
import { RETURNS_UNCONFIRMED, SPENDS_UNCONFIRMED } from '~/lib/gate/confirmed';
import { IS_WATCHED } from '~/lib/standstill/place';
import { Prisma } from '~/prisma/generated/client';

/**
 * What everything that leaves passes, asked under lock right before each request, first or repeated. Why it doesn't
 * pass, the first reason that applies, and how each ends. Where people can know better than the books, two let it go.
 * Where the books say that something is not so, or not known, there is nothing to know better: it ends with its cause,
 * or the withdrawal is called off.
 */
export const HELD_REASONS = [
  /** The books are older than the world: a backup was put in their place. Two people let them go. */
  'books_older',
  /** Somebody pressed stop, or a threshold did, of everything or of its account. Two people let it go on. */
  'payouts_stopped',
  /** What stands here is not what was asked for or approved: somebody changed it. It is called off, and asked for anew. */
  'changed_since_approval',
  /** The wallet is frozen or closed to debits, until it is unfrozen or opened again. */
  'wallet_frozen',
  'wallet_closed',
  /** Somebody blocked the beneficiary, and may unblock it. */
  'beneficiary_blocked',
  /** The rail blocked or closed the account, or paused who holds it: it waits until the rail says otherwise. */
  'account_blocked',
  'entity_paused',
  /** Money left the account that nobody explained: two people say what it was. */
  'unexplained_payout',
  /** The account's books and Fintoc's part: two people release the break, or it is cured. */
  'account_paused',
  /** The account wasn't proven equal to its end within minutes: the next proof ends it, or finds a break. */
  'proof_late',
  /** The ledger breaks one of its own promises, or nobody looked for minutes: money may be invented, until it is mended. */
  'ledger_red',
  'ledger_late',
  /** What is owed to customers in this asset isn't covered by what stands at Fintoc: money has to come, or the books be put right. */
  'not_covered',
  /** It would spend money that Fintoc's movements haven't shown yet. A break that is released doesn't make it real. */
  'credit_unconfirmed',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** How old the last look at an account's movements, and at the ledger's own rules, may be. */
const FRESH_MS = 5 * 60_000;
const COVERED = 'what is owed is covered';

const seconds = (ms: number) => Prisma.sql`make_interval(secs => ${ms / 1_000})`;

/** Accounts that are looked at less often than that are fresh for as long as a run may be late. */
const freshMs = () => Math.max(FRESH_MS, 3 * env().FINTOC_MOVEMENTS_MS);

/** Why nothing leaves the account of d, whoever asked for it: s is what was proven of it, k what of the ledger. */
export const OF_ACCOUNT = () => Prisma.sql`
    WHEN EXISTS (SELECT 1 FROM payout_stops x WHERE x.resumed_at IS NULL AND (x.account_id IS NULL OR x.account_id = d.account_id))
      THEN 'payouts_stopped'
    WHEN EXISTS (SELECT 1 FROM accounts o WHERE o.id = d.account_id AND o.status <> 'active') THEN 'account_blocked'
    WHEN EXISTS (SELECT 1 FROM accounts o JOIN entities t ON t.id = o.entity_id WHERE o.id = d.account_id AND t.status = 'paused') THEN 'entity_paused'
    WHEN EXISTS (SELECT 1 FROM proof_breaks b WHERE b.account_id = d.account_id AND b.state = 'open' AND b.kind = 'unexplained_payout')
      THEN 'unexplained_payout'
    WHEN EXISTS (SELECT 1 FROM proof_breaks b WHERE b.account_id = d.account_id AND b.state = 'open') THEN 'account_paused'
    WHEN s.error IS NOT NULL OR s.stated_off_since < now() - ${seconds(env().FINTOC_WEBHOOK_GRACE_MS)}
      OR s.read_at IS NULL OR s.read_at < now() - ${seconds(freshMs())}
      OR (s.lagging_count > 0 AND s.lagging_since < now() - ${seconds(freshMs())})
      OR (s.proven_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM proof_breaks b WHERE b.account_id = d.account_id AND b.state = 'released')) THEN 'proof_late'
    WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(k.value->'faults') f WHERE f->>'rule' <> ${COVERED}) THEN 'ledger_red'
    WHEN EXISTS (SELECT 1 FROM jsonb_array_elements(k.value->'faults') f WHERE f->>'subject' = d.asset) THEN 'not_covered'
    WHEN k.value->>'at' IS NULL OR (k.value->>'at')::timestamptz < now() - ${seconds(FRESH_MS)} THEN 'ledger_late'`;

/** Whether the wallet w pays nobody. */
export const PAYS_NOBODY = Prisma.sql`(w.status <> 'open' AND NOT (w.status = 'frozen' AND w.frozen_direction IS NOT DISTINCT FROM 'credits'))`;

/** Also while nobody has looked yet whether the books that are here now are the ones that were. */
export const STANDING_STILL = Prisma.sql`(EXISTS (SELECT 1 FROM standstills z WHERE z.state = 'open') OR NOT ${IS_WATCHED})`;

/** Per withdrawal d: why it is held, or null. */
const REASON = () => Prisma.sql`
  CASE
    WHEN ${STANDING_STILL} THEN 'books_older'
    WHEN NOT withdrawal_is_approved(d) THEN 'changed_since_approval'
    WHEN w.status = 'closed' THEN 'wallet_closed'
    WHEN ${PAYS_NOBODY} THEN 'wallet_frozen'
    WHEN EXISTS (SELECT 1 FROM blocked_beneficiaries b WHERE b.destination = d.destination AND b.destination_kind = d.destination_kind) THEN 'beneficiary_blocked'
    ${OF_ACCOUNT()}
    WHEN ${SPENDS_UNCONFIRMED} THEN 'credit_unconfirmed'
  END`;

/** Per deposit d that goes back, from the wallet w or, where there is none, from suspense. */
const RETURN_REASON = (isNotOpenAccepted: boolean | Prisma.Sql) => Prisma.sql`
  CASE
    WHEN ${STANDING_STILL} THEN 'books_older'
    WHEN w.status = 'closed' AND NOT ${isNotOpenAccepted} THEN 'wallet_closed'
    WHEN ${PAYS_NOBODY} AND NOT ${isNotOpenAccepted} THEN 'wallet_frozen'
    WHEN EXISTS (SELECT 1 FROM blocked_beneficiaries b WHERE b.destination = d.counterparty_number) THEN 'beneficiary_blocked'
    ${OF_ACCOUNT()}
    WHEN ${RETURNS_UNCONFIRMED} THEN 'credit_unconfirmed'
  END`;

/** Per question d of whose account it is, which sends a coin of the platform's own. */
const VERIFICATION_REASON = () => Prisma.sql`
  CASE
    WHEN ${STANDING_STILL} THEN 'books_older'
    WHEN EXISTS (SELECT 1 FROM blocked_beneficiaries b WHERE b.destination = d.destination AND b.destination_kind = d.destination_kind) THEN 'beneficiary_blocked'
    ${OF_ACCOUNT()}
  END`;

export const STATES = Prisma.sql`
  LEFT JOIN proof_states s ON s.account_id = d.account_id
  LEFT JOIN settings k ON k.key = 'ledgerChecked'`;

const FACTS = Prisma.sql`
  withdrawals d
  JOIN wallets w ON w.id = d.wallet_id ${STATES}`;

const RETURN_FACTS = Prisma.sql`
  transfers d
  LEFT JOIN wallets w ON w.id = d.wallet_id AND d.suspense_reason IS NULL ${STATES}`;

/** Why this withdrawal may not leave now; null when it may. Its row must be locked: its wallet is, from here on. */
export async function heldBack(tx: Tx, withdrawalId: string): Promise<HeldReason | null> {
  await lockPayer(tx, Prisma.sql`SELECT wallet_id FROM withdrawals WHERE id = ${withdrawalId}::uuid`);
  const [row] = await tx.$queryRaw<{ reason: HeldReason | null; accountId: string }[]>`
    SELECT ${REASON()} AS reason, d.account_id AS "accountId" FROM ${FACTS} WHERE d.id = ${withdrawalId}::uuid`;
  if (!row) throw new Error(`No withdrawal ${withdrawalId}.`);
  if (isSoonProven(row.reason)) await proveSoon(tx, row.accountId);
  return row.reason;
}

/**
 * Nobody can freeze the wallet between this look and the request: whoever tries waits for our commit. And of two that
 * leave it at once, the second is looked at when the first has written down that it leaves: each alone would pass by what
 * the other spends. Deposits and requests wait for nobody here.
 */
async function lockPayer(tx: Tx, walletId: Prisma.Sql): Promise<void> {
  await tx.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtext('monedero.leaves'), hashtext(id::text)) IS NULL AS locked
    FROM wallets WHERE id = (${walletId}) FOR SHARE`;
}

type Return = {
  transferId: string;
  /** Whether the people who decided on it let it leave a wallet that is not open. */
  acceptsNotOpen: boolean;
};

/** Why this deposit may not go back now; null when it may. Its row must be locked: its wallet is, from here on. */
export async function returnHeldBack(tx: Tx, deposit: Return): Promise<HeldReason | null> {
  await lockPayer(tx, Prisma.sql`SELECT wallet_id FROM transfers WHERE id = ${deposit.transferId}`);
  const { reason, accountId } = await askForReturn(tx, deposit);
  if (isSoonProven(reason)) await proveSoon(tx, accountId);
  return reason;
}

/** Why this question may not be asked now, because its coin may not leave; null when it may. Its row must be locked. */
export async function verificationHeldBack(tx: Tx, verificationId: string): Promise<HeldReason | null> {
  const [row] = await tx.$queryRaw<{ reason: HeldReason | null; accountId: string }[]>`
    SELECT ${VERIFICATION_REASON()} AS reason, d.account_id AS "accountId"
    FROM account_verifications d ${STATES} WHERE d.id = ${verificationId}::uuid`;
  if (!row) throw new Error(`No verification ${verificationId}.`);
  if (isSoonProven(row.reason)) await proveSoon(tx, row.accountId);
  return row.reason;
}

/** The same, for who only looks. */
export async function returnHeld(deposit: Return): Promise<HeldReason | null> {
  return (await askForReturn(db(), deposit)).reason;
}

async function askForReturn(client: Queryable, { transferId, acceptsNotOpen }: Return) {
  const [row] = await client.$queryRaw<{ reason: HeldReason | null; accountId: string }[]>`
    SELECT ${RETURN_REASON(acceptsNotOpen)} AS reason, d.account_id AS "accountId"
    FROM ${RETURN_FACTS} WHERE d.id = ${transferId}`;
  if (!row) throw new Error(`No transfer ${transferId}.`);
  return row;
}

export const isSoonProven = (reason: HeldReason | null) =>
  reason === 'proof_late' || reason === 'credit_unconfirmed';

/** What is waited for is looked at by the next free worker, before all accounts that are due. */
export async function proveSoon(tx: Tx, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE proof_states SET next_at = 'epoch' WHERE account_id = ${accountId} AND error IS NULL`;
}

/** So many in one go: behind an outage each question may take a while. */
const MOST_LOOKED_AT = 100;

/** Where the next look goes on. Who begins somewhere by chance looks at others than the next worker. */
export type Round = { after: string };
export const beginAnywhere = (): Round => ({ after: randomUUID() });

const AT_THE_GATE = Prisma.sql`held_reason IS NOT NULL AND status = 'queued'`;

/**
 * Looks again at what is held, from where the round's last look ended and over the end to its beginning: so each is
 * asked once a round, whatever becomes of the others. What may leave by now is due at once, and who waits for another
 * reason says so. Nothing else is written, and nobody is waited for: what another holds is looked at in the next round.
 * Answers at how many it looked.
 */
export async function openGate(round = beginAnywhere(), most = MOST_LOOKED_AT): Promise<number> {
  const next = (condition: Prisma.Sql, turn: number) => Prisma.sql`
    (SELECT id, ${turn}::int AS turn FROM withdrawals WHERE ${AT_THE_GATE} AND ${condition} ORDER BY id LIMIT ${most})`;
  const { after } = round;
  const [looked] = await db().$queryRaw<{ count: number; last: string | null }[]>`
    WITH due AS MATERIALIZED (
      SELECT id, turn FROM (
        ${next(Prisma.sql`id > ${after}::uuid`, 0)} UNION ALL ${next(Prisma.sql`id <= ${after}::uuid`, 1)}) ids
      ORDER BY turn, id LIMIT ${most}),
    asked AS MATERIALIZED (
      SELECT d.id, d.held_reason AS was, ${REASON()} AS reason FROM ${FACTS} WHERE d.id = ANY (ARRAY(SELECT id FROM due))),
    changed AS MATERIALIZED (
      SELECT x.id, g.reason FROM asked g JOIN withdrawals x ON x.id = g.id
      WHERE g.reason IS DISTINCT FROM g.was AND x.held_reason = g.was AND x.status = 'queued'
      FOR NO KEY UPDATE OF x SKIP LOCKED),
    told AS (
      UPDATE withdrawals x SET held_reason = c.reason,
        next_attempt_at = CASE WHEN c.reason IS NULL THEN date_trunc('milliseconds', clock_timestamp()) ELSE x.next_attempt_at END
      FROM changed c WHERE x.id = c.id)
    SELECT count(*)::int AS count, (SELECT id FROM due ORDER BY turn DESC, id DESC LIMIT 1) AS last FROM due`;
  if (looked?.last) round.after = looked.last;
  return looked?.count ?? 0;
}

export type Held = { reason: HeldReason; asset: string; count: number; amount: bigint };

/** What waits at the gate and why, the most first. */
export async function heldWithdrawals(): Promise<Held[]> {
  return db().$queryRaw<Held[]>`
    SELECT held_reason AS reason, asset, count(*)::int AS count, sum(amount)::bigint AS amount FROM withdrawals
    WHERE held_reason IS NOT NULL AND status IN ('queued', 'submitting') GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`;
}

/** `oldest`: the deposit that has waited the longest. */
export type HeldReturns = Held & { oldest: string };

const MOST_RETURNS = 1_000;

/**
 * The same of deposits that were decided to go back. `isNotOpenAccepted`: whether that of d may leave a wallet that is
 * not open.
 */
export async function returnsHeld(isNotOpenAccepted: Prisma.Sql): Promise<HeldReturns[]> {
  return db().$queryRaw<HeldReturns[]>`
    SELECT reason, asset, count(*)::int AS count, sum(amount)::bigint AS amount, (array_agg(id ORDER BY since))[1] AS oldest
    FROM (
      SELECT d.id, d.asset, d.amount, d.return_requested_at AS since, ${RETURN_REASON(isNotOpenAccepted)} AS reason
      FROM ${RETURN_FACTS} WHERE d.return_requested_at IS NOT NULL AND d.state = 'succeeded'
      ORDER BY d.return_requested_at LIMIT ${MOST_RETURNS}) held
    WHERE reason IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`;
}
