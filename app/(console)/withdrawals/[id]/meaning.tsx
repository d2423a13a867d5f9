import type { Route } from 'next';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useFailureWords } from '~/app/(console)/withdrawals/failure-words';
import { findLook } from '~/components/status-looks';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { can, type RoleName } from '~/lib/roles';
import { approvalEnds } from '~/lib/transfers/inbox';
import type { getWithdrawal } from '~/lib/transfers/read';

const EXPIRY = {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

type MeaningProps = {
  withdrawal: Awaited<ReturnType<typeof getWithdrawal>>;
  operator: { id: string; role: RoleName };
};

/** The state in words: where the money is now, why, and who can do something about it. */
export function Meaning({ withdrawal, operator }: MeaningProps) {
  const t = useTranslations('withdrawals');
  const formatter = useFormatter();
  const failure = useFailureWords();
  const { status, failureCode, failureDetail, approvedBy } = withdrawal;
  const tone = findLook('withdrawal', status)?.tone ?? 'neutral';
  const expires = formatter.dateTime(approvalEnds(withdrawal), EXPIRY);
  return (
    <Alert
      tone={tone}
      className="mb-6"
      title={t(`meaning.${meaningOf(withdrawal)}`, {
        expires,
        name: approvedBy ?? '',
        wallet: withdrawal.transfer?.wallet?.name ?? '',
      })}
      action={<Resolve withdrawal={withdrawal} />}
    >
      {failureCode ? <p>{failure(failureCode)}.</p> : null}
      {!failureCode && failureDetail ? <p>{t('detail.because', { reason: failureDetail })}</p> : null}
      {status === 'awaiting_approval' ? <Approvers withdrawal={withdrawal} operator={operator} /> : null}
    </Alert>
  );
}

/** Money that came back after the wallet was closed went elsewhere. */
function meaningOf({ status, transfer, walletId }: MeaningProps['withdrawal']) {
  if (status !== 'returned' || !transfer) return status;
  if (transfer.suspenseReason) return 'returnedToSuspense';
  return transfer.walletId === walletId ? status : 'returnedElsewhere';
}

function Resolve({ withdrawal: { transfer } }: Pick<MeaningProps, 'withdrawal'>) {
  const t = useTranslations('withdrawals.detail');
  if (!transfer?.suspenseReason) return null;
  return (
    <Button asChild size="sm">
      <Link href={`/deposits/${transfer.id}` as Route}>{t('resolve')}</Link>
    </Button>
  );
}

function Approvers({ withdrawal, operator }: MeaningProps) {
  const t = useTranslations('withdrawals.detail');
  const own = withdrawal.requestedById === operator.id;
  return (
    <>
      {withdrawal.firstSeen ? <p>{t('firstSeen')}</p> : null}
      {own ? <p>{t('own')}</p> : can(operator.role, 'withdrawals:approve') ? null : <p>{t('notYours')}</p>}
    </>
  );
}
