import { useTranslations } from 'next-intl';
import { unblockBeneficiaryAction } from '~/app/(console)/settings/beneficiaries/actions';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { formatClabe } from '~/lib/clabe';

export function UnblockBeneficiary({ number }: { number: string }) {
  const t = useTranslations('settings.beneficiaries');
  const clabe = formatClabe(number);
  return (
    <ConfirmDialog
      action={unblockBeneficiaryAction}
      hidden={{ number }}
      trigger={
        <>
          {t('unblock')}
          <span className="sr-only">: {clabe}</span>
        </>
      }
      title={t('unblockTitle', { clabe })}
      consequence={t('unblockHint')}
      confirm={t('unblock')}
      reason="required"
      success={t('unblocked')}
    />
  );
}
