import { db } from '~/lib/db';
import type { Subject } from '~/lib/outbox/catalogue';
import { Prisma } from '~/prisma/generated/client';

/** What an open page follows: a noun, or a noun and an id. */
export type LiveTopic =
  | `${'wallet' | 'customer' | 'withdrawal' | 'adjustment' | 'entity' | 'transfer' | 'replay'}:${string}`
  | ('wallets' | 'movements' | 'withdrawals' | 'deposits' | 'adjustments' | 'entities' | 'approvals')
  | ('inbox' | 'polls' | 'fintoc' | 'alarms' | 'proof' | 'overview');

/**
 * Cheap tokens that change when a page's content did; pages poll them and re-render only then. A topic is a noun,
 * or a noun and an id: `wallet:<uuid>`.
 */
export async function liveToken(topic: string): Promise<string | null> {
  const [noun = '', id = ''] = topic.split(':');
  const rows = await query(noun, id);
  return rows ? (rows[0]?.token ?? '') : null;
}

type Rows = { token: string | null }[];

/** Changes with every act about the thing, and with whatever its rail says of it. */
const lastEvent = (subject: Subject, id: string) => Prisma.sql`
  (SELECT max(id) FROM outbox_events WHERE subject_kind = ${subject} AND subject_id = ${id})`;

async function query(noun: string, id: string): Promise<Rows | null> {
  const $ = db();
  switch (noun) {
    case 'wallet':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', (SELECT sum(sequence) FROM ledger_accounts WHERE owner_id = ${id}),
          (SELECT max(updated_at) FROM withdrawals WHERE wallet_id::text = ${id}),
          (SELECT max(updated_at) FROM adjustments WHERE to_wallet_id::text = ${id}),
          (SELECT concat_ws('/', max(w.updated_at), max(h.updated_at), count(h), max(n.synced_at), max(o.synced_at))
           FROM wallets w LEFT JOIN wallet_assets h ON h.wallet_id = w.id
           LEFT JOIN account_numbers n ON n.id = h.account_number_id
           LEFT JOIN accounts o ON o.id = h.account_id WHERE w.id::text = ${id})) AS token`;
    case 'customer':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', (SELECT concat_ws('/', max(w.updated_at), sum(a.sequence))
            FROM wallets w LEFT JOIN ledger_accounts a ON a.owner_id = w.id::text WHERE w.customer_id::text = ${id}),
          (SELECT concat_ws('/', max(e.synced_at), count(*)) FROM entities e WHERE e.customer_id::text = ${id})) AS token`;
    case 'withdrawal':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', ${lastEvent('withdrawal', id)}, w.updated_at, t.updated_at, w.held_reason,
          (SELECT s.status FROM wallets s WHERE s.id = w.wallet_id),
          (SELECT count(*) FROM proof_breaks b WHERE b.account_id = w.account_id AND b.state = 'open')) AS token
        FROM withdrawals w LEFT JOIN transfers t ON t.id = w.transfer_id WHERE w.id::text = ${id}`;
    case 'adjustment':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', ${lastEvent('adjustment', id)}, max(w.updated_at)) AS token
        FROM adjustments j JOIN wallets w ON w.id IN (j.from_wallet_id, j.to_wallet_id) WHERE j.id::text = ${id}`;
    case 'adjustments':
      return $.$queryRaw<Rows>`SELECT concat_ws('/', max(updated_at), count(*)) AS token FROM adjustments WHERE updated_at > now() - interval '1 hour'`;
    case 'entity':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', max(o.synced_at), count(o), (SELECT max(h.updated_at) FROM wallet_assets h WHERE h.entity_id = ${id}),
          (SELECT max(a.synced_at) FROM accounts a WHERE a.entity_id = ${id}), (SELECT concat_ws(':', max(d.saved_at), count(*)) FROM kyb_drafts d WHERE d.entity_id = ${id}), (SELECT e.synced_at FROM entities e WHERE e.id = ${id})) AS token
        FROM onboardings o WHERE o.entity_id = ${id}`;
    case 'withdrawals':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', max(updated_at), count(*), (SELECT string_agg(held_reason, ',' ORDER BY id) FROM withdrawals WHERE held_reason IS NOT NULL AND status IN ('queued', 'submitting'))) AS token
        FROM withdrawals WHERE updated_at > now() - interval '1 hour'`;
    case 'deposits':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', max(updated_at), (SELECT count(*) FROM transfers WHERE suspense_since IS NOT NULL),
          (SELECT concat_ws('/', count(*), max(created_at)) FROM deposit_requests WHERE status = 'awaiting_approval')) AS token
        FROM transfers WHERE direction = 'inbound' AND updated_at > now() - interval '1 hour'`;
    case 'transfer':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', t.updated_at, (SELECT count(*) FROM inbox_events WHERE object_id = ${id}),
          ${lastEvent('transfer', id)}, (SELECT w.status FROM wallets w WHERE w.id = t.wallet_id)) AS token
        FROM transfers t WHERE t.id = ${id}`;
    case 'wallets':
      return $.$queryRaw<Rows>`SELECT concat_ws('/', max(updated_at), (SELECT max(updated_at) FROM wallet_assets WHERE state = 'opening'), (SELECT max(id) FROM ledger_transactions)) AS token FROM wallets WHERE updated_at > now() - interval '1 hour'`;
    case 'movements':
      return $.$queryRaw<Rows>`SELECT concat_ws('/', max(id)) AS token FROM ledger_transactions`;
    case 'inbox':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', (SELECT max(received_at) FROM inbox_events), (SELECT max(processed_at) FROM inbox_events WHERE received_at > now() - interval '1 hour'),
          (SELECT count(*) FROM inbox_events WHERE state IN ('received', 'retrying', 'dead')), (SELECT max(id) FROM refused_deliveries),
          (SELECT concat_ws(':', max(id), count(seen_at)) FROM inbox_conflicts),
          (SELECT concat_ws(':', received, duplicates, recovered) FROM inbox_hours ORDER BY hour DESC LIMIT 1)) AS token`;
    case 'polls':
      return $.$queryRaw<Rows>`SELECT concat_ws('/', id, beat_at, finished_at) AS token FROM poll_runs ORDER BY started_at DESC LIMIT 1`;
    case 'replay':
      return $.$queryRaw<Rows>`
        SELECT string_agg(concat_ws(':', state, n), '/' ORDER BY state) AS token
        FROM (SELECT state, count(*) AS n FROM inbox_events WHERE replay_id::text = ${id} GROUP BY state) s`;
    case 'entities':
      return $.$queryRaw<Rows>`SELECT concat_ws('/', max(synced_at), count(*)) AS token FROM entities`;
    case 'fintoc':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', max(started_at), max(finished_at), (SELECT concat_ws('/', count(*), count(retired_at)) FROM inbox_endpoints)) AS token
        FROM sync_runs`;
    case 'approvals':
      return $.$queryRaw<Rows>`SELECT concat_ws('/', count(*), max(asked_at)) AS token FROM approvals WHERE state = 'waiting'`;
    case 'alarms':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', (SELECT concat_ws(':', max(id), max(queued_at), max(cleared_at), count(acknowledged_at), sum(count)) FROM alarms),
          (SELECT concat_ws(':', max(id), sum(attempts), count(delivered_at), count(given_up_at)) FROM alarm_messages),
          (SELECT updated_at FROM settings WHERE key = 'alarms')) AS token`;
    // Lights change by themselves when nothing else does: the minute is part of the token.
    case 'proof':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', (SELECT concat_ws('/', max(proven_at), sum(proven_count), sum(lagging_count), count(error)) FROM proof_states),
          (SELECT concat_ws('/', count(*), max(opened_at), max(released_at), max(cured_at)) FROM proof_breaks),
          (SELECT concat_ws('/', count(*), max(released_at), sum(jsonb_array_length(coalesce(facts->'again', '[]')))) FROM standstills),
          (SELECT concat_ws(':', count(*), max(asked_at)) FROM approvals),
          (SELECT updated_at FROM settings WHERE key = 'ledgerChecked'), date_trunc('minute', now())) AS token`;
    case 'overview':
      return $.$queryRaw<Rows>`
        SELECT concat_ws('/', (SELECT max(id) FROM ledger_transactions), (SELECT max(id) FROM outbox_events),
          (SELECT count(*) FROM inbox_events WHERE state = 'dead'), (SELECT concat_ws(':', sum(available_balance), date_trunc('minute', max(synced_at))) FROM accounts), (SELECT count(*) FROM proof_breaks WHERE state = 'open'),
          (SELECT count(*) FROM standstills WHERE state = 'open'),
          (SELECT string_agg(held_reason, ',' ORDER BY id) FROM withdrawals WHERE held_reason IS NOT NULL AND status IN ('queued', 'submitting')), date_trunc('minute', now())) AS token`;
    default:
      return null;
  }
}
