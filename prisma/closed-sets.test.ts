import { describe, expect, it } from 'vitest';
import type { Actor } from '~/lib/actor';
import { CONDITIONS, UNASKED } from '~/lib/alarms/conditions';
import { MESSAGE_EVENTS } from '~/lib/alarms/messages';
import { CHANNELS } from '~/lib/alarms/settings';
import { ACTIONS, ALONE } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { HELD_REASONS } from '~/lib/gate/gate';
import { REFUSALS } from '~/lib/inbox/refused';
import { CAUSES } from '~/lib/ledger/cause';
import { BUCKETS } from '~/lib/ledger/chart';
import { TRANSACTION_KINDS } from '~/lib/ledger/kinds';
import { NOTICE_KINDS } from '~/lib/notices/kinds';
import { PACK_FAILURES } from '~/lib/packs/make';
import { CHALLENGE_PURPOSES } from '~/lib/people/challenges';
import { LINK_KINDS } from '~/lib/people/links';
import { LOOK_WAYS } from '~/lib/people/looks';
import { DESTINATION_KINDS } from '~/lib/rails/destination';
import { RAIL_MODES } from '~/lib/rails/rail-facts';
import { STATEMENT_FAILURES, STATEMENT_LOCALES } from '~/lib/statements/kinds';
import { withTestDatabase } from '~/lib/testing/database';
import { PURPOSES } from '~/lib/transfers/unexplained';
import { HOUSE_ROLES } from '~/lib/wallets/house';

withTestDatabase();

it('withdrawals go where a rail can say that they go', async () => {
  const rows = await db().$queryRaw<{ word: string }[]>`
    SELECT unnest(enum_range(NULL::destination_kind))::text AS word`;
  expect(rows.map(({ word }) => word)).toEqual([...DESTINATION_KINDS]);
});

const ACTORS = ['operator', 'key', 'system', 'rail'] satisfies Actor['kind'][];

describe('PostgreSQL takes of a closed set the words that the code has, and no other', () => {
  it.each([
    ['ledger_accounts_bucket_check', BUCKETS],
    ['ledger_transactions_cause_kind_check', CAUSES],
    ['wallets_house_role_check', HOUSE_ROLES],
    ['withdrawals_held_reason_check', HELD_REASONS],
    ['transfers_purpose_check', PURPOSES],
    ['refused_deliveries_reason_check', REFUSALS],
    ['audit_entries_actor_kind_check', ACTORS],
    ['outbox_events_actor_kind_check', ACTORS],
    ['person_packs_failure_check', PACK_FAILURES],
    ['data_looks_way_check', LOOK_WAYS],
    ['data_looks_actor_kind_check', ['operator', 'key']],
    ['lifecycle_acts_actor_kind_check', ACTORS],
    ['hold_acts_actor_kind_check', ACTORS],
    ['statements_failure_check', STATEMENT_FAILURES],
    ['statements_locale_check', STATEMENT_LOCALES],
    ['notices_kind_check', NOTICE_KINDS],
    ['notice_choices_kind_check', NOTICE_KINDS],
    ['alarm_messages_event_check', MESSAGE_EVENTS],
    ['alarm_messages_channel_check', CHANNELS],
    ['access_links_kind_check', LINK_KINDS],
    ['factor_challenges_purpose_check', CHALLENGE_PURPOSES],
    ['transfers_mode_check', RAIL_MODES],
    ['inbox_events_origin_check', ['webhook', 'poll']],
    ['ledger_transactions_kind_check', TRANSACTION_KINDS],
    ['alarms_kind_check', [...CONDITIONS.map(({ kind }) => kind), UNASKED]],
  ])('%s', async (name, words) => {
    const [row] = await db().$queryRaw<{ rule: string }[]>`
      SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname = ${name}`;
    expect(row?.rule).toMatch(/ = ANY \(/);
    expect([...(row?.rule ?? '').matchAll(/'([\w-]+)'::text/g)].map(([, word]) => word).sort()).toEqual(
      [...words].sort(),
    );
  });
});

/** Lists that several tables and functions share: each has a function of its own. */
describe('PostgreSQL has the list of', () => {
  it.each([
    ['approval_actions', Object.keys(ACTIONS)],
    ['acts_done_alone', ALONE],
  ])('%s as the code has it', async (name, words) => {
    const [row] = await db().$queryRawUnsafe<{ words: string[] }[]>(`SELECT ${name}() AS words`);
    expect(row?.words.sort()).toEqual([...words].sort());
  });

  it.each(['approvals', 'approval_rules', 'approval_shadows'])(
    'actions, and %s takes no other',
    async (table) => {
      const [row] = await db().$queryRaw<{ rule: string }[]>`
      SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname = ${`${table}_action_check`}`;
      expect(row?.rule).toContain('action = ANY (approval_actions())');
    },
  );
});

/** Columns that bear such a name hold one of a few words. */
const OF_A_SET =
  /^(kind|mode|status|state|type|action|purpose|way|origin|step|class|bucket|direction|every|channel|locale|act|closed_by|house_role|span|clock|verdict|waits_for|\w+_(kind|type|mode|direction|reason|by|way|status|state))$/;

/** Those that are open all the same, and why. */
const OPEN: Record<string, string> = {
  'accounts.status account_numbers.status entities.status onboardings.status transfers.status':
    'the rail’s own word',
  'accounts.mode account_numbers.mode entities.mode inbox_events.mode proof_movements.kind':
    'the rail’s own word',
  'inbox_events.type': 'the rail’s own word; one that nobody knows is kept, and shown',
  'inbox_events.verified_by inbox_conflicts.verified_by': 'an endpoint’s id, or the environment',
  'transfers.return_reason transfers.error_reason': 'the rail’s own word',
  'pattern_moves.waits_for': 'a step of ours, or the rail’s own code',
  'audit_entries.action outbox_events.type webhook_deliveries.type':
    'the catalogue, which grows with every act; catalogue.test compares what is written',
  'audit_entries.subject_type approvals.subject_type approval_shadows.subject_type':
    'as the catalogue has it',
  'outbox_events.subject_kind webhook_deliveries.subject_kind notices.subject_kind':
    'as the catalogue has it',
  'account_verifications.held_reason pattern_payments.held_reason': 'the gate’s reasons, or one of their own',
  'lifecycle_acts.closed_by': 'its wallet’s, which has a CHECK',
  'fintoc_requests.purpose once_requests.act': 'each verb names its own',
  'once_requests.asked_by': 'who asked: an id, or a job by its name',
  'wallets.status_reason': 'what somebody wrote',
  'ledger_transactions.step': 'of its cause’s own machine: with its cause it is unique, and says no more',
  'ledger_entries.kind': 'its transaction’s, or what a line of it is of its own',
  'ledger_flows.kind ledger_flows.class ledger_sums.class': 'made from the entries by ledger_fold',
};

it('a text column whose name says that it holds a closed set has a CHECK', async () => {
  const rows = await db().$queryRaw<{ column: string }[]>`
    SELECT c.relname || '.' || a.attname AS column
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      AND a.atttypid = 'text'::regtype
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('c', 'f') AND a.attnum = ANY (k.conkey))
    ORDER BY 1`;
  const found = rows
    .map(({ column }) => column)
    .filter((column) => OF_A_SET.test(column.split('.')[1] ?? ''));
  expect(found.sort()).toEqual(
    Object.keys(OPEN)
      .flatMap((columns) => columns.split(' '))
      .sort(),
  );
});
