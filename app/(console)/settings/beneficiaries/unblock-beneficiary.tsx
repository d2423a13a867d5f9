import { useTranslations } from 'next-intl';
import { unblockBeneficiaryAction } from '~/app/(console)/settings/beneficiaries/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { sayDestination } from '~/lib/rails/destination';
import type { BlockedRow } from '~/lib/withdrawals/beneficiaries';

type UnblockProps = { blocked: Pick<BlockedRow, 'destination' | 'destinationKind'> };

export function UnblockBeneficiary({ blocked }: UnblockProps) {
  const t = useTranslations('settings.beneficiaries');
  const destination = sayDestination(blocked);
  return (
    <ConfirmDialog
      action={unblockBeneficiaryAction}
      hidden={{ number: blocked.destination }}
      trigger={
        <>
          {t('unblock')}
          <span className="sr-only">: {destination}</span>
        </>
      }
      title={t('unblockTitle', { clabe: destination })}
      consequence={t('unblockHint')}
      confirm={t('unblock')}
      reason="required"
      success={t('unblocked')}
    />
  );
}
