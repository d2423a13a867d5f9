import { ProtectedClabe } from '~/app/(console)/movements/counterparty';
import { WalletName } from '~/app/(console)/movements/wallet-name';
import type { RoleName } from '~/lib/roles';
import type { listTransfers } from '~/lib/transfers/read';

type Deposit = Awaited<ReturnType<typeof listTransfers>>['items'][number];
type DestinationProps = { deposit: Pick<Deposit, 'wallet' | 'accountNumber'>; role: RoleName };

/** Where the money went: the wallet, or the number that it arrived at while it has none. */
export function Destination({ deposit: { wallet, accountNumber }, role }: DestinationProps) {
  if (wallet)
    return <WalletName id={wallet.id} name={wallet.name} customer={wallet.customer?.name ?? null} />;
  return accountNumber ? <ProtectedClabe value={accountNumber} role={role} /> : null;
}
