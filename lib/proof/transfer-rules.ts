import { OWNER } from '~/lib/proof/matching';
import { MOST, type Rules, within } from '~/lib/proof/ranges';
import { Prisma } from '~/prisma/generated/client';

/** What a transaction t moves in the buckets of the transfer's account at Fintoc; debits are positive. */
const BOOKED = Prisma.sql`
  SELECT coalesce(sum(e.amount) FILTER (WHERE a.bucket = 'cash' AND a.owner_id = f.account_id), 0) AS cash,
         coalesce(sum(e.amount) FILTER (WHERE a.bucket = 'in_transit' AND a.owner_id = f.account_id), 0) AS transit
  FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id`;

/** Whether an outbound transfer was given back before it arrived: it failed then, and never settled. */
const bounced = (id: string) => Prisma.sql`EXISTS (
  SELECT 1 FROM ledger_transactions b WHERE b.cause_kind = 'transfer' AND b.cause_id = ${Prisma.raw(id)} AND b.step = 'fail')`;

/** The step that a transfer's state says was booked has its transaction, with its amount or what a cured break added. */
export const posted: Rules = {
  table: 'transfers',
  wrong: (range) => Prisma.sql`
    SELECT CASE WHEN t.id IS NULL THEN 'a transfer that ended has its posting' ELSE 'a posting has its transfer''s amount' END AS rule,
           'transfer ' || f.id || ' (' || f.direction || ', ' || f.state || ')' AS subject,
           ledger_cause('transfer', f.id, step.name, 0::smallint) || ': cash ' || step.cash || ', in transit ' || step.transit AS expected,
           CASE WHEN t.id IS NULL THEN 'no such transaction'
                ELSE 'transaction ' || t.id || ': cash ' || booked.cash || ', in transit ' || booked.transit END AS actual
    FROM transfers f
    CROSS JOIN LATERAL (SELECT f.state = 'returned' AND ${bounced('f.id')} AS bounced) went
    CROSS JOIN LATERAL (
      SELECT s.name, s.cash, s.transit
      FROM (VALUES
        ('credit', f.direction = 'inbound' AND f.state IN ('succeeded', 'return_pending', 'returned'), f.amount, 0),
        ('accept', f.direction = 'outbound' AND f.state <> 'seen', -f.amount, f.amount),
        ('settle', f.direction = 'outbound' AND (f.state = 'succeeded' OR f.state = 'returned' AND NOT went.bounced), 0, -f.amount),
        ('fail', f.direction = 'outbound' AND (f.state IN ('failed', 'rejected') OR f.state = 'returned' AND went.bounced),
          f.amount, -f.amount),
        ('take_back', f.direction = 'outbound' AND f.state = 'returned' AND NOT went.bounced, f.amount, 0)
      ) s(name, due, cash, transit) WHERE s.due
    ) step
    LEFT JOIN ledger_transactions t ON t.cause_kind = 'transfer' AND t.cause_id = f.id AND t.step = step.name AND t.round = 0
    LEFT JOIN LATERAL (${BOOKED} WHERE e.transaction_id = t.id) booked ON true
    WHERE ${within('f.id', range, 'text')}
      AND (t.id IS NULL OR booked.cash <> step.cash OR booked.transit <> step.transit)
      AND (t.id IS NULL OR NOT EXISTS (
        SELECT 1 FROM proof_breaks b
        WHERE b.transfer_id = f.id AND b.kind = 'amount_differs' AND b.state = 'cured' AND abs(b.actual) = abs(booked.cash)))
    ORDER BY f.id ${MOST}`,
};

/** A deposit goes back once, at once or in two steps, however often that was tried. */
export const returned: Rules = {
  table: 'transfers',
  wrong: (range) => Prisma.sql`
    SELECT CASE WHEN back.postings = 0 THEN 'a transfer that ended has its posting'
                ELSE 'a posting has its transfer''s amount' END AS rule,
           'transfer ' || f.id || ' (' || f.direction || ', ' || f.state || ')' AS subject,
           CASE f.state WHEN 'returned' THEN 'one return: cash ' || -f.amount ELSE 'no return' END AS expected,
           back.postings || ' returns: cash ' || back.cash AS actual
    FROM transfers f
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT t.id) AS postings, coalesce(sum(e.amount) FILTER (WHERE a.bucket = 'cash'), 0) AS cash
      FROM ledger_transactions t
      LEFT JOIN ledger_entries e ON e.transaction_id = t.id
      LEFT JOIN ledger_accounts a ON a.id = e.account_id AND a.owner_id = f.account_id
      WHERE t.transfer_id = f.id AND t.cause_kind = 'transfer' AND t.cause_id = f.id AND t.step IN ('return_at_once', 'complete_return')) back
    WHERE ${within('f.id', range, 'text')} AND f.direction = 'inbound'
      AND ((f.state = 'returned' AND (back.postings <> 1 OR back.cash <> -f.amount))
        OR (f.state <> 'returned' AND back.postings > 0))
    ORDER BY f.id ${MOST}`,
};

/** Or was moved there since, by adjustments that settle its break. */
export const rightWallet: Rules = {
  table: 'transfers',
  wrong: (range) => Prisma.sql`
    SELECT 'a deposit is in the wallet of its account number' AS rule,
           'transfer ' || f.id || ' (transaction ' || e.transaction_id || ')' AS subject,
           'wallet ' || owner.id AS expected, 'wallet ' || e.wallet_id AS actual
    FROM transfers f
    CROSS JOIN LATERAL (SELECT ${OWNER} AS id) owner
    JOIN ledger_transactions t ON t.cause_kind = 'transfer' AND t.cause_id = f.id AND t.step = 'credit'
    JOIN ledger_entries e ON e.transaction_id = t.id AND e.kind = 'deposit' AND e.wallet_id <> owner.id
    WHERE ${within('f.id', range, 'text')} AND f.direction = 'inbound' AND NOT EXISTS (
      SELECT 1 FROM proof_breaks b JOIN adjustments a ON a.break_id = b.id::text
      WHERE b.transfer_id = f.id AND b.kind = 'wrong_wallet' AND a.status = 'posted'
        AND a.from_wallet_id = e.wallet_id AND a.to_wallet_id = owner.id
      GROUP BY b.id HAVING sum(a.amount) >= b.expected)
    ORDER BY f.id ${MOST}`,
};

/**
 * What moves in an account that is one wallet's own is that wallet's: whatever a transfer there posts stands in the
 * wallet, or where people can see that it doesn't. Fees stay in the account and are the platform's.
 */
export const ownAccount: Rules = {
  table: 'transfers',
  wrong: (range) => Prisma.sql`
    SELECT 'what moves in an own account is its wallet''s' AS rule,
           'transfer ' || f.id || ' (transaction ' || t.id || ')' AS subject,
           'wallet ' || owner.id || ', suspense or unexplained' AS expected,
           e.amount || ' in ' || a.code AS actual
    FROM transfers f
    CROSS JOIN LATERAL (
      SELECT max(h.wallet_id::text) AS id FROM wallet_assets h
      WHERE h.account_id = f.account_id AND h.pattern IN ('B', 'C') HAVING count(*) = 1) owner
    JOIN ledger_transactions t ON t.transfer_id = f.id AND t.kind <> 'payout_explained'
      AND t.cause_kind = 'transfer' AND t.step <> 'assign'
    JOIN ledger_entries e ON e.transaction_id = t.id
    JOIN ledger_accounts a ON a.id = e.account_id
    WHERE ${within('f.id', range, 'text')} AND f.purpose IS DISTINCT FROM 'settlement'
      AND NOT (a.owner_id IN (owner.id, f.account_id) OR a.bucket IN ('suspense', 'unexplained') OR a.code = 'house/fees')
      -- On its way to an account that the wallet had before.
      AND NOT (f.purpose = 'move' AND a.bucket = 'incoming' AND EXISTS (
        SELECT 1 FROM pattern_payments z
        WHERE z.transfer_id = f.id AND z.wallet_id::text = owner.id AND z.to_account_id = a.owner_id))
      AND NOT (f.direction = 'outbound' AND f.purpose IS NOT NULL AND EXISTS (
        SELECT 1 FROM unexplained_payouts u WHERE u.transfer_id = f.id AND u.explained_as IS NOT NULL
        UNION ALL SELECT 1 FROM account_verifications v WHERE v.transfer_id = f.id))
    ORDER BY f.id ${MOST}`,
};

/** A payout of no withdrawal is booked as a verification by two people's word, or because one was asked for. */
export const coins: Rules = {
  table: 'transfers',
  wrong: (range) => Prisma.sql`
    SELECT 'a verification''s coin was asked for' AS rule, 'transfer ' || f.id AS subject,
           'a verification of ' || f.amount || ' from account ' || f.account_id AS expected, 'none' AS actual
    FROM transfers f
    WHERE ${within('f.id', range, 'text')} AND f.purpose = 'verification'
      AND NOT EXISTS (
        SELECT 1 FROM account_verifications v
        WHERE v.transfer_id = f.id AND v.amount = f.amount AND v.account_id = f.account_id AND v.destination = f.counterparty_number)
      AND NOT EXISTS (
        SELECT 1 FROM unexplained_payouts u WHERE u.transfer_id = f.id AND u.explained_as = 'verification')
    ORDER BY f.id ${MOST}`,
};

const RESERVED = Prisma.sql`
  SELECT coalesce(-sum(e.amount), 0) AS amount FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id`;

/** The steps that a withdrawal's status says were booked, each with amount and fee in the wallet's reserved balance. */
const steps: Rules = {
  table: 'withdrawals',
  wrong: (range) => Prisma.sql`
    SELECT CASE WHEN t.id IS NULL THEN 'a withdrawal has its hold and what ended it'
                ELSE 'a hold and its end are of amount and fee' END AS rule,
           'withdrawal ' || w.id || ' (' || w.status || ')' AS subject,
           step.told || ': reserved ' || step.amount AS expected,
           CASE WHEN t.id IS NULL THEN 'no such transaction'
                ELSE 'transaction ' || t.id || ': reserved ' || booked.amount END AS actual
    FROM withdrawals w
    CROSS JOIN LATERAL (SELECT w.status = 'returned' AND ${bounced('w.transfer_id')} AS bounced) went
    CROSS JOIN LATERAL (
      SELECT s.*
      FROM (VALUES
        ('hold', true, 'hold', NULL, w.amount + w.fee_amount),
        ('release', w.status IN ('declined', 'cancelled', 'expired', 'failed', 'rejected') OR w.status = 'returned' AND went.bounced,
          'release', 'fail', -(w.amount + w.fee_amount)),
        ('settle', w.status = 'succeeded' OR w.status = 'returned' AND NOT went.bounced, NULL, 'settle', -(w.amount + w.fee_amount))
      ) s(told, due, own, of_transfer, amount) WHERE s.due
    ) step
    LEFT JOIN ledger_transactions t ON t.withdrawal_id = w.id AND (
      t.cause_kind = 'withdrawal' AND t.cause_id = w.id::text AND t.step = step.own
      OR t.cause_kind = 'transfer' AND t.cause_id = w.transfer_id AND t.step = step.of_transfer)
    LEFT JOIN LATERAL (
      ${RESERVED} WHERE e.transaction_id = t.id AND a.bucket = 'reserved' AND a.owner_id = w.wallet_id::text) booked ON true
    WHERE ${within('w.id', range, 'uuid')} AND (t.id IS NULL OR booked.amount <> step.amount)
    ORDER BY w.id ${MOST}`,
};

/** Over all that was ever posted for it: set aside until it ended, then given back or gone, once. */
const holds: Rules = {
  table: 'withdrawals',
  wrong: (range) => Prisma.sql`
    SELECT 'a withdrawal sets aside what it has not ended with' AS rule,
           'withdrawal ' || w.id || ' (' || w.status || ')' AS subject,
           'reserved ' || due.amount AS expected, 'reserved ' || booked.amount AS actual
    FROM withdrawals w
    CROSS JOIN LATERAL (
      SELECT CASE WHEN w.status IN ('awaiting_approval', 'queued', 'submitting', 'pending')
        THEN w.amount + w.fee_amount ELSE 0 END AS amount) due
    CROSS JOIN LATERAL (
      ${RESERVED} JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE t.withdrawal_id = w.id AND a.bucket = 'reserved') booked
    WHERE ${within('w.id', range, 'uuid')} AND booked.amount <> due.amount
    ORDER BY w.id ${MOST}`,
};

export const withdrawn: Rules[] = [steps, holds];
