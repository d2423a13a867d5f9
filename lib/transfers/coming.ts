import { depositFee, feeOf } from '~/lib/terms/fees';
import type { TransferRow, WalletRow } from '~/lib/transfers/records';

/** Whether a deposit is pending for a wallet. For one that doesn't take it nothing was posted, and none is named. */
export function isAnnounced({ direction, state, walletId }: TransferRow): boolean {
  return direction === 'inbound' && state === 'pending' && walletId !== null;
}

/** What the terms take of a deposit, and never more than there is; the house pays itself none. */
export function feeOn({ amount }: TransferRow, wallet: WalletRow | undefined): bigint {
  if (wallet?.kind !== 'customer') return 0n;
  const fee = feeOf(depositFee(wallet), amount);
  return fee < amount ? fee : amount;
}
