import type { Query } from './database.ts';
import { type Finding, FORGED, isStrange, PLANTED, type Theirs, TOP_UP_COMMENT } from './evidence.ts';

/** What signed events told of and Fintoc does not have. */
export type Forgeries = {
  /** Of the transfers. */
  ids: ReadonlySet<string>;
  /** Of the credits that two people took back: the transfers, and the causes of what undid them. */
  settled: ReadonlySet<string>;
};

type Known = { forged: Forgeries; forgotten: ReadonlySet<string> };

/** Money that left without us is named by a break, and what only an event told of is named by one, and nobody got it. */
export async function judgeStrangers(theirs: Theirs, query: Query, known: Known): Promise<Finding[]> {
  return [
    ...(await judgeUnexplained(theirs, query, known)),
    ...(await judgeForged(query, known.forged)),
    ...(await judgeNeverCame(theirs, query)),
  ];
}

/** The payouts that breaks name. */
export async function namedPayouts(query: Query): Promise<Set<string>> {
  const rows = await query<{ transfer_id: string }>(
    `SELECT DISTINCT transfer_id FROM proof_breaks WHERE kind::text = 'unexplained_payout' AND transfer_id IS NOT NULL`,
  );
  return new Set(rows.map(({ transfer_id }) => transfer_id));
}

async function judgeUnexplained({ transfers }: Theirs, query: Query, known: Known): Promise<Finding[]> {
  const named = await namedPayouts(query);
  const findings: Finding[] = [];
  for (const transfer of transfers.values()) {
    const { id, amount, status } = transfer;
    // What came back, perhaps before anybody here heard of it, is where it was.
    if (isStrange(transfer) && status === 'succeeded' && !named.has(id))
      findings.push({ verdict: 'lost', what: `payout ${id} of ${amount} left, and no break names it` });
    if (!isStrange(transfer) && named.has(id) && !known.forgotten.has(id))
      findings.push({ verdict: 'off', what: `payout ${id} is a withdrawal's own, and a break names it` });
  }
  return findings;
}

/** Read from the books, which may believe them, by what the break says that two people cured. */
export async function forgeries(query: Query): Promise<Forgeries> {
  const told = await query<{ id: string }>(
    `SELECT DISTINCT object_id AS id FROM inbox_events WHERE body::jsonb #>> '{data,tracking_key}' LIKE $1`,
    [`${FORGED}%`],
  );
  const ids = new Set(told.map(({ id }) => id));
  const cured = await query<{ id: string; cause: string }>(
    `SELECT t.transfer_id AS id, min(ledger_cause('adjustment', a.id::text, 'posted', 0::smallint)) AS cause
     FROM proof_breaks b JOIN ledger_entries e ON e.id = b.entry_id
     JOIN ledger_transactions t ON t.id = e.transaction_id
     JOIN adjustments a ON a.break_id = b.id::text AND a.status = 'posted'
     WHERE b.kind = 'missing_there' AND b.state = 'cured' AND t.transfer_id = ANY ($1)
     GROUP BY t.transfer_id, e.amount HAVING sum(a.amount) = e.amount AND count(*) = 1`,
    [[...ids]],
  );
  return { ids, settled: new Set(cured.flatMap(({ id, cause }) => [id, cause])) };
}

async function judgeForged(query: Query, { ids, settled }: Forgeries): Promise<Finding[]> {
  const booked = await query<{ id: string }>(
    'SELECT DISTINCT transfer_id AS id FROM ledger_transactions WHERE transfer_id = ANY ($1)',
    [[...ids].filter((id) => !settled.has(id))],
  );
  return booked.map(({ id }) => ({
    verdict: 'doubled',
    what: `transfer ${id}, which an event told of and nothing else, is in the books, and nobody took it back`,
  }));
}

/** No wallet really has as much as half of what events told of, but by what its owner paid in to make good. */
async function judgeNeverCame({ transfers }: Theirs, query: Query): Promise<Finding[]> {
  const all = [...transfers.values()];
  const big = all.filter(
    ({ direction, status, amount }) =>
      direction === 'outbound' && status !== 'rejected' && Number(amount) >= PLANTED / 4,
  );
  if (big.length === 0) return [];
  const owners = await ownersOf(query);
  const paidIn = (walletId: string, until: string) =>
    all
      .filter(
        ({ comment, account_number, transaction_date }) =>
          comment === TOP_UP_COMMENT &&
          owners.numbers.get(account_number?.id) === walletId &&
          transaction_date <= until,
      )
      .reduce((sum, { amount }) => sum + Number(amount), 0);
  return big.flatMap(({ id, amount, metadata, transaction_date }) => {
    const walletId = owners.withdrawals.get(metadata?.withdrawal_id);
    const real = walletId ? paidIn(walletId, transaction_date) : 0;
    if (Number(amount) < real + PLANTED / 4) return [];
    const what = `payout ${id} of ${amount} was paid with money that never came`;
    const where = `wallet ${walletId ?? 'unknown'}, at ${transaction_date}, ${real} paid in to make good`;
    return [{ verdict: 'doubled' as const, what: `${what} (${where})` }];
  });
}

/** The wallets of our numbers at Fintoc, and of withdrawals. */
async function ownersOf(query: Query): Promise<Record<'numbers' | 'withdrawals', Map<string, string>>> {
  const numbers = await query<{ id: string; wallet: string }>(
    'SELECT account_number_id AS id, wallet_id::text AS wallet FROM wallet_assets WHERE account_number_id IS NOT NULL',
  );
  const withdrawals = await query<{ id: string; wallet: string }>(
    'SELECT id::text AS id, wallet_id::text AS wallet FROM withdrawals WHERE amount >= $1',
    [PLANTED / 4],
  );
  const mapped = (rows: { id: string; wallet: string }[]) =>
    new Map(rows.map(({ id, wallet }) => [id, wallet]));
  return { numbers: mapped(numbers), withdrawals: mapped(withdrawals) };
}
