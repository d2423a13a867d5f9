import { useTranslations } from 'next-intl';
import { approveAction, cancelAction, declineAction } from '~/app/(console)/approvals/actions';
import { ConfirmDialog } from '~/components/confirm-dialog';

type ActDecisionsProps = { id: string; words: string; own: boolean; decides: boolean };

/** Who asked takes it back; whoever else may decides. */
export function ActDecisions({ id, words, own, decides }: ActDecisionsProps) {
  const t = useTranslations('approvals.acts');
  const hidden = { approvalId: id };
  const about = <span className="sr-only">: {words}</span>;
  if (own)
    return (
      <ConfirmDialog
        action={cancelAction}
        hidden={hidden}
        trigger={
          <>
            {t('cancel')}
            {about}
          </>
        }
        title={t('cancelTitle')}
        consequence={words}
        confirm={t('cancel')}
        danger
        success={t('cancelled')}
      />
    );
  if (!decides) return null;
  return (
    <span className="inline-flex flex-wrap gap-2 py-1 sm:flex-nowrap sm:justify-end">
      <ConfirmDialog
        action={approveAction}
        hidden={hidden}
        trigger={
          <>
            {t('approve')}
            {about}
          </>
        }
        triggerVariant="primary"
        title={t('approveTitle')}
        consequence={words}
        confirm={t('approve')}
        success={t('approved')}
      />
      <ConfirmDialog
        action={declineAction}
        hidden={hidden}
        trigger={
          <>
            {t('decline')}
            {about}
          </>
        }
        title={t('declineTitle')}
        consequence={words}
        confirm={t('decline')}
        danger
        reason="required"
        success={t('declined')}
      />
    </span>
  );
}
