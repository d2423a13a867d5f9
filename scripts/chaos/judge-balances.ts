import type { Query } from './database.ts';
import { accountOf, type Finding, type Theirs } from './evidence.ts';
import type { Forgeries } from './judge-strangers.ts';

/** Every balance that follows from Fintoc's side is the one that the ledger holds. */
export async function judgeBalances(theirs: Theirs, query: Query, forged: Forgeries): Promise<Finding[]> {
  return [
    ...(await judgeCash(theirs, query)),
    ...(await judgeLeftovers(query)),
    ...(await judgeWallets(theirs, query, forged)),
  ];
}

/** Money at Fintoc is money here, account by account. */
async function judgeCash({ accounts }: Theirs, query: Query): Promise<Finding[]> {
  const rows = await query<{ owner_id: string; balance: bigint }>(
    `SELECT owner_id, balance FROM ledger_accounts WHERE bucket = 'cash'`,
  );
  const cash = new Map(rows.map(({ owner_id, balance }) => [owner_id, balance]));
  const balances = new Map(accounts.map(({ id, available_balance }) => [id, BigInt(available_balance)]));
  return [...new Set([...cash.keys(), ...balances.keys()])].flatMap((id) => {
    const [there, here] = [balances.get(id) ?? 0n, cash.get(id) ?? 0n];
    return there === here ? [] : off(`account ${id} holds ${there} at Fintoc and ${here} here`);
  });
}

/** When all has ended nothing is in transit, reserved or pending, and nothing that left is unexplained. */
async function judgeLeftovers(query: Query): Promise<Finding[]> {
  const rows = await query<{ code: string; balance: bigint }>(
    `SELECT code, balance FROM ledger_accounts WHERE balance <> 0
       AND (bucket IN ('in_transit', 'incoming', 'reserved', 'pending') OR code = 'suspense/unexplained_payouts')`,
  );
  return rows.flatMap(({ code, balance }) => off(`${balance} was left in ${code}`));
}

type OurWallet = {
  id: string;
  asset: string;
  available: bigint;
  owed: bigint;
  fees: bigint;
  paid: bigint;
  moved: bigint;
};

/**
 * A wallet has what Fintoc received for it, less what was paid out and the fees, and what operators moved; what it owes for returns counts as
 * had. The rest of what Fintoc received stands in suspense, or is the platform's.
 */
async function judgeWallets(theirs: Theirs, query: Query, { settled }: Forgeries): Promise<Finding[]> {
  const wallets = await query<OurWallet>(`
    SELECT w.id, h.asset,
      coalesce((SELECT balance FROM ledger_accounts WHERE owner_id = w.id::text AND bucket = 'available' AND asset = h.asset), 0) AS available,
      coalesce((SELECT balance FROM ledger_accounts WHERE owner_id = w.id::text AND bucket = 'receivable' AND asset = h.asset), 0) AS owed,
      coalesce((SELECT sum(amount)::bigint FROM ledger_entries WHERE wallet_id = w.id AND kind = 'deposit_fee' AND asset = h.asset), 0) AS fees,
      coalesce((SELECT sum(amount + fee_amount)::bigint FROM withdrawals WHERE wallet_id = w.id AND asset = h.asset AND status = 'succeeded'), 0)
        + coalesce((SELECT sum(amount)::bigint FROM transfers WHERE wallet_id = w.id AND asset = h.asset AND purpose = 'wallet' AND state = 'succeeded'), 0) AS paid,
      coalesce((SELECT sum(CASE WHEN to_wallet_id = w.id THEN amount ELSE -amount END)::bigint FROM adjustments
        WHERE status = 'posted' AND asset = h.asset AND w.id IN (from_wallet_id, to_wallet_id)), 0) AS moved
    FROM wallets w JOIN wallet_assets h ON h.wallet_id = w.id WHERE w.kind = 'customer'`);
  const rows = await query<{
    id: string;
    wallet_id: string | null;
    asset: string;
    account_number_id: string | null;
    suspended: boolean;
    amount: bigint;
  }>(`
    SELECT id, wallet_id, asset, account_number_id, amount, suspense_reason IS NOT NULL AS suspended FROM transfers WHERE direction = 'inbound'`);
  const placed = new Map(rows.map((row) => [row.id, row]));
  const received = new Map<string, bigint>();
  const add = (whose: string, amount: bigint) => received.set(whose, (received.get(whose) ?? 0n) + amount);
  // What only an event told of came here, and an adjustment took it away again.
  for (const { id, wallet_id, asset, amount } of rows)
    if (wallet_id && settled.has(id)) add(`${wallet_id} ${asset}`, amount);
  for (const { id, direction, status, amount } of theirs.transfers.values()) {
    if (direction !== 'inbound' || status !== 'succeeded') continue;
    const row = placed.get(id);
    // One that is not here at all is named as such.
    if (!row) continue;
    add(row.suspended ? 'suspense' : `${row.wallet_id ?? 'nobody'} ${row.asset}`, BigInt(amount));
  }
  const [suspense] = await query<{ balance: bigint }>(
    `SELECT coalesce(sum(balance), 0)::bigint AS balance FROM ledger_accounts WHERE code = 'suspense/unmatched'`,
  );
  const inSuspense = received.get('suspense') ?? 0n;
  return [
    ...wallets.flatMap(({ id, asset, available, owed, fees, paid, moved }) => {
      const expected = (received.get(`${id} ${asset}`) ?? 0n) - fees - paid + moved;
      const had = available - owed;
      return expected === had ? [] : off(`wallet ${id} should have ${expected} ${asset} and has ${had}`);
    }),
    ...(suspense?.balance === inSuspense
      ? []
      : off(`suspense should hold ${inSuspense} and holds ${suspense?.balance}`)),
    ...(await judgePlaces(theirs, query)),
  ];
}

/** A deposit is its wallet's by the number or the account that it came to. */
async function judgePlaces(theirs: Theirs, query: Query): Promise<Finding[]> {
  const wallets = await query<{ id: string; pattern: string; account_id: string; account_number_id: string }>(
    `SELECT wallet_id AS id, pattern::text, account_id, account_number_id FROM wallet_assets WHERE account_number_id IS NOT NULL`,
  );
  const byNumber = new Map(wallets.map((wallet) => [wallet.account_number_id, wallet.id]));
  const byAccount = new Map(
    wallets.filter(({ pattern }) => pattern !== 'A').map((wallet) => [wallet.account_id, wallet.id]),
  );
  const credited = await query<{ transfer_id: string; wallet_id: string }>(`
    SELECT DISTINCT t.transfer_id, e.wallet_id FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
    WHERE t.kind = 'deposit' AND t.operator_id IS NULL AND e.kind = 'deposit' AND e.wallet_id IS NOT NULL`);
  return credited.flatMap(({ transfer_id, wallet_id }) => {
    const transfer = theirs.transfers.get(transfer_id);
    const expected =
      transfer && (byNumber.get(transfer.account_number?.id) ?? byAccount.get(accountOf(transfer)));
    return !transfer || expected === wallet_id
      ? []
      : off(`deposit ${transfer_id} went to wallet ${wallet_id} and is ${expected}'s`);
  });
}

function off(what: string): Finding[] {
  return [{ verdict: 'off', what }];
}
