import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { freezeWalletAction, unfreezeWalletAction } from '~/app/(console)/wallets/actions';
import { FreezeFields } from '~/components/form/freeze-fields';
import { Selecting } from '~/components/list/select/selecting';
import { useWalletName } from '~/components/words/wallet-name-words';
import { can, type Role } from '~/lib/roles';
import { joined } from '~/lib/text';
import { canRefuseDeposits, numbersOf } from '~/lib/wallets/frozen-deposits';
import type { WalletRow } from '~/lib/wallets/wallets';

type SelectionProps = { wallets: readonly WalletRow[]; role: Role; children: ReactNode };

/** Several wallets of customers, frozen or unfrozen for one reason. */
export function WalletSelection({ wallets, role, children }: SelectionProps) {
  const t = useTranslations('wallets.actions');
  const nameOf = useWalletName();
  return (
    <Selecting
      rows={wallets.map((wallet) => ({
        id: wallet.id,
        name: joined([wallet.customer?.name, nameOf(wallet)]),
        acts: actsOf(wallet, role),
        // Where Fintoc can't send deposits back, they wait, whatever was chosen for the others.
        ...(canRefuseDeposits(numbersOf(wallet.assets)) ? {} : { hidden: { deposits: 'suspend' } }),
      }))}
      acts={[
        {
          ...{ key: 'freeze', action: freezeWalletAction, idName: 'walletId', danger: true },
          ...{ label: t('freeze.trigger'), title: t('freeze.several'), consequence: t('freeze.consequence') },
          fields: <FreezeFields deposits="choice" />,
        },
        {
          ...{ key: 'unfreeze', action: unfreezeWalletAction, idName: 'walletId' },
          ...{ label: t('unfreeze.trigger'), title: t('unfreeze.several') },
          consequence: t('unfreeze.severalConsequence'),
        },
      ]}
    >
      {children}
    </Selecting>
  );
}

export function actsOf({ kind, status }: WalletRow, role: Role): string[] {
  if (kind !== 'customer' || !can(role, 'wallets:freeze')) return [];
  return status === 'open' ? ['freeze'] : status === 'frozen' ? ['unfreeze'] : [];
}
