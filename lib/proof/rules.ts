import { UNMATCHED } from '~/lib/gate/unmatched';
import { COVER } from '~/lib/proof/cover';
import { MOST, type Rules, within } from '~/lib/proof/ranges';
import { coins, ownAccount, posted, returned, rightWallet, withdrawn } from '~/lib/proof/transfer-rules';
import { Prisma } from '~/prisma/generated/client';

const sums: Rules = {
  table: 'ledger_transactions',
  wrong: (range) => Prisma.sql`
    SELECT CASE WHEN t.id IS NULL THEN 'an entry is of a transaction' ELSE 'a transaction sums to zero per asset' END AS rule,
           'transaction ' || s.transaction_id || coalesce(' (' || ledger_cause(t.cause_kind, t.cause_id, t.step, t.round) || ')', '') AS subject,
           CASE WHEN t.id IS NULL THEN 'a transaction' ELSE '0 ' || s.asset END AS expected,
           CASE WHEN t.id IS NULL THEN 'none' ELSE s.sum || ' ' || s.asset END AS actual
    FROM (SELECT transaction_id, asset, sum(amount) AS sum FROM ledger_entries
          WHERE ${within('transaction_id', range)} GROUP BY 1, 2) s
    LEFT JOIN ledger_transactions t ON t.id = s.transaction_id
    WHERE s.sum <> 0 OR t.id IS NULL
    ORDER BY s.transaction_id ${MOST}`,
};

const whole: Rules = {
  table: 'ledger_transactions',
  wrong: (range) => Prisma.sql`
    SELECT 'a transaction has all its entries' AS rule, 'transaction ' || t.id || ' (' || ledger_cause(t.cause_kind, t.cause_id, t.step, t.round) || ')' AS subject,
           t.entry_count || ' entries' AS expected, coalesce(c.entries, 0) || ' entries' AS actual
    FROM ledger_transactions t
    LEFT JOIN (SELECT transaction_id, count(*) AS entries FROM ledger_entries
               WHERE ${within('transaction_id', range)} GROUP BY 1) c ON c.transaction_id = t.id
    WHERE ${within('t.id', range)} AND t.entry_count <> coalesce(c.entries, 0)
    ORDER BY t.id ${MOST}`,
};

/** By induction: when each balance follows from the one before it, each is the sum of all before it. */
const chain: Rules = {
  table: 'ledger_entries',
  wrong: (range) => Prisma.sql`
    SELECT v.rule, 'entry ' || e.id || ' of ' || coalesce(a.code, 'account ' || e.account_id) || ' (transaction ' || e.transaction_id || ')' AS subject,
           v.expected, v.actual
    FROM (
      SELECT *, lag(sequence) OVER running AS sequence_before, lag(balance_after) OVER running AS balance_before
      FROM ledger_entries WHERE ${within('id', range)}
      WINDOW running AS (PARTITION BY account_id ORDER BY sequence)
    ) e
    LEFT JOIN ledger_accounts a ON a.id = e.account_id
    -- The one before it is mostly in the range; only where it isn't is it looked up.
    LEFT JOIN LATERAL (
      SELECT p.balance_after FROM ledger_entries p
      WHERE e.sequence_before IS DISTINCT FROM e.sequence - 1 AND p.account_id = e.account_id AND p.sequence = e.sequence - 1
      LIMIT 1) p ON true
    CROSS JOIN LATERAL (
      SELECT CASE WHEN e.sequence_before = e.sequence - 1 THEN e.balance_before ELSE p.balance_after END AS balance) earlier
    CROSS JOIN LATERAL (
      SELECT coalesce(earlier.balance, 0) + CASE a.side WHEN 'debit' THEN e.amount ELSE -e.amount END AS balance
    ) due
    CROSS JOIN LATERAL (VALUES
      ('an entry is of an account', a.id IS NULL, 'an account', 'none'),
      ('sequences have no gaps', e.sequence > 1 AND earlier.balance IS NULL,
        'sequence ' || e.sequence - 1 || ' before it', 'nothing before sequence ' || e.sequence),
      ('balance_after is the balance so far',
        (e.sequence = 1 OR earlier.balance IS NOT NULL) AND e.balance_after <> due.balance,
        due.balance::text, e.balance_after::text),
      ('a customer is never below zero', a.non_negative AND e.balance_after < 0, '0 or more', e.balance_after::text),
      ('an entry is of its account''s asset', a.asset <> e.asset, a.asset, e.asset)
    ) v(rule, broken, expected, actual)
    WHERE v.broken
    ORDER BY e.id ${MOST}`,
};

const balances: Rules = {
  table: 'ledger_accounts',
  wrong: (range) => Prisma.sql`
    SELECT v.rule, 'account ' || a.code || ' ' || a.asset AS subject, v.expected, v.actual
    FROM ledger_accounts a
    LEFT JOIN LATERAL (
      SELECT e.sequence, e.balance_after FROM ledger_entries e
      WHERE e.account_id = a.id ORDER BY e.sequence DESC LIMIT 1) last ON true
    CROSS JOIN LATERAL (VALUES
      ('a balance is the fold of its entries', a.balance <> coalesce(last.balance_after, 0),
        coalesce(last.balance_after, 0)::text, a.balance::text),
      ('sequences have no gaps', a.sequence <> coalesce(last.sequence, 0),
        'entries up to sequence ' || a.sequence, 'up to ' || coalesce(last.sequence, 0)),
      ('a customer is never below zero', a.non_negative AND a.balance < 0, '0 or more', a.balance::text)
    ) v(rule, broken, expected, actual)
    WHERE ${within('a.id', range)} AND v.broken
    ORDER BY a.id ${MOST}`,
};

const even: Rules = {
  table: null,
  wrong: () => Prisma.sql`
    SELECT 'debits equal credits' AS rule, asset AS subject, '0' AS expected,
           sum(CASE side WHEN 'debit' THEN balance ELSE -balance END)::text AS actual
    FROM ledger_accounts GROUP BY asset
    HAVING sum(CASE side WHEN 'debit' THEN balance ELSE -balance END) <> 0`,
};

const evenEntries: Rules = {
  table: 'ledger_transactions',
  wrong: (range) => Prisma.sql`
    SELECT 'entries sum to zero per asset' AS rule,
           asset || ', transactions ' || min(transaction_id) || ' to ' || max(transaction_id) AS subject,
           '0' AS expected, sum(amount)::text AS actual
    FROM ledger_entries WHERE ${within('transaction_id', range)}
    GROUP BY asset HAVING sum(amount) <> 0`,
};

const TOLD_COVER = Prisma.sql`held || ' at Fintoc, ' || swept || ' swept out (receivable: ' || receivable || ')'`;

const covered: Rules = {
  table: null,
  wrong: () => Prisma.sql`
    SELECT 'what is owed is covered' AS rule, asset AS subject, 'at least ' || owed AS expected,
           ${TOLD_COVER} AS actual
    FROM ${COVER} t WHERE held + swept < owed`,
};

/** No break of a promise, but not what customers were told either: their money is at the platform's own bank. */
const coveredThere: Rules = {
  table: null,
  wrong: () => Prisma.sql`
    SELECT 'what is owed is covered at Fintoc' AS rule, asset AS subject, 'at least ' || owed || ' at Fintoc' AS expected,
           ${TOLD_COVER} AS actual
    FROM ${COVER} t WHERE held < owed AND held + swept >= owed`,
};

const proven: Rules = {
  table: 'proof_movements',
  wrong: (range) => Prisma.sql`
    SELECT 'a proven movement equals its entry' AS rule,
           'movement ' || m.id || ' of ' || m.account_id || ' (entry ' || m.entry_id || ')' AS subject,
           told.amount::text AS expected, coalesce(booked.amount::text, 'no such entry') AS actual
    FROM proof_movements m
    CROSS JOIN LATERAL (SELECT CASE m.direction WHEN 'inbound' THEN m.amount ELSE -m.amount END AS amount) told
    LEFT JOIN LATERAL (
      SELECT e.amount + coalesce((
        SELECT sum(o.amount) FROM proof_exemptions x JOIN ledger_entries o ON o.id = x.entry_id
        WHERE x.movement_id = m.id), 0) AS amount
      FROM ledger_entries e WHERE e.id = m.entry_id) booked ON true
    WHERE ${within('m.id', range, 'text')} AND m.entry_id IS NOT NULL AND booked.amount IS DISTINCT FROM told.amount
    ORDER BY m.id ${MOST}`,
};

/** Both balances without what is unmatched yet. */
const cashProven: Rules = {
  table: null,
  wrong: () => Prisma.sql`
    SELECT 'cash equals Fintoc''s balance' AS rule, 'account ' || account_id AS subject,
           fintoc::text AS expected, ledger::text AS actual
    FROM (
      SELECT s.account_id,
        (SELECT m.balance FROM proof_movements m WHERE m.account_id = s.account_id ORDER BY m.position DESC LIMIT 1)
        - coalesce((SELECT sum(CASE m.direction WHEN 'inbound' THEN m.amount ELSE -m.amount END)
            FROM proof_movements m WHERE m.account_id = s.account_id AND m.matched_at IS NULL), 0)
        - coalesce((SELECT sum(b.difference) FROM proof_breaks b
            WHERE b.account_id = s.account_id AND b.kind = 'order' AND b.state <> 'cured'), 0) AS fintoc,
        coalesce(l.balance, 0) - coalesce((
            SELECT sum(e.amount) FROM ledger_entries e
            WHERE e.account_id = l.id AND e.sequence > s.entries_through AND ${UNMATCHED}), 0) AS ledger
      FROM proof_states s
      JOIN accounts o ON o.id = s.account_id
      LEFT JOIN ledger_accounts l ON l.owner_id = o.id AND l.bucket = 'cash' AND l.asset = o.asset
      WHERE s.reached_start) t
    WHERE fintoc <> ledger
    ORDER BY account_id ${MOST}`,
};

const breaks: Rules = {
  table: null,
  wrong: () => Prisma.sql`
    SELECT 'no break with Fintoc stands' AS rule,
           kind || ' in account ' || account_id || ' at ' || coalesce(movement_id, subject) AS subject,
           expected::text AS expected, actual::text AS actual
    FROM proof_breaks WHERE state IN ('open', 'released') ORDER BY at, id ${MOST}`,
};

const accepted: Rules = {
  table: null,
  wrong: () => Prisma.sql`
    SELECT 'a break is cured rather than accepted' AS rule,
           b.kind || ' in account ' || b.account_id || ' at ' || b.subject || ', accepted by ' || (
             SELECT string_agg(w.name || ': ' || w.reason, ', ' ORDER BY w.at) FROM approvals a CROSS JOIN LATERAL (
               SELECT a.asked_by_name AS name, a.reason, a.asked_at AS at
               UNION ALL SELECT d.operator_name, d.reason, d.at FROM approval_decisions d WHERE d.approval_id = a.id) w
             WHERE a.subject_type = 'proof_break' AND a.subject_id = b.id::text AND a.action = 'break.accept' AND a.state = 'approved'
               AND (b.reopened_at IS NULL OR a.asked_at >= b.reopened_at)) AS subject,
           b.expected::text AS expected, b.actual::text AS actual
    FROM proof_breaks b WHERE b.state = 'accepted' ORDER BY b.at, b.id ${MOST}`,
};

/** Of the ledger by itself: true at every moment, whatever happened at Fintoc. */
export const LEDGER_RULES: Rules[] = [sums, evenEntries, whole, chain, balances, even];
/** Of transfers and withdrawals, by what was posted for them. */
export const TRANSFER_RULES: Rules[] = [posted, returned, rightWallet, ownAccount, coins, ...withdrawn];
/** All that can be said without asking Fintoc. */
export const ALL_RULES: Rules[] = [...LEDGER_RULES, covered, ...TRANSFER_RULES, proven, cashProven, breaks];
/** What people should know, though it breaks no rule. */
export const WARNINGS: Rules[] = [coveredThere, accepted];
/** What a worker looks at again and again. */
export const RUNNING_RULES: Rules[] = [...LEDGER_RULES, covered];
export const RUNNING_WARNINGS: Rules[] = [coveredThere];
