import { Snowflake } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { freezeWalletAction } from '~/app/(console)/wallets/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { FreezeFields } from '~/components/form/freeze-fields';
import { canRefuseDeposits, numbersOf } from '~/lib/wallets/frozen-deposits';
import type { WalletRecord } from '~/lib/wallets/wallets';

/** Freezes a wallet, and says what becomes of its deposits: a choice where Fintoc can send them back. */
export function FreezeWallet({ wallet: { id, name, assets } }: { wallet: WalletRecord }) {
  const t = useTranslations('wallets.actions.freeze');
  const refusable = canRefuseDeposits(numbersOf(assets));
  return (
    <ConfirmDialog
      action={freezeWalletAction}
      act="freeze"
      hidden={{ walletId: id, ...(refusable ? {} : { deposits: 'suspend' }) }}
      trigger={
        <>
          <Snowflake aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title', { name })}
      consequence={refusable ? t('consequence') : `${t('consequence')} ${t('suspendOnly')}`}
      confirm={t('confirm')}
      success={t('done')}
      danger
      reason="required"
    >
      <FreezeFields deposits={refusable ? 'choice' : 'fixed'} />
    </ConfirmDialog>
  );
}
