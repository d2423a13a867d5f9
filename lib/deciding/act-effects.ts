import { z } from 'zod';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import type { Change, PayoutEffect } from '~/lib/deciding/effects';
import type { Prisma } from '~/prisma/generated/client';

/** Which balance a line of an act's effect is about: of one wallet or of several together, of suspense, of accounts. */
export type EffectOf =
  | 'walletAvailable'
  | 'walletReserved'
  | 'walletsAvailable'
  | 'walletsReserved'
  | 'suspense'
  | 'accountBalance';

/** A balance before and after, in its asset's smallest unit. */
export type EffectLine = Change & { of: EffectOf; asset: string };

/**
 * What an act or a batch does to balances, and what the proof of the accounts that pay says: proven last by the one that is
 * behind, with the breaks of them all. An act that moves nothing tells what its wallets hold, the same before and after.
 */
export type ActEffect = { lines: EffectLine[]; proof: Pick<PayoutEffect, 'provenAt' | 'breaks'> | null };

type Asked = { id: string; action: ApprovalAction; subjectId: string; facts: Prisma.JsonValue };

/** Of what waits for a decision, by the approval's id; what does nothing to money is left out. One statement per kind. */
export async function actEffects(rows: readonly Asked[]): Promise<Map<string, ActEffect>> {
  const of = (isOf: (action: ApprovalAction) => boolean) => rows.filter(({ action }) => isOf(action));
  const [batches, suspended, held] = await Promise.all([
    batchEffects(of((action) => action === 'batch.pay')),
    suspenseEffects(of((action) => action === 'suspense.return' || action === 'suspense.assign')),
    heldEffects(of((action) => WALLET_ACTS.has(action))),
  ]);
  return new Map([...batches, ...suspended, ...held]);
}

/** What they are asked about has the same balances before and after. */
const WALLET_ACTS: ReadonlySet<ApprovalAction> = new Set([
  'wallet.freeze',
  'wallet.unfreeze',
  'wallet.close',
  'wallet.move_pattern',
  'debt.plan',
]);

type Effects = [string, ActEffect][];

type BatchRow = { batch: string; asset: string; reserved: bigint; takes: bigint; leaves: bigint } & Paying;
type Paying = { cash: bigint; provenAt: Date | null; breaks: number };

/** What its withdrawals take is set aside already; fees stay with the platform. */
async function batchEffects(rows: readonly Asked[]): Promise<Effects> {
  if (rows.length === 0) return [];
  const found = await db().$queryRaw<BatchRow[]>`
    SELECT w.batch_id::text AS batch, w.asset, r.reserved, sum(w.amount + w.fee_amount)::bigint AS takes,
      sum(w.amount)::bigint AS leaves, c.cash, c.proven_at AS "provenAt", c.breaks
    FROM withdrawals w
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(a.balance), 0)::bigint AS reserved FROM ledger_accounts a
      WHERE a.bucket = 'reserved' AND a.asset = w.asset AND a.owner_id IN (
        SELECT s.wallet_id::text FROM withdrawals s WHERE s.batch_id = w.batch_id)) r
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(b.balance), 0)::bigint AS cash, CASE WHEN bool_and(p.proven_at IS NOT NULL) THEN min(p.proven_at) END AS proven_at,
        coalesce(sum(k.breaks), 0)::int AS breaks
      FROM (SELECT DISTINCT s.account_id FROM withdrawals s WHERE s.batch_id = w.batch_id) o
      LEFT JOIN ledger_accounts b ON b.owner_id = o.account_id AND b.asset = w.asset AND b.bucket = 'cash'
      LEFT JOIN proof_states p ON p.account_id = o.account_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS breaks FROM proof_breaks x WHERE x.account_id = o.account_id AND x.state = 'open') k) c
    WHERE w.batch_id = ANY (${rows.map(({ subjectId }) => subjectId)}::uuid[]) AND w.status = 'awaiting_approval'
    GROUP BY w.batch_id, w.asset, r.reserved, c.cash, c.proven_at, c.breaks`;
  const byBatch = new Map(found.map((row) => [row.batch, row]));
  return rows.flatMap(({ id, subjectId }): Effects => {
    const row = byBatch.get(subjectId);
    if (!row) return [];
    const { asset, reserved, takes, cash, leaves } = row;
    const lines: EffectLine[] = [
      { of: 'walletsReserved', asset, before: reserved, after: reserved - takes },
      { of: 'accountBalance', asset, before: cash, after: cash - leaves },
    ];
    return [[id, { lines, proof: { provenAt: row.provenAt, breaks: row.breaks } }]];
  });
}

type SuspenseRow = {
  id: string;
  asset: string;
  amount: bigint;
  suspense: bigint;
  available: bigint;
} & Paying;

const assigned = z.object({ walletId: z.string() });

/** It leaves suspense for the account's outside, or for what a wallet has available. */
async function suspenseEffects(rows: readonly Asked[]): Promise<Effects> {
  if (rows.length === 0) return [];
  const walletOf = ({ facts }: Asked) => assigned.safeParse(facts).data?.walletId ?? null;
  const found = await db().$queryRaw<SuspenseRow[]>`
    SELECT q.id, t.asset, t.amount, coalesce(s.balance, 0)::bigint AS suspense, coalesce(a.balance, 0)::bigint AS available,
      coalesce(c.balance, 0)::bigint AS cash, p.proven_at AS "provenAt",
      (SELECT count(*)::int FROM proof_breaks x WHERE x.account_id = t.account_id AND x.state = 'open') AS breaks
    FROM unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ subjectId }) => subjectId)}::text[],
      ${rows.map(walletOf)}::text[]) q(id, transfer_id, wallet_id)
    JOIN transfers t ON t.id = q.transfer_id
    LEFT JOIN ledger_accounts s ON s.bucket = 'suspense' AND s.asset = t.asset AND s.owner_id IS NULL
    LEFT JOIN ledger_accounts a ON a.owner_id = q.wallet_id AND a.asset = t.asset AND a.bucket = 'available'
    LEFT JOIN ledger_accounts c ON c.owner_id = t.account_id AND c.asset = t.asset AND c.bucket = 'cash'
    LEFT JOIN proof_states p ON p.account_id = t.account_id`;
  const byId = new Map(found.map((row) => [row.id, row]));
  return rows.flatMap(({ id, action }): Effects => {
    const row = byId.get(id);
    if (!row) return [];
    const { asset, amount, suspense, available, cash } = row;
    const goes: EffectLine =
      action === 'suspense.return'
        ? { of: 'accountBalance', asset, before: cash, after: cash - amount }
        : { of: 'walletAvailable', asset, before: available, after: available + amount };
    const lines: EffectLine[] = [{ of: 'suspense', asset, before: suspense, after: suspense - amount }, goes];
    return [[id, { lines, proof: { provenAt: row.provenAt, breaks: row.breaks } }]];
  });
}

type HeldRow = { id: string; asset: string; available: bigint; reserved: bigint };

const several = z.object({ of: z.enum(['customer', 'portfolio']) });

/** What the wallet has, or all wallets of the customer or portfolio together, asset by asset. */
async function heldEffects(rows: readonly Asked[]): Promise<Effects> {
  if (rows.length === 0) return [];
  const ofWhom = ({ facts }: Asked) => several.safeParse(facts).data?.of ?? 'wallet';
  const found = await db().$queryRaw<HeldRow[]>`
    SELECT q.id, a.asset, coalesce(sum(a.balance) FILTER (WHERE a.bucket = 'available'), 0)::bigint AS available,
      coalesce(sum(a.balance) FILTER (WHERE a.bucket = 'reserved'), 0)::bigint AS reserved
    FROM unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ subjectId }) => subjectId)}::uuid[],
      ${rows.map(ofWhom)}::text[]) q(id, subject_id, whose)
    JOIN wallets w ON CASE q.whose WHEN 'customer' THEN w.customer_id WHEN 'portfolio' THEN w.portfolio_id ELSE w.id END = q.subject_id
    JOIN ledger_accounts a ON a.owner_id = w.id::text AND a.bucket IN ('available', 'reserved')
    GROUP BY q.id, a.asset ORDER BY q.id, a.asset`;
  return rows.flatMap((asked): Effects => {
    const { id } = asked;
    const which = ofWhom(asked) === 'wallet' ? 'wallet' : 'wallets';
    const lines = found
      .filter((row) => row.id === id)
      .flatMap(({ asset, available, reserved }): EffectLine[] => [
        { of: `${which}Available`, asset, before: available, after: available },
        ...(reserved === 0n
          ? []
          : [{ of: `${which}Reserved` as const, asset, before: reserved, after: reserved }]),
      ]);
    return lines.length === 0 ? [] : [[id, { lines, proof: null }]];
  });
}
