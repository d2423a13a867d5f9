import { describe, expect, it } from 'vitest';
import type { Actor } from '~/lib/actor';
import { MESSAGE_EVENTS } from '~/lib/alarms/messages';
import { CHANNELS } from '~/lib/alarms/settings';
import { db } from '~/lib/db';
import { HELD_REASONS } from '~/lib/gate/gate';
import { REFUSALS } from '~/lib/inbox/refused';
import { CAUSES } from '~/lib/ledger/cause';
import { BUCKETS } from '~/lib/ledger/chart';
import { NOTICE_KINDS } from '~/lib/notices/kinds';
import { PACK_FAILURES } from '~/lib/packs/make';
import { LOOK_WAYS } from '~/lib/people/looks';
import { DESTINATION_KINDS } from '~/lib/rails/destination';
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
    ['statements_failure_check', STATEMENT_FAILURES],
    ['statements_locale_check', STATEMENT_LOCALES],
    ['notices_kind_check', NOTICE_KINDS],
    ['notice_choices_kind_check', NOTICE_KINDS],
    ['alarm_messages_event_check', MESSAGE_EVENTS],
    ['alarm_messages_channel_check', CHANNELS],
  ])('%s', async (name, words) => {
    const [row] = await db().$queryRaw<{ rule: string }[]>`
      SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname = ${name}`;
    expect(row?.rule).toMatch(/ = ANY \(/);
    expect([...(row?.rule ?? '').matchAll(/'([\w-]+)'::text/g)].map(([, word]) => word).sort()).toEqual(
      [...words].sort(),
    );
  });
});
