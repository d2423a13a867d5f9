import { Trash2, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { keepNumberAction, quarantineNumberAction } from '~/app/(console)/account-numbers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import type { AccountNumberRecord } from '~/lib/wallets/account-numbers-read';

type NumberProps = { number: AccountNumberRecord };

/** The way to the end of a closed wallet's CLABE, or of one that a wallet had before it moved, and back from it. */
export function QuarantineActions({ number, isFormer }: NumberProps & { isFormer: boolean }) {
  const { id, status, isRoot, quarantineEndsAt, wallet } = number;
  const t = useTranslations('accountNumbers.quarantine');
  if (isRoot || status === 'deleted' || !(isFormer || wallet?.status === 'closed')) return null;
  const act = quarantineEndsAt ? 'keep' : 'begin';
  const Icon = quarantineEndsAt ? Undo2 : Trash2;
  return (
    <ConfirmDialog
      action={quarantineEndsAt ? keepNumberAction : quarantineNumberAction}
      act={act}
      hidden={{ accountNumberId: id }}
      trigger={
        <>
          <Icon aria-hidden />
          {t(`${act}.trigger`)}
        </>
      }
      title={t(`${act}.title`)}
      consequence={t(`${act}.consequence`)}
      confirm={t(`${act}.confirm`)}
      success={t(`${act}.done`)}
      danger={act === 'begin'}
      reason="required"
    />
  );
}

export function QuarantineNotice({ number: { status, quarantineEndsAt } }: NumberProps) {
  const t = useTranslations('accountNumbers.quarantine');
  if (!quarantineEndsAt || status === 'deleted') return null;
  return (
    <Alert tone="warning" className="mb-6">
      {t.rich('notice', { at: () => <Timestamp at={quarantineEndsAt} /> })}
    </Alert>
  );
}
