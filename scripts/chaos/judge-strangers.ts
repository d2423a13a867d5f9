import type { Query } from './database.ts';
import { type Finding, FORGED, isStrange, type Theirs } from './evidence.ts';

/** Money that left without us is named by a break, and nothing that only an event told of is in the books. */
export async function judgeStrangers(theirs: Theirs, query: Query): Promise<Finding[]> {
  return [...(await judgeUnexplained(theirs, query)), ...(await judgeForged(query))];
}

async function judgeUnexplained({ transfers }: Theirs, query: Query): Promise<Finding[]> {
  const rows = await query<{ transfer_id: string }>(
    `SELECT DISTINCT transfer_id FROM proof_breaks WHERE kind::text = 'unexplained_payout' AND transfer_id IS NOT NULL`,
  );
  const named = new Set(rows.map(({ transfer_id }) => transfer_id));
  const findings: Finding[] = [];
  for (const transfer of transfers.values()) {
    const { id, amount, status } = transfer;
    // What came back, perhaps before anybody here heard of it, is where it was.
    if (isStrange(transfer) && status === 'succeeded' && !named.has(id))
      findings.push({ verdict: 'lost', what: `payout ${id} of ${amount} left, and no break names it` });
    if (!isStrange(transfer) && named.has(id))
      findings.push({ verdict: 'off', what: `payout ${id} is a withdrawal's own, and a break names it` });
  }
  return findings;
}

/** The ids of transfers that signed events told of, and that Fintoc does not have. */
export async function forgedTransfers(query: Query): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    `SELECT DISTINCT object_id AS id FROM webhook_events WHERE body::jsonb #>> '{data,tracking_key}' LIKE $1`,
    [`${FORGED}%`],
  );
  return new Set(rows.map(({ id }) => id));
}

async function judgeForged(query: Query): Promise<Finding[]> {
  const forged = [...(await forgedTransfers(query))];
  const booked = await query<{ id: string }>(
    'SELECT DISTINCT transfer_id AS id FROM ledger_transactions WHERE transfer_id = ANY ($1)',
    [forged],
  );
  return booked.map(({ id }) => ({
    verdict: 'doubled',
    what: `transfer ${id}, which an event told of for no account of ours, is in the books`,
  }));
}
