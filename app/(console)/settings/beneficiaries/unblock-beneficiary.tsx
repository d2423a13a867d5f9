import { useTranslations } from 'next-intl';
import { unblockBeneficiaryAction } from '~/app/(console)/settings/beneficiaries/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { type DestinationKind, sayDestination } from '~/lib/rails/destination';

type UnblockProps = { kind: DestinationKind; destination: string };

export function UnblockBeneficiary({ kind, destination }: UnblockProps) {
  const t = useTranslations('settings.beneficiaries');
  const said = sayDestination({ destinationKind: kind, destination });
  return (
    <ConfirmDialog
      act="unblock_beneficiary"
      action={unblockBeneficiaryAction}
      hidden={{ number: destination }}
      trigger={
        <>
          {t('unblock')}
          <span className="sr-only">: {said}</span>
        </>
      }
      title={t('unblockTitle', { clabe: said })}
      consequence={t('unblockHint')}
      confirm={t('unblock')}
      reason="required"
      success={t('unblocked')}
    />
  );
}
