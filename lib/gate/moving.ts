import type { Tx } from '~/lib/db';
import { unconfirmed } from '~/lib/gate/confirmed';
import {
  type HeldReason,
  isSoonProven,
  OF_ACCOUNT,
  PAYS_NOBODY,
  proveSoon,
  STANDING_STILL,
  STATES,
} from '~/lib/gate/gate';
import { Prisma } from '~/prisma/generated/client';

/** Whether it goes where two people said, to a number of our own that nobody gave another place since. */
const IS_AS_APPROVED = Prisma.sql`EXISTS (
  SELECT 1 FROM pattern_moves m
  JOIN approvals a ON a.id = m.approval_id AND a.action = 'wallet.move_pattern' AND a.state = 'approved'
  JOIN account_numbers n ON n.id = d.to_number_id
  WHERE m.id = d.move_id AND m.wallet_id = d.wallet_id AND m.asset = d.asset AND (m.from_account_id = d.account_id
      -- Back to where a bank took what had gone along, from where the wallet is.
      OR m.from_account_id = d.to_account_id AND m.back_number_id = d.to_number_id AND EXISTS (
        SELECT 1 FROM pattern_moves l
        WHERE l.wallet_id = m.wallet_id AND l.asset = m.asset AND l.to_account_id = d.account_id AND l.switched_at IS NOT NULL))
    AND a.subject_id = m.wallet_id::text AND a.facts->>'asset' = m.asset AND a.facts->>'to' = m.to_pattern::text
    AND n.account_id = d.to_account_id AND n.number = d.destination AND n.status = 'enabled')`;

/** Per payment d of a move, from an account of ours to another. All of it is the wallet's, so all of it has to be real. */
const REASON = () => Prisma.sql`
  CASE
    WHEN ${STANDING_STILL} THEN 'books_older'
    WHEN NOT ${IS_AS_APPROVED} THEN 'changed_since_approval'
    WHEN w.status = 'closed' THEN 'wallet_closed'
    WHEN ${PAYS_NOBODY} THEN 'wallet_frozen'
    ${OF_ACCOUNT()}
    WHEN ${unconfirmed(Prisma.sql`d.wallet_id`, Prisma.sql`p.id = d.account_id`)} > 0 THEN 'credit_unconfirmed'
  END`;

/** Why this payment of a move may not leave now; null when it may. Its row must be locked: its wallet is, from here on. */
export async function moveHeldBack(tx: Tx, paymentId: string): Promise<HeldReason | null> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM wallets
    WHERE id = (SELECT wallet_id FROM pattern_payments WHERE id = ${paymentId}::uuid) FOR SHARE`;
  const [row] = await tx.$queryRaw<{ reason: HeldReason | null; accountId: string }[]>`
    SELECT ${REASON()} AS reason, d.account_id AS "accountId"
    FROM (SELECT z.*, z.from_account_id AS account_id FROM pattern_payments z WHERE z.id = ${paymentId}::uuid) d
    JOIN wallets w ON w.id = d.wallet_id ${STATES}`;
  if (!row) throw new Error(`No payment ${paymentId}.`);
  if (isSoonProven(row.reason)) await proveSoon(tx, row.accountId);
  return row.reason;
}
