import { Power } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { enableNumberAction } from '~/app/(console)/account-numbers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import type { AccountNumberRecord } from '~/lib/wallets/account-numbers-read';
import { isDisabledElsewhere } from '~/lib/wallets/number-states';

/** The way back for a CLABE that somebody disabled at Fintoc: nothing enables it by itself. */
export function EnableNumber({ number }: { number: AccountNumberRecord }) {
  const t = useTranslations('accountNumbers.enable');
  if (!isDisabledElsewhere(number)) return null;
  return (
    <ConfirmDialog
      action={enableNumberAction}
      act="enable"
      hidden={{ accountNumberId: number.id }}
      trigger={
        <>
          <Power aria-hidden />
          {t('trigger')}
        </>
      }
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('confirm')}
      success={t('done')}
      reason="required"
    />
  );
}
