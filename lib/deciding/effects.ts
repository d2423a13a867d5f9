import { db } from '~/lib/db';
import { type Reader, seesAll } from '~/lib/people/sight';
import { Prisma } from '~/prisma/generated/client';

/**
 * What letting a withdrawal out does, in the asset's smallest unit: the wallet's balances now, with the request set aside
 * already, and the account that pays, with what its proof says. The account is null where no cash was ever booked.
 */
export type PayoutEffect = {
  available: bigint;
  reserved: bigint;
  /** Of the account that pays. */
  cash: bigint;
  inTransit: bigint;
  /** When its movements were last found equal; null: never. */
  provenAt: Date | null;
  /** Breaks that stand, so that nothing leaves the account until they are settled. */
  breaks: number;
};

/** Of these withdrawals, by id, in one statement. */
export async function payoutEffects(ids: readonly string[]): Promise<Map<string, PayoutEffect>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<(PayoutEffect & { id: string })[]>`
    SELECT w.id::text AS id, coalesce(b.available, 0)::bigint AS available, coalesce(b.reserved, 0)::bigint AS reserved,
      coalesce(c.cash, 0)::bigint AS cash, coalesce(c.transit, 0)::bigint AS "inTransit", p.proven_at AS "provenAt",
      (SELECT count(*)::int FROM proof_breaks k WHERE k.account_id = w.account_id AND k.state = 'open') AS breaks
    FROM withdrawals w
    LEFT JOIN LATERAL (
      SELECT sum(a.balance) FILTER (WHERE a.bucket = 'available') AS available, sum(a.balance) FILTER (WHERE a.bucket = 'reserved') AS reserved
      FROM ledger_accounts a WHERE a.owner_id = w.wallet_id::text AND a.asset = w.asset) b ON true
    LEFT JOIN LATERAL (
      SELECT sum(a.balance) FILTER (WHERE a.bucket = 'cash') AS cash, sum(a.balance) FILTER (WHERE a.bucket = 'in_transit') AS transit
      FROM ledger_accounts a WHERE a.owner_id = w.account_id AND a.asset = w.asset) c ON true
    LEFT JOIN proof_states p ON p.account_id = w.account_id
    WHERE w.id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, ...effect }) => [id, effect]));
}

/** A balance as it is shown before and after, in the asset's smallest unit. */
export type Change = { before: bigint; after: bigint };

/** An account's cash before and after, and what its proof says. */
export type CashEffect = Change & Pick<PayoutEffect, 'provenAt' | 'breaks'>;

/** How often the same was done within 90 days, and what it came to. */
export type Alike = { count: number; amount: bigint };

/**
 * What posting an adjustment does: to what each wallet has available, where it has one, to what the giving one has set
 * aside, and to the cash that it corrects. `alike`: others that were posted between the same two.
 */
export type AdjustmentEffect = {
  from: Change | null;
  reserved: Change | null;
  to: Change | null;
  cash: CashEffect | null;
  alike: Alike;
};

type AdjustmentSides = {
  id: string;
  amount: bigint;
  isHold: boolean;
  fromKind: string | null;
  fromHas: bigint | null;
  fromReserved: bigint;
  fromSide: string;
  toHas: bigint | null;
  toSide: string;
  cash: bigint | null;
  provenAt: Date | null;
  breaks: number;
  count: number;
  total: bigint;
};

const ALIKE_DAYS = 90;

/** Of these adjustments, by id, in one statement. */
export async function adjustmentEffects(ids: readonly string[]): Promise<Map<string, AdjustmentEffect>> {
  if (ids.length === 0) return new Map();
  const balance = (wallet: 'from_wallet_id' | 'to_wallet_id') => Prisma.sql`
    LEFT JOIN LATERAL (
      SELECT k.kind::text AS kind, coalesce(sum(a.balance) FILTER (WHERE a.bucket = 'available'), 0)::bigint AS has,
        coalesce(sum(a.balance) FILTER (WHERE a.bucket = 'reserved'), 0)::bigint AS reserved,
        coalesce(min(a.side::text) FILTER (WHERE a.bucket = 'available'), 'credit') AS side
      FROM wallets k LEFT JOIN ledger_accounts a ON a.owner_id = k.id::text AND a.asset = j.asset
      WHERE k.id = j.${Prisma.raw(wallet)} GROUP BY k.id) ${Prisma.raw(wallet === 'from_wallet_id' ? 'f' : 't')} ON true`;
  const rows = await db().$queryRaw<AdjustmentSides[]>`
    SELECT j.id::text AS id, j.amount, j.hold_id IS NOT NULL AS "isHold", f.kind AS "fromKind", f.has AS "fromHas",
      coalesce(f.reserved, 0)::bigint AS "fromReserved", coalesce(f.side, 'credit') AS "fromSide", t.has AS "toHas",
      coalesce(t.side, 'credit') AS "toSide", c.cash, p.proven_at AS "provenAt",
      (SELECT count(*)::int FROM proof_breaks b WHERE b.account_id = j.account_id AND b.state = 'open') AS breaks, s.count, s.total
    FROM adjustments j
    ${balance('from_wallet_id')}
    ${balance('to_wallet_id')}
    LEFT JOIN LATERAL (
      SELECT coalesce(sum(a.balance), 0)::bigint AS cash FROM ledger_accounts a
      WHERE a.owner_id = j.account_id AND a.asset = j.asset AND a.bucket = 'cash') c ON j.account_id IS NOT NULL
    LEFT JOIN proof_states p ON p.account_id = j.account_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, coalesce(sum(o.amount), 0)::bigint AS total FROM adjustments o
      WHERE (o.from_wallet_id = j.from_wallet_id OR o.from_wallet_id IS NULL AND o.to_wallet_id = j.to_wallet_id)
        AND o.from_wallet_id IS NOT DISTINCT FROM j.from_wallet_id AND o.to_wallet_id IS NOT DISTINCT FROM j.to_wallet_id
        AND o.asset = j.asset AND o.status = 'posted' AND o.created_at > now() - make_interval(days => ${ALIKE_DAYS})) s
    WHERE j.id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, adjustmentEffectOf(row)]));
}

function adjustmentEffectOf(row: AdjustmentSides): AdjustmentEffect {
  const { amount, isHold, fromKind, fromHas, fromReserved, fromSide, toHas, toSide, cash } = row;
  // What a wallet gives is set aside already; of the platform's own nothing is.
  const isAside = fromHas !== null && fromKind !== 'house';
  const given = (has: bigint): Change =>
    isAside
      ? { before: isHold ? has : has + amount, after: has }
      : { before: has, after: fromSide === 'debit' ? has + amount : has - amount };
  const { provenAt, breaks, count, total } = row;
  return {
    from: fromHas === null ? null : given(fromHas),
    reserved: isAside ? { before: fromReserved, after: fromReserved - amount } : null,
    to:
      toHas === null ? null : { before: toHas, after: toSide === 'debit' ? toHas - amount : toHas + amount },
    cash:
      cash === null
        ? null
        : { before: cash, after: fromHas === null ? cash + amount : cash - amount, provenAt, breaks },
    alike: { count, amount: total },
  };
}

/**
 * What a decision on a deposit does: to what its wallet has available and, where it goes back, set aside, and to the
 * account's cash. `sender`: since when they are known, how often they paid, and which customers; `alike`: of that into
 * the same wallet within 90 days.
 */
export type DepositEffect = {
  available: Change;
  reserved: Change | null;
  cash: CashEffect;
  sender: { since: Date | null; times: number; customers: number; names: string[] };
  alike: Alike;
};

type DepositSides = {
  id: string;
  kind: string;
  amount: bigint;
  aside: bigint;
  available: bigint;
  reserved: bigint;
  cash: bigint;
  provenAt: Date | null;
  breaks: number;
  since: Date | null;
  times: number;
  customers: number;
  names: string[] | null;
  count: number;
  total: bigint;
};

/** A sender's latest deposits are counted up to so many, and so many customers are told by name. */
const MOST_SENT = 500;
const NAMES_TOLD = 3;

/** Of these requests about deposits, by id, in one statement; of none for who doesn't see whom a sender paid before. */
export async function depositEffects(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, DepositEffect>> {
  if (ids.length === 0 || !seesAll(reader)) return new Map();
  const rows = await db().$queryRaw<DepositSides[]>`
    SELECT r.id::text AS id, r.kind::text AS kind, f.amount, f.return_reserved AS aside,
      coalesce(b.available, 0)::bigint AS available, coalesce(b.reserved, 0)::bigint AS reserved, coalesce(c.cash, 0)::bigint AS cash,
      p.proven_at AS "provenAt", (SELECT count(*)::int FROM proof_breaks k WHERE k.account_id = f.account_id AND k.state = 'open') AS breaks,
      s.since, s.times, s.customers, s.names, s.count, s.total
    FROM deposit_requests r JOIN transfers f ON f.id = r.transfer_id
    LEFT JOIN LATERAL (
      SELECT sum(a.balance) FILTER (WHERE a.bucket = 'available') AS available, sum(a.balance) FILTER (WHERE a.bucket = 'reserved') AS reserved
      FROM ledger_accounts a WHERE a.owner_id = r.wallet_id::text AND a.asset = f.asset) b ON true
    LEFT JOIN LATERAL (
      SELECT sum(a.balance) AS cash FROM ledger_accounts a
      WHERE a.owner_id = f.account_id AND a.asset = f.asset AND a.bucket = 'cash') c ON true
    LEFT JOIN proof_states p ON p.account_id = f.account_id
    CROSS JOIN LATERAL (
      SELECT min(e.transacted_at) AS since, count(*)::int AS times, count(DISTINCT w.customer_id)::int AS customers,
        (array_agg(DISTINCT u.name) FILTER (WHERE u.name IS NOT NULL))[1:${NAMES_TOLD}] AS names,
        count(*) FILTER (WHERE e.alike)::int AS count, coalesce(sum(e.amount) FILTER (WHERE e.alike), 0)::bigint AS total
      FROM (
        SELECT o.transacted_at, o.amount, o.wallet_id,
          o.wallet_id = r.wallet_id AND o.asset = f.asset AND o.transacted_at > now() - make_interval(days => ${ALIKE_DAYS}) AS alike
        FROM transfers o
        WHERE o.counterparty_number = f.counterparty_number AND o.direction = 'inbound' AND o.state = 'succeeded' AND o.id <> f.id
        ORDER BY o.transacted_at DESC LIMIT ${MOST_SENT}) e
      LEFT JOIN wallets w ON w.id = e.wallet_id LEFT JOIN customers u ON u.id = w.customer_id) s
    WHERE r.id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, depositEffectOf(row)]));
}

function depositEffectOf(row: DepositSides): DepositEffect {
  const { kind, amount, aside, available, reserved, cash, provenAt, breaks } = row;
  const { since, times, customers, names, count, total } = row;
  const known = {
    sender: { since, times, customers, names: names ?? [] },
    alike: { count, amount: total },
  };
  if (kind === 'return')
    return {
      available: { before: available + aside, after: available },
      reserved: { before: reserved, after: reserved - aside },
      cash: { before: cash, after: cash - amount, provenAt, breaks },
      ...known,
    };
  return {
    available: { before: available, after: available + amount },
    reserved: null,
    cash: { before: cash, after: cash, provenAt, breaks },
    ...known,
  };
}
