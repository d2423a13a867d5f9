'use client';

import { Ban } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { blockBeneficiaryAction } from '~/app/(console)/settings/beneficiaries/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { DestinationField } from '~/components/form/destination-field';
import type { DestinationKind, Institution } from '~/lib/rails/destination';

/** Takes a destination, checked as it is typed, and why nobody may pay to it. */
export function BlockBeneficiary({
  kinds,
  banks,
}: {
  kinds: readonly DestinationKind[];
  banks: readonly Institution[];
}) {
  const t = useTranslations('settings.beneficiaries');
  return (
    <ConfirmDialog
      act="block_beneficiary"
      action={blockBeneficiaryAction}
      trigger={
        <>
          <Ban aria-hidden />
          {t('block')}
        </>
      }
      triggerVariant="primary"
      title={t('blockTitle')}
      consequence={t('blockHint')}
      confirm={t('block')}
      reason="required"
      success={t('blocked')}
    >
      <DestinationField name="number" kinds={kinds} banks={banks} clabeLabel={t('clabe')} />
    </ConfirmDialog>
  );
}
