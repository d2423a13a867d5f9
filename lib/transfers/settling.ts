import type { Tx } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { isUuid } from '~/lib/uuid';
import type { Adjustment, ProofBreak } from '~/prisma/generated/client';

type Settling = Pick<Adjustment, 'fromWalletId' | 'toWalletId' | 'accountId' | 'asset' | 'amount'>;

/**
 * Holds an adjustment against the break that it is to cure: the break still stands, is of the same account or of the
 * same two wallets, and lacks that much. `counted` are the adjustments of the break that take from what it lacks.
 */
export async function requireSettles(
  tx: Tx,
  adjustment: Settling,
  breakId: string,
  counted: Adjustment['status'][],
): Promise<void> {
  const broken = await lockBreak(tx, breakId);
  if (broken.state !== 'open' && broken.state !== 'released')
    throw new DomainError('break_ended', `The break is ${broken.state}.`);
  if (!fits(adjustment, broken))
    throw new DomainError('break_unfit', 'The adjustment is about another account or other wallets.');
  // What is too much against the cash stays a break; between two customers nobody else would notice.
  if (broken.kind !== 'wrong_wallet') return;
  const { _sum } = await tx.adjustment.aggregate({
    where: { breakId, status: { in: counted } },
    _sum: { amount: true },
  });
  if ((_sum.amount ?? 0n) + adjustment.amount > broken.expected)
    throw new DomainError('break_covered', 'Adjustments already move all that was in the wrong wallet.');
}

function fits({ fromWalletId, toWalletId, accountId, asset }: Settling, broken: ProofBreak): boolean {
  if (asset !== broken.asset) return false;
  switch (broken.kind) {
    case 'wrong_wallet':
      return accountId === null && fromWalletId === broken.walletId && toWalletId === broken.ownerWalletId;
    // What Fintoc numbers, or somebody changed outside the console, no entry can mend.
    case 'order':
    case 'balance':
      return false;
    default:
      return accountId === broken.accountId;
  }
}

/** Of two adjustments at once, the second sees what the first one covers. */
async function lockBreak(tx: Tx, id: string): Promise<ProofBreak> {
  if (!isUuid(id)) throw notFound('break', id);
  await lockRow(tx, 'proof_breaks', id);
  const found = await tx.proofBreak.findUnique({ where: { id } });
  if (!found) throw notFound('break', id);
  return found;
}
