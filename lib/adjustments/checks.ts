import { InvalidInputError } from '~/lib/errors';
import { MAX_AMOUNT } from '~/lib/money';

export type NewAdjustment = {
  /** Who gives and who gets. In a correction one of them is left out, and `accountId` stands for it. */
  fromWalletId?: string | undefined;
  toWalletId?: string | undefined;
  /** A Fintoc account whose cash is corrected, because Fintoc shows there a movement that is no transfer. */
  accountId?: string | undefined;
  /** Of what; left out, the one asset that both sides hold. */
  asset?: string | undefined;
  /** In the smallest unit of the asset. */
  amount: bigint;
  /** What an auditor will read. */
  reason: string;
  /** The break in a proof that it cures. */
  breakId?: string | undefined;
  /** The hold that it takes from, of the wallet that gives. */
  holdId?: string | undefined;
  /** The exchange that it is one leg of. */
  exchangeId?: string | undefined;
  /** The one that it takes back. */
  reversalOfId?: string | undefined;
  requestId: string;
};

/** Throws `invalid` with every field of an adjustment that doesn't fit. */
export function checkInput({ fromWalletId, toWalletId, accountId, amount, reason }: NewAdjustment): void {
  const wrong: Record<string, string> = {};
  const sides = [fromWalletId, toWalletId, accountId].filter(Boolean);
  if (sides.length !== 2 || fromWalletId === toWalletId) wrong.toWalletId = 'two_sides';
  if (amount <= 0n) wrong.amount = 'amount_not_positive';
  if (amount > MAX_AMOUNT) wrong.amount = 'amount_format';
  if (reason.trim() === '') wrong.reason = 'required';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
}
