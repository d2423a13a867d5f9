import { db } from '~/lib/db';
import { walletBalancesAt } from '~/lib/ledger/history';
import { listBooked, type Movement } from '~/lib/movements/movements';
import { textOf } from '~/lib/people/masking';
import type { Reader } from '~/lib/people/sight';
import { getAccountProof } from '~/lib/proof/read';
import type { Part } from '~/lib/statements/parts';
import type { StatementWords } from '~/lib/statements/words';
import { wordOf } from '~/lib/statements/words';
import { getWallet, viewOf } from '~/lib/wallets/wallets';
import type { Statement } from '~/prisma/generated/client';

type Total = { amount: bigint; count: number };

/** How far the books of the account that holds the money are proven against the bank. */
export type ProofFacts =
  | { state: 'proven' | 'parted'; movementAt: Date; comparedAt: Date }
  | { state: 'unproven' }
  | { state: 'own_books' };

/** All that a statement says besides its lines. Amounts in the asset's smallest unit. */
export type StatementFacts = {
  walletName: string;
  holderName: string | null;
  /** As its reader sees it. */
  taxId: string | null;
  number: string | null;
  asset: string;
  fromDay: string;
  toDay: string;
  timeZone: string;
  madeAt: Date;
  /** Whether the time goes on: then it ends when it was made. */
  isOpen: boolean;
  part: number;
  parts: number;
  opening: bigint;
  incoming: Total;
  /** Above zero. */
  outgoing: Total;
  closing: bigint;
  /** At the end; null but for the last part. */
  reserved: bigint | null;
  pending: bigint | null;
  proof: ProofFacts;
};

/** The books themselves don't add up: no statement says otherwise. */
export class NotChained extends Error {}

export async function factsOf(
  reader: Reader,
  statement: Statement,
  part: Part,
  words: StatementWords,
  madeAt: Date,
): Promise<StatementFacts> {
  const { asset, walletId } = part;
  const [record, totals, at] = await Promise.all([
    getWallet(reader, walletId),
    totalsOf(part),
    part.part === part.parts
      ? walletBalancesAt(walletId, asset, { before: statement.toAt, clock: 'posted' })
      : null,
  ]);
  const wallet = viewOf(record, asset);
  const { customer, name, houseRole } = record;
  const taxId = customer?.taxId ?? null;
  return {
    walletName: houseRole ? wordOf(words.houseRoles, houseRole) : name,
    holderName: customer?.name ?? null,
    taxId: taxId === null ? null : textOf(taxId),
    number: wallet?.accountNumber?.number ?? null,
    asset,
    fromDay: dayOf(statement.fromDay),
    toDay: dayOf(statement.toDay),
    timeZone: statement.timeZone,
    madeAt,
    isOpen: statement.toAt > madeAt,
    part: part.part,
    parts: part.parts,
    ...totals,
    reserved: at?.reserved ?? null,
    pending: at?.pending ?? null,
    proof: await proofOf(wallet?.accountId ?? null),
  };
}

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

async function proofOf(accountId: string | null): Promise<ProofFacts> {
  if (accountId === null) return { state: 'own_books' };
  const { provenMovementAt, provenAt, open } = await getAccountProof(accountId);
  if (!provenMovementAt || !provenAt) return { state: 'unproven' };
  return { state: open > 0 ? 'parted' : 'proven', movementAt: provenMovementAt, comparedAt: provenAt };
}

type Sums = Record<'opening' | 'closing' | 'inAmount' | 'outAmount', bigint> &
  Record<'inCount' | 'outCount', number>;
type Totals = Pick<StatementFacts, 'opening' | 'incoming' | 'outgoing' | 'closing'>;

/** As the ledger sums them: the lines are compared with it one by one as they are written. */
async function totalsOf({ accountId, after, through }: Part): Promise<Totals> {
  const [sums] = await db().$queryRaw<Sums[]>`
    SELECT coalesce((SELECT balance_after FROM ledger_entries WHERE account_id = ${accountId} AND sequence = ${after}), 0)::bigint AS opening,
           coalesce((SELECT balance_after FROM ledger_entries WHERE account_id = ${accountId} AND sequence = ${through}), 0)::bigint AS closing,
           coalesce(sum(change) FILTER (WHERE change > 0), 0)::bigint AS "inAmount",
           count(*) FILTER (WHERE change > 0)::int AS "inCount",
           coalesce(-sum(change) FILTER (WHERE change < 0), 0)::bigint AS "outAmount",
           count(*) FILTER (WHERE change < 0)::int AS "outCount"
    FROM (
      SELECT CASE a.side WHEN 'debit' THEN e.amount ELSE -e.amount END AS change
      FROM ledger_accounts a JOIN ledger_entries e ON e.account_id = a.id
      WHERE a.id = ${accountId} AND e.sequence > ${after} AND e.sequence <= ${through}) lines`;
  if (!sums) throw new Error('PostgreSQL answered nothing.');
  const { opening, closing, inAmount, inCount, outAmount, outCount } = sums;
  if (opening + inAmount - outAmount !== closing)
    throw new NotChained(`Account ${accountId}: ${opening} + ${inAmount} - ${outAmount} is not ${closing}.`);
  return {
    ...{ opening, closing },
    incoming: { amount: inAmount, count: inCount },
    outgoing: { amount: outAmount, count: outCount },
  };
}

const LINES_AT_ONCE = 250;

/** The lines, some at a time. Throws `NotChained` for one whose balance isn't the one before it plus its amount. */
export async function* linesOf(
  reader: Reader,
  { accountId, after, through }: Part,
  opening: bigint,
): AsyncGenerator<Movement[]> {
  let [last, balance] = [after, opening];
  while (accountId !== null && last < through) {
    const lines = await listBooked(reader, { accountId, after: last, through }, LINES_AT_ONCE);
    for (const { id, amount, sequence, balanceAfter } of lines) {
      if (balance + amount !== balanceAfter || sequence !== last + 1n)
        throw new NotChained(`Entry ${id} of account ${accountId} doesn't follow from ${balance}.`);
      [last, balance] = [sequence, balanceAfter];
    }
    if (lines.length === 0) throw new NotChained(`Account ${accountId} ends at ${last} before ${through}.`);
    yield lines;
  }
}

/** The other side by its name; a house wallet's is what it is for. */
export function otherSideOf(
  { counterpartyName, counterpartyHouseRole }: Movement,
  words: StatementWords,
): string | null {
  return counterpartyHouseRole ? wordOf(words.houseRoles, counterpartyHouseRole) : counterpartyName;
}
