'use client';

import { useTranslations } from 'next-intl';
import { cancelAction } from '~/app/(console)/approvals/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';

/** Who asked for something that holds nothing takes it back here; all else has its own page for it. */
export function TakeBack({ id, sentence }: { id: string; sentence: string }) {
  const t = useTranslations('approvals.takeBack');
  return (
    <ConfirmDialog
      act="cancel"
      action={cancelAction}
      about={id}
      hidden={{ approvalId: id }}
      trigger={
        <>
          {t('action')}
          <span className="sr-only">: {sentence}</span>
        </>
      }
      title={t('title')}
      consequence={sentence}
      confirm={t('action')}
      danger
      success={t('done')}
    />
  );
}
