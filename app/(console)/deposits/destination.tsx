import { Clabe } from '~/components/money/clabe';
import { WalletName } from '~/components/money/wallet-name';
import type { ListedTransfer } from '~/lib/transfers/read';

type DestinationProps = { deposit: Pick<ListedTransfer, 'wallet' | 'accountNumber'> };

/** Where the money went: the wallet, or the number that it arrived at while it has none. */
export function Destination({ deposit: { wallet, accountNumber } }: DestinationProps) {
  if (wallet) return <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />;
  return accountNumber ? <Clabe value={accountNumber} /> : null;
}
