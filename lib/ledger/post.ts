import { type Queryable, statement } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { type Cause, saysCause } from '~/lib/ledger/cause';
import type { LedgerAccountSpec } from '~/lib/ledger/chart';
import { MAX_AMOUNT } from '~/lib/money';

/** One line of a transaction. `amount` is in the asset's smallest unit: debits positive, credits negative. */
export type Line = { account: LedgerAccountSpec; amount: bigint; kind?: string };

export type Posting = {
  /** What caused it. Unique: doing it twice is impossible. */
  cause: Cause;
  kind: string;
  /** When it happened at the bank; the database adds when we knew. */
  effectiveAt: Date;
  lines: Line[];
  /** Refuses to take any account that it debits below zero, also one that may be. */
  guarded?: boolean;
  transferId?: string;
  withdrawalId?: string;
  eventId?: string;
  operatorId?: string;
  note?: string;
};

export type PostingResult = {
  transactionId: bigint | null;
  /** duplicate: its cause had posted that step already. insufficient: a balance would have gone below zero. */
  outcome: 'posted' | 'duplicate' | 'insufficient';
};

export function debit(account: LedgerAccountSpec, amount: bigint, kind?: string): Line {
  return { account, amount, ...(kind && { kind }) };
}

export function credit(account: LedgerAccountSpec, amount: bigint, kind?: string): Line {
  return { account, amount: -amount, ...(kind && { kind }) };
}

/**
 * Posts in the order given, each whole or not at all, and answers one result per posting. This is the only
 * writer of the ledger's tables; in the caller's transaction, state and books commit together.
 */
export async function postTransactions(client: Queryable, postings: Posting[]): Promise<PostingResult[]> {
  if (postings.length === 0) return [];
  const rows = await statement<{ transaction_id: string | null; outcome: PostingResult['outcome'] }>(
    client,
    'SELECT transaction_id::text, outcome FROM ledger_post($1::jsonb) ORDER BY item',
    [JSON.stringify(toBatch(postings))],
  );
  const results = rows.map(({ transaction_id: id, outcome }) => ({
    transactionId: id === null ? null : BigInt(id),
    outcome,
  }));
  return results.map((result, nth) => asItsFirst(result, nth, results, postings));
}

/** A step that comes twice in a batch is tried once; where that lacked funds, nothing stands to be a duplicate of. */
function asItsFirst(
  result: PostingResult,
  nth: number,
  results: PostingResult[],
  postings: Posting[],
): PostingResult {
  if (result.outcome !== 'duplicate' || result.transactionId !== null) return result;
  const posting = postings[nth];
  const first = postings.findIndex((each) => posting && nameOf(each) === nameOf(posting));
  return results[first]?.outcome === 'insufficient'
    ? { transactionId: null, outcome: 'insufficient' }
    : result;
}

/** Posts one. Throws `insufficient_funds`; a step that stands already is answered, not an error. */
export async function postTransaction(client: Queryable, posting: Posting): Promise<PostingResult> {
  const [result] = await postTransactions(client, [posting]);
  if (!result) throw new Error('ledger_post answered nothing.');
  if (result.outcome === 'insufficient') {
    throw new DomainError('insufficient_funds', `Not enough funds for ${nameOf(posting)}.`);
  }
  return result;
}

function columnsOf({ kind, id, step, round = 0 }: Cause) {
  return { cause_kind: kind, cause_id: id, step, round };
}

function nameOf({ cause: { kind, id, step, round = 0 } }: Posting): string {
  return saysCause({ causeKind: kind, causeId: id, step, round });
}

/** The database refuses these as well; here the message names the defect before it costs a batch. */
function assertSound(posting: Posting): void {
  const { lines } = posting;
  if (lines.length < 2) throw new Error(`${nameOf(posting)}: a transaction has two or more entries.`);
  const sums = new Map<string, bigint>();
  for (const { account, amount } of lines) {
    if (amount === 0n || amount > MAX_AMOUNT || amount < -MAX_AMOUNT) {
      throw new Error(`${nameOf(posting)}: ${amount} is not an amount that can be posted.`);
    }
    sums.set(account.asset, (sums.get(account.asset) ?? 0n) + amount);
  }
  for (const [asset, sum] of sums) {
    if (sum !== 0n) throw new Error(`${nameOf(posting)}: ${asset} is off by ${sum}.`);
  }
}

/**
 * What ledger_post takes: each account once, and lines that point at it and at their item by number, from one. Whoever
 * posts goes through here. Throws where a posting isn't sound.
 */
export function toBatch(postings: Posting[]) {
  postings.forEach(assertSound);
  const numbers = new Map<string, number>();
  const accounts: object[] = [];
  const lines: object[] = [];
  const items = postings.map((posting, nth) => {
    for (const [line, { account, amount, kind }] of posting.lines.entries()) {
      lines.push({
        item: nth + 1,
        line: line + 1,
        account: numberOf(account),
        amount: amount.toString(),
        kind: kind ?? posting.kind,
        guarded: posting.guarded ?? false,
      });
    }
    return {
      ...columnsOf(posting.cause),
      kind: posting.kind,
      effective_at: posting.effectiveAt.toISOString(),
      entry_count: posting.lines.length,
      transfer_id: posting.transferId,
      withdrawal_id: posting.withdrawalId,
      event_id: posting.eventId,
      operator_id: posting.operatorId,
      note: posting.note,
    };
  });
  return { accounts, items, lines };

  function numberOf(account: LedgerAccountSpec): number {
    const key = `${account.asset} ${account.code}`;
    const known = numbers.get(key);
    if (known) return known;
    accounts.push({
      code: account.code,
      asset: account.asset,
      side: account.side,
      bucket: account.bucket,
      owner_id: account.ownerId,
      non_negative: account.nonNegative,
      wallet_id: account.walletId,
    });
    numbers.set(key, accounts.length);
    return accounts.length;
  }
}
