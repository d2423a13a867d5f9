import { type Queryable, statement } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { heldOf, walletBalances } from '~/lib/ledger/balances';
import { type Cause, saysCause } from '~/lib/ledger/cause';
import {
  firstOver,
  limitReached,
  poolReached,
  poolStanding,
  standings,
  type Use,
} from '~/lib/ledger/ceilings';
import type { LedgerAccountSpec } from '~/lib/ledger/chart';
import type { TransactionKind } from '~/lib/ledger/kinds';
import { readPooled, readUsage } from '~/lib/ledger/usage';
import { MAX_AMOUNT } from '~/lib/money';

/** One line of a transaction. `amount` is in the asset's smallest unit: debits positive, credits negative. */
export type Line = { account: LedgerAccountSpec; amount: bigint; kind?: string };

export type Posting = {
  /** What caused it. Unique: doing it twice is impossible. */
  cause: Cause;
  kind: TransactionKind;
  /** When it happened at the bank; the database adds when we knew. */
  effectiveAt: Date;
  lines: Line[];
  /** Refuses to take any account that it debits below zero, also one that may be. */
  guarded?: boolean;
  /** What it uses of its wallet's limits, and its portfolio's. Refused where one of them doesn't suffice. */
  use?: Use;
  /** The posting whose use it gives back, to the day that it was counted in. Where nothing was counted, nothing. */
  givesBack?: Cause;
  transferId?: string;
  withdrawalId?: string;
  eventId?: string;
  operatorId?: string;
  note?: string;
};

export type PostingResult = {
  transactionId: bigint | null;
  /**
   * duplicate: its cause had posted that step already. insufficient: a balance would have gone below zero. over_limit: its
   * wallet would have moved more than it may, or all of its portfolio together.
   */
  outcome: 'posted' | 'duplicate' | 'insufficient' | 'over_limit';
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

/** A step that comes twice in a batch is tried once; where that was refused, nothing stands to be a duplicate of. */
function asItsFirst(
  result: PostingResult,
  nth: number,
  results: PostingResult[],
  postings: Posting[],
): PostingResult {
  if (result.outcome !== 'duplicate' || result.transactionId !== null) return result;
  const posting = postings[nth];
  const first = postings.findIndex((each) => posting && nameOf(each) === nameOf(posting));
  const refused = results[first]?.outcome;
  return refused === 'insufficient' || refused === 'over_limit'
    ? { transactionId: null, outcome: refused }
    : result;
}

/**
 * Posts one. Throws `insufficient_funds`, `limit_reached` and `portfolio_limit_reached`; a step that stands already is
 * answered, not an error.
 */
export async function postTransaction(client: Queryable, posting: Posting): Promise<PostingResult> {
  const [result] = await postTransactions(client, [posting]);
  if (!result) throw new Error('ledger_post answered nothing.');
  if (result.outcome === 'insufficient') {
    throw new DomainError('insufficient_funds', `Not enough funds for ${nameOf(posting)}.`);
  }
  if (result.outcome === 'over_limit') throw await refusalOf(client, posting);
  return result;
}

/** Which limit it was: the account is locked, so that nothing was used since. */
async function refusalOf(client: Queryable, { use, lines }: Posting): Promise<Error> {
  if (!use) throw new Error('Over a limit that it names none of.');
  const { account, direction, amount, timeZone, ceilings, pool } = use;
  const { walletId, asset, code } = account;
  const usage = (await readUsage([walletId ?? ''], timeZone, client))(walletId ?? '', asset, direction);
  const held =
    ceilings.balanceAmount === null
      ? 0n
      : heldOf((await walletBalances([walletId ?? ''], client))(walletId ?? '', asset));
  const standing = standings(ceilings, usage, held);
  const net = lines.reduce((sum, line) => (line.account.code === code ? sum - line.amount : sum), 0n);
  const over =
    firstOver(
      standing.filter(({ name }) => name !== 'balanceAmount'),
      amount,
    ) ?? firstOver(standing, net);
  if (over) return limitReached(direction, asset, over);
  if (!pool) throw new Error('Over a limit that has room for it.');
  const pooled = await readPooled(pool.id, asset, direction, timeZone, client);
  return poolReached(direction, asset, pool.id, poolStanding(direction, pool, pooled, usage.day.renewsAt));
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
  const uses: object[] = [];
  const pools: string[] = [];
  const givesBack: object[] = [];
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
    if (posting.use) uses.push({ item: nth + 1, ...columnsOfUse(posting.use) });
    if (posting.use?.pool) pools.push(`${posting.use.pool.id} ${posting.use.account.asset}`);
    if (posting.givesBack) givesBack.push({ item: nth + 1, ...columnsOf(posting.givesBack) });
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
  return {
    ...{ accounts, items, lines },
    ...(uses.length > 0 && { uses }),
    ...(pools.length > 0 && { pools }),
    ...(givesBack.length > 0 && { gives_back: givesBack }),
  };

  function columnsOfUse({ account, direction, amount, timeZone, ceilings, pool, usedAt }: Use) {
    return {
      ...{ account: numberOf(account), direction, amount: amount.toString(), zone: timeZone },
      ...{ day_amount: ceilings.dayAmount?.toString(), day_count: ceilings.dayCount?.toString() },
      ...{ week_amount: ceilings.weekAmount?.toString(), week_count: ceilings.weekCount?.toString() },
      ...{ month_amount: ceilings.monthAmount?.toString(), month_count: ceilings.monthCount?.toString() },
      ...{ balance_amount: ceilings.balanceAmount?.toString(), used_at: usedAt?.toISOString() },
      ...{ pool: pool?.id, pool_amount: pool?.amount.toString() },
    };
  }

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
