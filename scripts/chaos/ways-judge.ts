/** Whether each withdrawal was paid once or given back, and whether all that was accepted is here. */
import type { Query } from './database.ts';
import { type Finding, push, readFintoc } from './evidence.ts';
import type { Fintoc, Json } from './fintoc.ts';
import type { Asked } from './ways-asked.ts';

export type Count = { all: number; paid: number; back: number; doubled: number; lost: number };

const GIVEN_BACK = ['declined', 'cancelled', 'expired', 'failed', 'rejected', 'returned'];

/** By Fintoc's own word of what was sent, and ours of what became of it. */
export async function countPayments(fintoc: Fintoc, query: Query): Promise<Count> {
  const { transfers } = await readFintoc(fintoc);
  const payouts = new Map<string, Json[]>();
  for (const transfer of transfers.values())
    if (transfer.direction === 'outbound' && transfer.metadata.withdrawal_id)
      push(payouts, transfer.metadata.withdrawal_id, transfer);
  const ours = await query<{ id: string; status: string }>('SELECT id, status::text FROM withdrawals');
  const count: Count = { all: ours.length, paid: 0, back: 0, doubled: 0, lost: 0 };
  for (const { id, status } of ours) count[endOf(status, payouts.get(id) ?? [])] += 1;
  // A payout of ours that no withdrawal asked for was paid beside all of them.
  const known = new Set(ours.map(({ id }) => id));
  for (const id of payouts.keys()) if (!known.has(id)) count.doubled += 1;
  return count;
}

function endOf(status: string, payouts: Json[]): 'paid' | 'back' | 'doubled' | 'lost' {
  const paying = payouts.filter((payout) => payout.status === 'succeeded').length;
  const isBack = GIVEN_BACK.includes(status);
  if (paying > 1 || (paying === 1 && isBack)) return 'doubled';
  if (paying === 1 && status === 'succeeded') return 'paid';
  return paying === 0 && isBack ? 'back' : 'lost';
}

/** What whoever asked was told is there stands here, and every row and planned day of it came to an end. */
export async function judgeAsked({ made }: Asked, query: Query): Promise<Finding[]> {
  const here = async (table: string) => {
    const rows = await query<{ id: string }>(`SELECT id FROM ${table}`);
    return new Set(rows.map(({ id }) => id));
  };
  const missing = async (table: string, ids: ReadonlySet<string>): Promise<Finding[]> => {
    const known = await here(table);
    return [...ids]
      .filter((id) => !known.has(id))
      .map((id) => ({ verdict: 'lost', what: `${id} was accepted and is not among ${table}` }));
  };
  const open = await query<{ what: string }>(`
    SELECT 'row ' || r.line || '.' || r.part || ' of batch ' || r.batch_id AS what FROM withdrawal_batch_rows r
    JOIN withdrawal_batches b ON b.id = r.batch_id AND b.state <> 'draft'
    WHERE NOT r.left_out AND r.withdrawal_id IS NULL AND r.refusal IS NULL AND b.state <> 'cancelled'
    UNION ALL SELECT 'schedule ' || s.id FROM schedules s
    WHERE NOT EXISTS (SELECT 1 FROM schedule_runs n WHERE n.schedule_id = s.id)
    UNION ALL SELECT 'batch ' || b.id || ', whose parts come to ' || x.amount || ' of ' || b.split_amount
    FROM withdrawal_batches b, LATERAL (SELECT sum(r.amount) AS amount FROM withdrawal_batch_rows r WHERE r.batch_id = b.id) x
    WHERE b.split_amount <> x.amount`);
  return [
    ...(await missing('withdrawals', made.withdrawals)),
    ...(await missing('withdrawal_batches', made.batches)),
    ...(await missing('schedules', made.schedules)),
    ...open.map(({ what }): Finding => ({ verdict: 'off', what: `${what} came to no end` })),
  ];
}

/** How many withdrawals there were of each kind, as a line. */
export async function kindsOf(query: Query): Promise<string> {
  const rows = await query<{ kind: string; count: number }>(`
    SELECT kind, count(*)::int AS count FROM (
      SELECT 'to ' || d.destination_kind AS kind FROM withdrawals d
      UNION ALL SELECT 'in parts' FROM withdrawal_batch_rows r WHERE r.parts > 1 AND r.withdrawal_id IS NOT NULL
      UNION ALL SELECT 'by files' FROM withdrawals d JOIN withdrawal_batches b ON b.id = d.batch_id AND b.split_amount IS NULL
      UNION ALL SELECT 'by schedules' FROM withdrawals d JOIN schedule_runs n ON d.id = n.withdrawal_id OR d.batch_id = n.batch_id) k
    GROUP BY kind ORDER BY kind`);
  return rows.map(({ kind, count }) => `${count} ${kind}`).join(', ');
}
