'use client';

import { useTranslations } from 'next-intl';
import { changeClaimAction } from '~/app/(console)/cases/actions';
import { ClaimFields, type ClaimTexts } from '~/app/(console)/cases/claim-fields';
import { ConfirmDialog } from '~/components/form/confirm-dialog';

export function EditClaim({ caseId, claim }: { caseId: string; claim: ClaimTexts }) {
  const t = useTranslations('cases.claim');
  return (
    <ConfirmDialog
      act="change_claim"
      action={changeClaimAction}
      hidden={{ caseId }}
      trigger={t('edit')}
      title={t('title')}
      consequence={t('hint')}
      confirm={t('save')}
      success={t('saved')}
    >
      <ClaimFields claim={claim} />
    </ConfirmDialog>
  );
}
