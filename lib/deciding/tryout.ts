import { authorize, type OperatorActor } from '~/lib/actor';
import type { RuledAction } from '~/lib/approvals/actions';
import { type Conditions, fires, needsOf, type RuleFacts, WITHIN_HOURS } from '~/lib/approvals/conditions';
import { db } from '~/lib/db';
import { ADJUSTMENTS, PAYOUTS, sumsBefore } from '~/lib/deciding/tryout-sums';
import { keyset } from '~/lib/keyset';
import type { AssetTotal } from '~/lib/search/money';
import { changedAt } from '~/lib/withdrawals/rule-facts';
import { Prisma } from '~/prisma/generated/client';

export const TRIED_DAYS = 90;
/** So many requests are looked at, the latest ones; more would say nothing else. */
const MOST_TRIED = 20_000;
/** So many of those that would have waited are shown at once. */
const SHOWN = 20;
const PAGES = keyset({ at: 'time', id: 'word' }, 'desc');

/** One request of before that the rule would have had wait. */
export type TriedRow = {
  id: string;
  at: Date;
  asset: string | null;
  amount: bigint | null;
  wallet: string | null;
  /** Whether it waited for somebody then. */
  waited: boolean;
};

/**
 * What a rule would have done: of how many it looked at, how many would have waited, how much that was, and how many of them
 * did anyway.
 */
export type Tried = {
  days: number;
  looked: number;
  /** Whether there were more, so that only the latest were looked at. */
  isCut: boolean;
  waits: number;
  waited: number;
  totals: AssetTotal[];
  /** Some of those that would have waited, the latest first; `from` numbers the first of them. */
  page: { rows: TriedRow[]; from: number; previousCursor: string | null; nextCursor: string | null };
};

type Row = TriedRow & {
  kind: string | null;
  pattern: string | null;
  terms?: string | null;
  customerSince: Date | null;
  place?: string;
  name?: string | null;
  since?: Date | null;
  sums?: Record<string, string | null>;
};

/**
 * Runs conditions against what was asked for within the last 90 days, by the facts of each moment. What ended without a
 * payment counts in no sum, as far as it is known today. Reads only.
 */
export async function tryRule(
  actor: OperatorActor,
  { action, conditions, cursor }: { action: RuledAction; conditions: Conditions; cursor?: string },
): Promise<Tried> {
  authorize(actor, 'settings:read');
  const found = await historyOf(action, conditions);
  // By time, because what a name was before is told by what came before.
  const rows = found.slice(0, MOST_TRIED).reverse();
  const changedBy = changes();
  const waiting = rows.filter((row) => fires(conditions, factsOf(row, changedBy(row)))).sort(latestFirst);
  return {
    days: TRIED_DAYS,
    looked: rows.length,
    isCut: found.length > MOST_TRIED,
    waits: waiting.length,
    waited: waiting.filter(({ waited }) => waited).length,
    totals: totalsOf(waiting),
    page: pageOf(waiting, cursor),
  };
}

type Keyed = Pick<TriedRow, 'at' | 'id'>;

function latestFirst(one: Keyed, other: Keyed): number {
  return other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
}

function pageOf(waiting: readonly TriedRow[], cursor: string | undefined): Tried['page'] {
  const key = PAGES.read(cursor);
  const start =
    key === null
      ? 0
      : Math.max(
          0,
          waiting.findIndex((row) => latestFirst(key, row) < 0),
        );
  const { items, nextCursor } = PAGES.page(waiting.slice(start, start + SHOWN + 1), SHOWN);
  const before = waiting[start - SHOWN - 1];
  return {
    rows: items.map(({ id, at, asset, amount, wallet, waited }) => ({
      id,
      at,
      asset,
      amount,
      wallet,
      waited,
    })),
    from: start + 1,
    previousCursor: start === 0 ? null : before ? PAGES.cursorOf(before) : '',
    nextCursor,
  };
}

function factsOf(row: Row, changed: Date | null): RuleFacts {
  const { at, asset, amount, kind, pattern, terms = null, customerSince, place, since = null } = row;
  const sums = Object.entries(row.sums ?? {}).map(([key, sum]) => [key, sum === null ? null : BigInt(sum)]);
  return {
    ...{ at, asset, amount, sums: Object.fromEntries(sums) },
    wallet: kind === null ? null : { kind, pattern, terms },
    beneficiary: place === undefined ? null : { since, changedAt: changed },
    customer: customerSince && { since: customerSince },
  };
}

/** When the name of each destination last became another one, told row by row in the order of time. */
function changes(): (row: Row) => Date | null {
  const last = new Map<string, { name: string; at: Date; changed: Date | null }>();
  return ({ place, name, at }) => {
    if (place === undefined) return null;
    const before = last.get(place);
    if (!name) return before?.changed ?? null;
    const changed = (before && changedAt([before, { name, at }])) ?? before?.changed ?? null;
    last.set(place, { name, at, changed });
    return changed;
  };
}

function totalsOf(rows: readonly TriedRow[]): AssetTotal[] {
  const totals = new Map<string, AssetTotal>();
  for (const { asset, amount } of rows) {
    if (asset === null || amount === null) continue;
    const total = totals.get(asset) ?? { asset, count: 0, amount: 0n };
    totals.set(asset, { asset, count: total.count + 1, amount: total.amount + amount });
  }
  return [...totals.values()];
}

/** The latest first, one more than is looked at. */
function historyOf(action: RuledAction, conditions: Conditions): Promise<Row[]> {
  switch (action) {
    case 'withdrawal.pay':
      return payouts(conditions);
    case 'adjustment.post':
      return adjustments(conditions);
    case 'deposit.return':
      return deposits('return');
    case 'deposit.assign':
      return deposits('assignment');
    case 'event.replay':
      return acts('inbox_event.replayed');
    case 'wallet.freeze':
      return acts('wallet.frozen');
    case 'wallet.unfreeze':
      return acts('wallet.unfrozen');
    case 'wallet.close':
      return acts('wallet.closed');
    case 'number.quarantine':
      return acts('account_number.quarantined');
    case 'suspense.return':
      return suspended('deposit.return_requested');
    case 'suspense.assign':
      return suspended('deposit.assigned');
    case 'terms.change':
    case 'wallet.move_pattern':
    case 'debt.plan':
      return decidedByTwo(action);
  }
}

const SINCE = Prisma.sql`now() - make_interval(days => ${TRIED_DAYS})`;
/** For sums, what came before counts as well. */
const SINCE_COUNTED = Prisma.sql`now() - make_interval(days => ${TRIED_DAYS}, hours => ${WITHIN_HOURS.month})`;
/** A payout that left in parts is one, by its first, as the rules judge it. */
const IN_PARTS = Prisma.sql`
  LEFT JOIN withdrawal_batch_rows p ON p.withdrawal_id = d.id AND p.parts > 1
  LEFT JOIN LATERAL (
    SELECT min(o.part) FILTER (WHERE o.withdrawal_id IS NOT NULL) AS first, sum(o.amount)::bigint AS amount,
      sum(e.amount) FILTER (WHERE e.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')) AS counted
    FROM withdrawal_batch_rows o LEFT JOIN withdrawals e ON e.id = o.withdrawal_id
    WHERE o.batch_id = p.batch_id AND o.line = p.line) whole ON p.parts IS NOT NULL`;

function payouts(conditions: Conditions): Promise<Row[]> {
  const { sums, paid } = needsOf([conditions]);
  const since = paid
    ? Prisma.sql`(SELECT e.created_at FROM withdrawals e WHERE e.destination = t.destination
        AND e.destination_kind = t.destination_kind AND e.status = 'succeeded' AND e.created_at < t.at
        ORDER BY e.created_at LIMIT 1)`
    : Prisma.sql`NULL::timestamptz`;
  return db().$queryRaw<Row[]>`
    SELECT t.*, ${since} AS since FROM (
      SELECT d.id::text AS id, d.created_at AS at, d.asset, coalesce(whole.amount, d.amount) AS amount, l.name AS wallet,
        d.approval_reason IS NOT NULL OR d.batch_id IS NOT NULL AS waited, l.kind::text AS kind, a.pattern::text AS pattern, s.name AS terms,
        c.created_at AS "customerSince",
        concat(d.destination_kind, ' ', d.destination) AS place, d.destination, d.destination_kind, d.beneficiary_name AS name,
        ${sumsBefore(sums, PAYOUTS)} AS sums
      FROM withdrawals d JOIN wallets l ON l.id = d.wallet_id
      LEFT JOIN wallet_assets a ON a.wallet_id = d.wallet_id AND a.asset = d.asset
      LEFT JOIN wallet_terms s ON s.id = a.terms_id
      LEFT JOIN customers c ON c.id = l.customer_id ${IN_PARTS}
      WHERE d.created_at > ${SINCE_COUNTED} AND (p.parts IS NULL OR p.part = whole.first)) t
    WHERE t.at > ${SINCE} ORDER BY t.at DESC, t.id DESC LIMIT ${MOST_TRIED + 1}`;
}

/** They all wait already: a rule adds people. */
function adjustments(conditions: Conditions): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT t.* FROM (
      SELECT d.id::text AS id, d.created_at AS at, d.asset, d.amount, l.name AS wallet, true AS waited,
        l.kind::text AS kind, a.pattern::text AS pattern, s.name AS terms, NULL::timestamptz AS "customerSince",
        ${sumsBefore(needsOf([conditions]).sums, ADJUSTMENTS)} AS sums
      FROM adjustments d LEFT JOIN wallets g ON g.id = d.from_wallet_id LEFT JOIN wallets r ON r.id = d.to_wallet_id
      LEFT JOIN wallets l ON l.id = coalesce(d.from_wallet_id, d.to_wallet_id)
      LEFT JOIN wallet_assets a ON a.wallet_id = l.id AND a.asset = d.asset
      LEFT JOIN wallet_terms s ON s.id = a.terms_id
      WHERE d.created_at > ${SINCE_COUNTED}) t
    WHERE t.at > ${SINCE} ORDER BY t.at DESC, t.id DESC LIMIT ${MOST_TRIED + 1}`;
}

function deposits(kind: 'return' | 'assignment'): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT f.id, d.created_at AS at, f.asset, f.amount, l.name AS wallet, true AS waited,
      l.kind::text AS kind, a.pattern::text AS pattern, s.name AS terms, NULL::timestamptz AS "customerSince"
    FROM deposit_requests d JOIN transfers f ON f.id = d.transfer_id JOIN wallets l ON l.id = d.wallet_id
    LEFT JOIN wallet_assets a ON a.wallet_id = l.id AND a.asset = f.asset
    LEFT JOIN wallet_terms s ON s.id = a.terms_id
    WHERE d.kind::text = ${kind} AND d.created_at > ${SINCE} ORDER BY d.created_at DESC, d.id DESC LIMIT ${MOST_TRIED + 1}`;
}

/** What one person did with money in suspense: two did it where a request says so. */
function suspended(done: string): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT f.id, e.at, f.asset, f.amount, l.name AS wallet, false AS waited, l.kind::text AS kind, a.pattern::text AS pattern, s.name AS terms,
      NULL::timestamptz AS "customerSince"
    FROM audit_entries e JOIN transfers f ON f.id = e.subject_id AND e.subject_type = 'transfer'
    LEFT JOIN wallets l ON l.id = f.wallet_id
    LEFT JOIN wallet_assets a ON a.wallet_id = l.id AND a.asset = f.asset
    LEFT JOIN wallet_terms s ON s.id = a.terms_id
    WHERE e.action = ${done} AND e.actor_kind IN ('operator', 'key') AND e.at > ${SINCE}
      AND NOT EXISTS (SELECT FROM deposit_requests d WHERE d.transfer_id = f.id)
    ORDER BY e.at DESC, e.id DESC LIMIT ${MOST_TRIED + 1}`;
}

/** What another person decides on anyway: a rule adds people. Terms are of no wallet. */
function decidedByTwo(action: RuledAction): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT d.id::text AS id, d.asked_at AS at, d.facts->>'asset' AS asset, (d.facts->>'amount')::bigint AS amount, l.name AS wallet,
      true AS waited, l.kind::text AS kind, a.pattern::text AS pattern, s.name AS terms, NULL::timestamptz AS "customerSince"
    FROM approvals d
    LEFT JOIN wallets l ON d.subject_type = 'wallet' AND l.id::text = d.subject_id
    LEFT JOIN wallet_assets a ON a.wallet_id = l.id AND a.asset = d.facts->>'asset'
    LEFT JOIN wallet_terms s ON s.id = a.terms_id
    WHERE d.action = ${action} AND d.asked_at > ${SINCE} ORDER BY d.asked_at DESC, d.id DESC LIMIT ${MOST_TRIED + 1}`;
}

/** What was done at once is known by the audit alone. */
function acts(done: string): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT e.subject_id AS id, e.at, NULL::text AS asset, NULL::bigint AS amount, l.name AS wallet, false AS waited,
      l.kind::text AS kind, h.pattern::text AS pattern, s.name AS terms, NULL::timestamptz AS "customerSince"
    FROM audit_entries e
    LEFT JOIN LATERAL (
      SELECT wallet_id, pattern, terms_id FROM wallet_assets a WHERE a.wallet_id = CASE WHEN e.subject_type = 'wallet' THEN e.subject_id::uuid END
      UNION ALL
      SELECT wallet_id, pattern, terms_id FROM wallet_assets a WHERE e.subject_type = 'account_number' AND a.account_number_id = e.subject_id
      LIMIT 1) h ON true
    LEFT JOIN wallets l ON l.id = h.wallet_id
    LEFT JOIN wallet_terms s ON s.id = h.terms_id
    WHERE e.action = ${done} AND e.actor_kind IN ('operator', 'key') AND e.at > ${SINCE}
    ORDER BY e.at DESC, e.id DESC LIMIT ${MOST_TRIED + 1}`;
}
