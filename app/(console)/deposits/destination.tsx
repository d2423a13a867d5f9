import { Clabe } from '~/components/clabe';
import { WalletName } from '~/components/wallet-name';
import type { listTransfers } from '~/lib/transfers/read';

type Deposit = Awaited<ReturnType<typeof listTransfers>>['items'][number];
type DestinationProps = { deposit: Pick<Deposit, 'wallet' | 'accountNumber'> };

/** Where the money went: the wallet, or the number that it arrived at while it has none. */
export function Destination({ deposit: { wallet, accountNumber } }: DestinationProps) {
  if (wallet) return <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />;
  return accountNumber ? <Clabe value={accountNumber} /> : null;
}
