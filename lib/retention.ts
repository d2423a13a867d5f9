import { KEPT_DAYS as REQUEST_DAYS } from '~/lib/api/idempotency';
import { db } from '~/lib/db';
import { DRAFT_DAYS } from '~/lib/entities/kyb-drafts';
import { RUN_DAYS } from '~/lib/inbox/poll-runs';
import { NOTICE_DAYS } from '~/lib/notices/read';
import { PACK_DAYS } from '~/lib/packs/file';
import { FILE_DAYS } from '~/lib/statements/kinds';
import { DELIVERY_DAYS } from '~/lib/webhooks/resend';
import { Prisma } from '~/prisma/generated/client';

/** What is deleted once it is over for so long; `over` is when that was, and null where it isn't. */
type Term = { days: number; over: Prisma.Sql };

/** What `forgetOld` deletes. A table that is in none of these lists fails a test. */
export const TERMS = {
  // Who signed in and out, and from where, the audit log keeps.
  operator_sessions: { days: 180, over: Prisma.sql`coalesce(ended_at, seen_at)` },
  factor_challenges: { days: 1, over: Prisma.sql`at` },
  access_links: { days: 90, over: Prisma.sql`coalesce(used_at, expires_at)` },
  // Who sends a form or a call again does so within days. A withdrawal has a key of its own besides.
  once_requests: { days: 400, over: Prisma.sql`at` },
  sync_runs: { days: 90, over: Prisma.sql`finished_at` },
  refused_deliveries: { days: 90, over: Prisma.sql`received_at` },
  alarm_messages: { days: 180, over: Prisma.sql`coalesce(delivered_at, given_up_at)` },
} as const satisfies Record<string, Term>;

/** What jobs of their own delete, which know what goes with it. */
export const OWN_TERMS = {
  sign_in_tries: 1,
  api_requests: REQUEST_DAYS,
  webhook_deliveries: DELIVERY_DAYS,
  poll_runs: RUN_DAYS,
  notices: NOTICE_DAYS,
  kyb_drafts: DRAFT_DAYS,
  statement_chunks: FILE_DAYS,
  person_pack_chunks: PACK_DAYS,
} as const;

/** What is kept for as long as the books are: they are made of it, it says who did what, or what somebody else said. */
export const FOR_GOOD: readonly string[] = [
  ...['ledger_accounts', 'ledger_transactions', 'ledger_entries', 'ledger_sums', 'ledger_flows'],
  ...['ledger_folds', 'ledger_usage_days', 'chain_decisions', 'chain_seals', 'chain_states'],
  ...['transfers', 'unexplained_payouts', 'account_verifications', 'withdrawals', 'withdrawal_batches'],
  ...[
    'withdrawal_batch_rows',
    'adjustments',
    'exchanges',
    'holds',
    'hold_acts',
    'debt_plans',
    'deposit_requests',
  ],
  ...['schedules', 'schedule_runs', 'payout_stops', 'pattern_moves', 'pattern_payments', 'lifecycle_acts'],
  ...['proofs', 'proof_movements', 'retracted_movements', 'proof_exemptions', 'proof_breaks', 'standstills'],
  ...[
    'audit_entries',
    'outbox_events',
    'approvals',
    'approval_decisions',
    'approval_rules',
    'approval_shadows',
  ],
  ...['data_looks', 'data_look_customers', 'reveals', 'operator_changes', 'notes', 'cases', 'case_acts'],
  ...['inbox_events', 'inbox_conflicts', 'inbox_hours', 'replays', 'fintoc_requests', 'accounting_rules'],
  ...['statements', 'statement_mails', 'statement_orders', 'statement_order_months', 'person_packs'],
  ...['wallet_terms'],
];

/** What there is as much of as there is of what it is about, and no more with time. */
export const AS_IT_STANDS: readonly string[] = [
  ...[
    'operators',
    'custom_roles',
    'data_keys',
    'operator_totps',
    'passkeys',
    'recovery_codes',
    'saved_views',
    'customers',
    'name_words',
  ],
  ...[
    'portfolios',
    'portfolio_caps',
    'api_keys',
    'api_key_secrets',
    'api_rates',
    'wallets',
    'wallet_assets',
    'assets',
    'rails',
  ],
  ...['entities', 'onboardings', 'accounts', 'account_numbers', 'beneficiaries', 'blocked_beneficiaries'],
  ...['inbox_claims', 'inbox_endpoints', 'alarms', 'notice_choices', 'outbox_readers', 'webhook_endpoints'],
  ...['webhook_secrets', 'queue_items', 'worker_heartbeats', 'last_writes', 'rate_slots', 'proof_states'],
  ...['settings', 'logos'],
  // These go with a row that has a term.
  ...['notice_mails', 'webhook_attempts'],
];

/** Few enough that nobody waits for their locks, or for what they write. */
const AT_ONCE = 500;

/** Deletes what was over long ago, some of each. Answers how many, so that it goes on while there is more. */
export async function forgetOld(): Promise<number> {
  let deleted = 0;
  for (const [table, { days, over }] of Object.entries(TERMS)) {
    const name = Prisma.raw(table);
    deleted += await db().$executeRaw`
      DELETE FROM ${name} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${name} WHERE ${over} < now() - make_interval(days => ${days}) LIMIT ${AT_ONCE}
        FOR UPDATE SKIP LOCKED))`;
  }
  return deleted;
}

export type KeptTable = keyof typeof TERMS | keyof typeof OWN_TERMS;
/** `isBehind`: some of it should have gone a day ago; null where its own job knows. */
export type Kept = { table: KeptTable; days: number; isBehind: boolean | null };

/** What is kept for how long, and whether it goes when it should. */
export async function keptFor(): Promise<Kept[]> {
  const behind = Object.entries(TERMS).map(async ([table, { days, over }]): Promise<Kept> => {
    const [row] = await db().$queryRaw<{ behind: boolean }[]>`
      SELECT EXISTS (SELECT FROM ${Prisma.raw(table)} WHERE ${over} < now() - make_interval(days => ${days + 1})) AS behind`;
    return { table: table as KeptTable, days, isBehind: row?.behind ?? false };
  });
  const own = Object.entries(OWN_TERMS).map(
    ([table, days]): Kept => ({ table: table as KeptTable, days, isBehind: null }),
  );
  return [...(await Promise.all(behind)), ...own].sort((one, other) => other.days - one.days);
}
