/**
 * Compares what stands at Fintoc with what stands here, transfer by transfer, withdrawal by withdrawal, balance by
 * balance, by code that shares nothing with the product's.
 */
import type { Query } from './database.ts';
import {
  accountOf,
  type Evidence,
  type Finding,
  isLapsed,
  isStrange,
  push,
  readFintoc,
  type Theirs,
} from './evidence.ts';
import type { Json } from './fintoc.ts';
import { judgeBalances } from './judge-balances.ts';
import { type Forgeries, forgeries, judgeStrangers, namedPayouts } from './judge-strangers.ts';

export async function judge(evidence: Evidence): Promise<Finding[]> {
  const { fintoc, query } = evidence;
  const theirs = await readFintoc(fintoc);
  const forged = await forgeries(query);
  const forgotten = await forgottenPayouts(theirs, evidence);
  return [
    ...(await judgeTransfers(theirs, query, forged)),
    ...(await judgeWithdrawals(theirs, evidence, forgotten)),
    ...(await judgeOpenings(theirs, query)),
    ...(await judgeEvents(evidence, forged)),
    ...(await judgeBalances(theirs, query, forged)),
    ...(await judgeStrangers(theirs, query, { forged, forgotten })),
  ];
}

/** Fintoc tells times in whole seconds, cut off. */
const WHOLE_SECONDS = 1_000;

/** Payouts of withdrawals of which a restore took back that they were sent: named by a break, or come to nothing. */
async function forgottenPayouts({ transfers }: Theirs, { query, lapses }: Evidence): Promise<Set<string>> {
  if (lapses.length === 0) return new Set();
  const named = await namedPayouts(query);
  const ours = await query<{ id: string }>(
    'SELECT transfer_id AS id FROM withdrawals WHERE transfer_id IS NOT NULL',
  );
  const known = new Set(ours.map(({ id }) => id));
  const forgotten = [...transfers.values()].filter(
    (transfer) =>
      transfer.direction === 'outbound' &&
      !isStrange(transfer) &&
      !known.has(transfer.id) &&
      (named.has(transfer.id) || transfer.status !== 'succeeded') &&
      isLapsed(lapses, new Date(transfer.transaction_date), WHOLE_SECONDS),
  );
  return new Set(forgotten.map(({ id }) => id));
}

type OurTransfer = { id: string; state: string; amount: bigint; account_id: string };

/** Each movement of a transfer at Fintoc is exactly one entry of our cash account. */
async function judgeTransfers(theirs: Theirs, query: Query, forged: Forgeries): Promise<Finding[]> {
  const ours = new Map<string, OurTransfer>();
  for (const row of await query<OurTransfer>('SELECT id, state::text, amount, account_id FROM transfers'))
    ours.set(row.id, row);
  const entries = await query<{ key: string; amount: bigint }>(`
    SELECT coalesce(t.transfer_id, ledger_cause(t.cause_kind, t.cause_id, t.step, t.round)) || '@' || a.owner_id AS key, e.amount
    FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id AND a.bucket = 'cash'
    JOIN ledger_transactions t ON t.id = e.transaction_id`);
  const booked = new Map<string, bigint[]>();
  // What two people took back undoes what only an event told of.
  for (const { key, amount } of entries)
    if (!forged.settled.has(key.split('@')[0] ?? '')) push(booked, key, amount);
  const findings: Finding[] = [];
  for (const key of new Set([...theirs.moved.keys(), ...booked.keys()])) {
    const finding = judgeMoney(key, theirs.moved.get(key) ?? [], booked.get(key) ?? []);
    if (finding) findings.push(finding);
  }
  for (const transfer of theirs.transfers.values()) {
    const finding = judgeState(
      transfer,
      ours.get(transfer.id),
      theirs.moved.has(`${transfer.id}@${accountOf(transfer)}`),
    );
    if (finding) findings.push(finding);
  }
  for (const id of ours.keys())
    if (!theirs.transfers.has(id) && !forged.ids.has(id))
      findings.push({ verdict: 'doubled', what: `transfer ${id} stands here and not at Fintoc` });
  return findings;
}

function judgeMoney(key: string, moved: bigint[], booked: bigint[]): Finding | null {
  const missing = without(moved, booked);
  const extra = without(booked, moved);
  if (missing.length === 0 && extra.length === 0) return null;
  const [transfer, account] = key.split('@');
  const what = `transfer ${transfer} moved ${list(moved)} in account ${account} at Fintoc, and ${list(booked)} here`;
  if (extra.length === 0) return { verdict: 'lost', what };
  return { verdict: missing.length === 0 ? 'doubled' : 'off', what };
}

/** A transfer that moved no money is lost only if it is nowhere; the money of the others was counted already. */
function judgeState(transfer: Json, ours: OurTransfer | undefined, hasMoved: boolean): Finding | null {
  const { id, status, amount } = transfer;
  if (!ours) return hasMoved ? null : { verdict: 'lost', what: `transfer ${id}, ${status}, is not here` };
  if (ours.state !== status)
    return { verdict: 'off', what: `transfer ${id} is ${status} at Fintoc and ${ours.state} here` };
  if (ours.amount !== BigInt(amount))
    return { verdict: 'off', what: `transfer ${id} is of ${amount} at Fintoc and ${ours.amount} here` };
  return null;
}

type OurWithdrawal = {
  id: string;
  request_id: string;
  status: string;
  amount: bigint;
  transfer_id: string | null;
};

const GIVEN_BACK = ['declined', 'cancelled', 'expired', 'failed', 'rejected', 'returned'];

/** Each withdrawal was paid once, or given back; each that was accepted is here. */
async function judgeWithdrawals(
  theirs: Theirs,
  { query, asked, lapses }: Evidence,
  forgotten: ReadonlySet<string>,
): Promise<Finding[]> {
  const ours = await query<OurWithdrawal>(
    'SELECT id, request_id, status::text, amount, transfer_id FROM withdrawals',
  );
  const payouts = new Map<string, Json[]>();
  for (const transfer of theirs.transfers.values())
    if (transfer.metadata.withdrawal_id && !isStrange(transfer) && !forgotten.has(transfer.id))
      push(payouts, transfer.metadata.withdrawal_id, transfer);
  const findings = ours.flatMap((withdrawal) =>
    judgeWithdrawal(withdrawal, payouts.get(withdrawal.id) ?? []),
  );
  const ids = new Set(ours.map(({ id }) => id));
  for (const id of payouts.keys())
    if (!ids.has(id))
      findings.push({ verdict: 'lost', what: `withdrawal ${id} was paid by Fintoc and is not here` });
  const requests = new Set(ours.map(({ request_id }) => request_id));
  for (const [request, { verdict, at }] of asked) {
    if (verdict === 'accepted' && !requests.has(request) && !isLapsed(lapses, at))
      findings.push({
        verdict: 'lost',
        what: `request ${request} for a withdrawal was accepted and is not here`,
      });
    if (verdict === 'refused' && requests.has(request))
      findings.push({ verdict: 'off', what: `request ${request} for a withdrawal was refused and is here` });
  }
  return findings;
}

function judgeWithdrawal({ id, status, amount, transfer_id }: OurWithdrawal, payouts: Json[]): Finding[] {
  const [payout, ...others] = payouts;
  const say = (verdict: Finding['verdict'], what: string): Finding[] => [
    { verdict, what: `withdrawal ${id} ${what}` },
  ];
  if (others.length > 0)
    return say('doubled', `was sent ${payouts.length} times: ${payouts.map((one) => one.id).join(', ')}`);
  if (!payout) {
    if (transfer_id) return say('off', `is of transfer ${transfer_id}, which does not pay it at Fintoc`);
    if (GIVEN_BACK.includes(status)) return [];
    return status === 'succeeded'
      ? say('lost', 'is paid here, and nothing was sent')
      : say('off', `has not ended: ${status}`);
  }
  if (payout.status === 'succeeded' && GIVEN_BACK.includes(status))
    return say('doubled', `was paid by ${payout.id}, and given back`);
  if (payout.id !== transfer_id)
    return say('off', `is paid by ${payout.id} at Fintoc and by ${transfer_id} here`);
  if (payout.status !== status) return say('off', `is ${status} here and ${payout.status} at Fintoc`);
  if (BigInt(payout.amount) !== amount)
    return say('off', `is of ${amount} here and ${payout.amount} at Fintoc`);
  return [];
}

/** One wallet has one account number at Fintoc, and where the account is its own, one account. */
async function judgeOpenings({ accounts, numbers }: Theirs, query: Query): Promise<Finding[]> {
  const wallets = await query<{
    id: string;
    status: string;
    pattern: string;
    account_id: string | null;
    account_number_id: string | null;
  }>(
    `SELECT w.id, CASE WHEN w.status = 'closed' THEN 'closed' ELSE h.state::text END AS status, h.pattern::text, h.account_id, h.account_number_id
     FROM wallets w JOIN wallet_assets h ON h.wallet_id = w.id WHERE w.kind = 'customer'`,
  );
  const findings: Finding[] = [];
  for (const { id, status } of wallets)
    if (status === 'opening') findings.push({ verdict: 'lost', what: `wallet ${id} never opened` });
  const ofNumber = new Set(wallets.map(({ account_number_id }) => account_number_id));
  for (const { id, metadata } of numbers)
    if (metadata?.wallet_id && !ofNumber.has(id))
      findings.push({
        verdict: 'doubled',
        what: `account number ${id} was made for wallet ${metadata.wallet_id} beside its own`,
      });
  const ofAccount = new Set(
    wallets.filter(({ pattern }) => pattern !== 'A').map(({ account_id }) => account_id),
  );
  for (const { id, is_root } of accounts)
    if (!is_root && !ofAccount.has(id))
      findings.push({ verdict: 'doubled', what: `account ${id} was made and is no wallet's` });
  return findings;
}

/** What we answered with 200 we have, and took in. */
async function judgeEvents({ fintoc, query, lapses }: Evidence, forged: Forgeries): Promise<Finding[]> {
  const rows = await query<{
    id: string;
    object_id: string | null;
    type: string;
    state: string;
    last_error: string | null;
  }>('SELECT id, object_id, type, state::text, last_error FROM inbox_events');
  const here = new Set(rows.map(({ id }) => id));
  const findings: Finding[] = rows
    .filter(({ state, object_id }) => state !== 'processed' && !forged.ids.has(object_id ?? ''))
    .map(({ id, type, state, last_error }) => ({
      verdict: 'off',
      what: `event ${id}, ${type}, is ${state}: ${last_error}`,
    }));
  for (let after: string | null = '0'; after; ) {
    const page: Json = await fintoc.control('GET', `/events/accepted?after=${after}`);
    for (const { id, at } of page.accepted)
      if (!here.has(id) && !at.every((time: string) => isLapsed(lapses, new Date(time))))
        findings.push({ verdict: 'lost', what: `event ${id} was accepted and is not here` });
    after = page.next;
  }
  return findings;
}

/** Of the first list what the second one lacks, one for one. */
function without(from: bigint[], taken: bigint[]): bigint[] {
  const left = [...from];
  for (const amount of taken) {
    const at = left.indexOf(amount);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

function list(amounts: bigint[]): string {
  return amounts.length === 0 ? 'nothing' : amounts.join(' ');
}
