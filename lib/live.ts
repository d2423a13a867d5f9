import { db } from '~/lib/db';
import { BeyondScope } from '~/lib/errors';
import type { Subject } from '~/lib/outbox/subjects';
import { readLate } from '~/lib/replica';
import { scopeInForce } from '~/lib/scope';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

type OfOne =
  | 'wallet'
  | 'case'
  | 'customer'
  | 'withdrawal'
  | 'adjustment'
  | 'hold'
  | 'entity'
  | 'transfer'
  | 'replay'
  | 'batch'
  | 'notices';
type OfAll =
  | (
      | 'wallets'
      | 'movements'
      | 'withdrawals'
      | 'batches'
      | 'schedules'
      | 'cash'
      | 'deposits'
      | 'adjustments'
      | 'holds'
      | 'entities'
      | 'approvals'
      | 'cases'
      | 'statements'
    )
  | ('inbox' | 'polls' | 'fintoc' | 'alarms' | 'proof' | 'overview' | 'webhooks');
/** What an open page follows: a noun, or a noun and an id. */
export type LiveTopic = `${OfOne}:${string}` | OfAll;

/**
 * A cheap token that changes when a page's content did; pages poll it and render again only then. It is made of the last
 * event of what the page shows, and of what changes without one: balances (the ledger's own numbers), what a sync or a
 * poll read, a wallet's steps of opening, the proof's progress, deliveries, and what is withdrawn from waiting by a
 * trigger. Null for a topic that there isn't.
 */
export async function liveToken(topic: string): Promise<string | null> {
  const [noun = '', id = ''] = topic.split(':');
  // It is made of what stands at the rail in all.
  if (noun === 'overview' && scopeInForce() !== null) throw new BeyondScope();
  const parts = partsOf(noun, id);
  if (parts === null) return null;
  // A page asks this first: what it shows then is as late or less, and so is seen to change.
  const [row] = await readLate(
    null,
    () => db().$queryRaw<{ token: string }[]>`
      SELECT concat_ws('/', ${Prisma.join(parts)}) AS token`,
  );
  return row?.token ?? '';
}

/** What a page follows, asked before the page is read: what changes meanwhile is then seen as a change. */
export async function followed(topic: LiveTopic): Promise<{ topic: LiveTopic; token: string }> {
  return { topic, token: (await liveToken(topic)) ?? '' };
}

function partsOf(noun: string, id: string): Prisma.Sql[] | null {
  if (Object.hasOwn(ALL, noun)) return ALL[noun as OfAll];
  if (!Object.hasOwn(ONE, noun)) return null;
  const { parts, ids } = ONE[noun as OfOne];
  return ids === 'text' || isUuid(id) ? parts(id) : [Prisma.sql`''`];
}

/** The last event of a thing. */
const lastEvent = (subject: Subject, id: string) => Prisma.sql`
  (SELECT max(id) FROM outbox_events WHERE subject_kind = ${subject} AND subject_id = ${id})`;

/** So many events of all kinds are looked through for the last of some; a page that is polled has seen what is older. */
const LATEST = 2_000;
const latest = (which: Prisma.Sql) => Prisma.sql`
  (SELECT max(id) FROM outbox_events WHERE id > (SELECT max(id) FROM outbox_events) - ${LATEST} AND ${which})`;
const lastOf = (...kinds: Subject[]) => latest(Prisma.sql`subject_kind = ANY (${kinds})`);

const lastPosting = Prisma.sql`(SELECT max(id) FROM ledger_transactions)`;
const minute = Prisma.sql`date_trunc('minute', now())`;
/** What is on its way out: that it was begun, and that nothing stands in its way any more, are no events. */
const leaving = Prisma.sql`
  (SELECT string_agg(concat_ws(':', status, held_reason), ',' ORDER BY id) FROM withdrawals WHERE status IN ('queued', 'submitting'))`;
const waitingApprovals = Prisma.sql`(SELECT concat_ws(':', count(*), max(asked_at)) FROM approvals WHERE state = 'waiting')`;
const setting = (key: string) => Prisma.sql`(SELECT updated_at FROM settings WHERE key = ${key})`;

const ONE: Record<OfOne, { ids: 'uuid' | 'text'; parts: (id: string) => Prisma.Sql[] }> = {
  wallet: {
    ids: 'uuid',
    parts: (id) => [
      latest(Prisma.sql`wallet_id = ${id}::uuid`),
      lastEvent('wallet', id),
      Prisma.sql`(SELECT sum(sequence) FROM ledger_accounts WHERE owner_id = ${id})`,
      Prisma.sql`(SELECT max(updated_at) FROM adjustments WHERE to_wallet_id = ${id}::uuid)`,
      Prisma.sql`
        (SELECT concat_ws('/', max(w.updated_at), max(h.updated_at), count(h), max(n.synced_at), max(o.synced_at))
         FROM wallets w LEFT JOIN wallet_assets h ON h.wallet_id = w.id
         LEFT JOIN account_numbers n ON n.id = h.account_number_id
         LEFT JOIN accounts o ON o.id = h.account_id WHERE w.id = ${id}::uuid)`,
      Prisma.sql`
        (SELECT string_agg(concat_ws(':', m.state, m.waits_for, (
           SELECT string_agg(z.state::text, ',' ORDER BY z.nth) FROM pattern_payments z WHERE z.move_id = m.id)), '/' ORDER BY m.id)
         FROM pattern_moves m WHERE m.wallet_id = ${id}::uuid)`,
      Prisma.sql`
        (SELECT count(*) FROM approvals WHERE subject_type = 'wallet' AND subject_id = ${id} AND state = 'waiting')`,
    ],
  },
  case: { ids: 'uuid', parts: (id) => [lastEvent('case', id)] },
  customer: {
    ids: 'uuid',
    parts: (id) => [
      lastEvent('customer', id),
      Prisma.sql`
        (SELECT concat_ws('/', max(w.updated_at), sum(a.sequence))
         FROM wallets w LEFT JOIN ledger_accounts a ON a.owner_id = w.id::text WHERE w.customer_id = ${id}::uuid)`,
      Prisma.sql`(SELECT concat_ws('/', max(synced_at), count(*)) FROM entities WHERE customer_id = ${id}::uuid)`,
      Prisma.sql`(SELECT string_agg(state, ' ') FROM person_packs WHERE customer_id = ${id}::uuid)`,
    ],
  },
  withdrawal: {
    ids: 'uuid',
    parts: (id) => [
      lastEvent('withdrawal', id),
      Prisma.sql`
        (SELECT concat_ws('/', w.status, w.held_reason, t.updated_at, s.status,
           (SELECT count(*) FROM proof_breaks b WHERE b.account_id = w.account_id AND b.state = 'open'),
           (SELECT count(*) FROM approvals a WHERE a.subject_type = 'withdrawal' AND a.subject_id = ${id} AND a.state = 'waiting'))
         FROM withdrawals w JOIN wallets s ON s.id = w.wallet_id LEFT JOIN transfers t ON t.id = w.transfer_id
         WHERE w.id = ${id}::uuid)`,
    ],
  },
  batch: {
    ids: 'uuid',
    parts: (id) => [
      lastEvent('withdrawal_batch', id),
      Prisma.sql`
        (SELECT concat_ws('/', count(withdrawal_id), count(refusal)) FROM withdrawal_batch_rows WHERE batch_id = ${id}::uuid)`,
      Prisma.sql`
        (SELECT string_agg(concat_ws(':', status, n), '/' ORDER BY status)
         FROM (SELECT status, count(*) AS n FROM withdrawals WHERE batch_id = ${id}::uuid GROUP BY status) s)`,
    ],
  },
  adjustment: {
    ids: 'uuid',
    parts: (id) => [
      lastEvent('adjustment', id),
      Prisma.sql`
        (SELECT max(w.updated_at) FROM adjustments j JOIN wallets w ON w.id IN (j.from_wallet_id, j.to_wallet_id) WHERE j.id = ${id}::uuid)`,
    ],
  },
  hold: {
    ids: 'uuid',
    parts: (id) => [lastEvent('hold', id), Prisma.sql`(SELECT updated_at FROM holds WHERE id = ${id}::uuid)`],
  },
  entity: {
    ids: 'text',
    parts: (id) => [
      lastEvent('entity', id),
      Prisma.sql`(SELECT concat_ws('/', max(synced_at), count(*)) FROM onboardings WHERE entity_id = ${id})`,
      Prisma.sql`(SELECT max(updated_at) FROM wallet_assets WHERE entity_id = ${id})`,
      Prisma.sql`(SELECT max(synced_at) FROM accounts WHERE entity_id = ${id})`,
      Prisma.sql`(SELECT concat_ws(':', max(saved_at), count(*)) FROM kyb_drafts WHERE entity_id = ${id})`,
      Prisma.sql`(SELECT synced_at FROM entities WHERE id = ${id})`,
    ],
  },
  transfer: {
    ids: 'text',
    parts: (id) => [
      lastEvent('transfer', id),
      Prisma.sql`(SELECT count(*) FROM inbox_events WHERE object_id = ${id})`,
      Prisma.sql`
        (SELECT concat_ws('/', t.updated_at, w.status) FROM transfers t LEFT JOIN wallets w ON w.id = t.wallet_id WHERE t.id = ${id})`,
    ],
  },
  // Of a person. The last part is how many they haven't read, which the bell shows.
  notices: {
    ids: 'uuid',
    parts: (id) => [
      Prisma.sql`coalesce((SELECT max(id) FROM notices WHERE operator_id = ${id}::uuid), 0)`,
      Prisma.sql`(SELECT count(*) FROM notices WHERE operator_id = ${id}::uuid AND read_at IS NULL)`,
    ],
  },
  replay: {
    ids: 'uuid',
    parts: (id) => [
      Prisma.sql`
        (SELECT string_agg(concat_ws(':', state, n), '/' ORDER BY state)
         FROM (SELECT state, count(*) AS n FROM inbox_events WHERE replay_id = ${id}::uuid GROUP BY state) s)`,
    ],
  },
};

const ALL: Record<OfAll, Prisma.Sql[]> = {
  wallets: [
    lastOf('wallet'),
    Prisma.sql`(SELECT max(updated_at) FROM wallet_assets WHERE state = 'opening')`,
    lastPosting,
  ],
  movements: [lastPosting],
  withdrawals: [lastOf('withdrawal'), leaving],
  batches: [lastOf('withdrawal_batch', 'withdrawal'), leaving],
  deposits: [
    lastOf('transfer'),
    Prisma.sql`(SELECT count(*) FROM transfers WHERE suspense_since IS NOT NULL)`,
    waitingApprovals,
  ],
  adjustments: [lastOf('adjustment')],
  holds: [lastOf('hold', 'adjustment')],
  cases: [lastOf('case'), minute],
  entities: [lastOf('entity'), Prisma.sql`(SELECT concat_ws('/', max(synced_at), count(*)) FROM entities)`],
  approvals: [lastOf('approval'), waitingApprovals],
  inbox: [
    Prisma.sql`(SELECT max(received_at) FROM inbox_events)`,
    Prisma.sql`(SELECT max(processed_at) FROM inbox_events WHERE received_at > now() - interval '1 hour')`,
    Prisma.sql`(SELECT count(*) FROM inbox_events WHERE state IN ('received', 'retrying', 'dead'))`,
    Prisma.sql`(SELECT max(id) FROM refused_deliveries)`,
    Prisma.sql`(SELECT concat_ws(':', max(id), count(seen_at)) FROM inbox_conflicts)`,
    Prisma.sql`(SELECT concat_ws(':', received, duplicates, recovered) FROM inbox_hours ORDER BY hour DESC LIMIT 1)`,
  ],
  polls: [
    Prisma.sql`(SELECT concat_ws('/', id, beat_at, finished_at) FROM poll_runs ORDER BY started_at DESC LIMIT 1)`,
  ],
  fintoc: [
    lastOf('fintoc', 'inbox_endpoint'),
    Prisma.sql`(SELECT concat_ws('/', max(started_at), max(finished_at)) FROM sync_runs)`,
  ],
  alarms: [
    lastOf('alarm', 'setting'),
    Prisma.sql`(SELECT concat_ws(':', max(queued_at), sum(count)) FROM alarms)`,
    Prisma.sql`(SELECT concat_ws(':', max(id), sum(attempts), count(delivered_at), count(given_up_at)) FROM alarm_messages)`,
  ],
  schedules: [lastOf('schedule', 'withdrawal')],
  // They are made without an act of anybody's: as the newest stand, of which a page shows some.
  statements: [
    Prisma.sql`(SELECT md5(string_agg(concat_ws(':', id, state, files, done, mails), ',' ORDER BY id)) FROM (
      SELECT id, state, files, done,
             (SELECT string_agg(m.state || ' ' || m.taken, ',' ORDER BY m.id) FROM statement_mails m WHERE m.statement_id = s.id) AS mails
      FROM statements s ORDER BY created_at DESC, id DESC LIMIT 200) s)`,
    Prisma.sql`(SELECT concat_ws('/', count(*), max(created_at), max(ended_at), max(next_at)) FROM statement_orders)`,
  ],
  cash: [lastOf('payout_stop', 'withdrawal', 'setting'), lastPosting, leaving, waitingApprovals, minute],
  webhooks: [
    lastOf('webhook_endpoint'),
    Prisma.sql`(SELECT max(id) FROM webhook_attempts)`,
    Prisma.sql`(SELECT max(id) FROM webhook_deliveries)`,
  ],
  // Lights change by themselves when nothing else does: the minute is part of the token.
  proof: [
    lastOf('proof_break', 'standstill', 'fintoc', 'transfer'),
    Prisma.sql`(SELECT concat_ws('/', max(proven_at), sum(proven_count), sum(lagging_count), count(error)) FROM proof_states)`,
    waitingApprovals,
    setting('ledgerChecked'),
    minute,
  ],
  overview: [
    Prisma.sql`(SELECT max(id) FROM outbox_events)`,
    lastPosting,
    Prisma.sql`(SELECT count(*) FROM inbox_events WHERE state = 'dead')`,
    Prisma.sql`(SELECT count(*) FROM transfers WHERE return_requested_at IS NOT NULL)`,
    Prisma.sql`(SELECT concat_ws(':', sum(available_balance), date_trunc('minute', max(synced_at))) FROM accounts)`,
    leaving,
    minute,
  ],
};
