import type { Tx } from '~/lib/db';
import { walletAccount } from '~/lib/ledger/chart';
import type { Posting } from '~/lib/ledger/post';
import { adjustmentUse } from '~/lib/terms/limits';
import { pair } from '~/lib/transfers/postings';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';

/** What a capture sets aside is set aside already: it goes from the hold to the capture, within one account. */
export function within(from: AssetWallet, amount: bigint): Posting['lines'] {
  const reserved = walletAccount(from, 'reserved');
  return pair(reserved, reserved, amount);
}

/**
 * Where the terms of who gives count adjustments, a capture counts as any other: from when it is asked for, until it is
 * refused. Null where they don't, and nothing is to be posted for it.
 */
export async function captureCounted(
  tx: Tx,
  from: AssetWallet,
  amount: bigint,
): Promise<Pick<Posting, 'use' | 'lines'> | null> {
  const { use } = await adjustmentUse(tx, from, 'outbound', amount);
  return use ? { use, lines: within(from, amount) } : null;
}
