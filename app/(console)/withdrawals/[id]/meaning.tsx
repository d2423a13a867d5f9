import { useFormatter, useTranslations } from 'next-intl';
import { HeldAction } from '~/app/(console)/withdrawals/[id]/held';
import { TryAgain } from '~/app/(console)/withdrawals/try-again';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { heldNow, useHeldWords } from '~/components/words/held-words';
import { useReasons } from '~/components/words/reason-words';
import { findLook } from '~/components/words/status-looks';
import { useWalletName } from '~/components/words/wallet-name-words';
import { can, type Role } from '~/lib/roles';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';
import { isOver } from '~/lib/withdrawals/retries';
import { approvalEnds } from '~/lib/withdrawals/waiting';

const EXPIRY = {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

type MeaningProps = {
  withdrawal: WithdrawalRecord;
  operator: { id: string; role: Role };
  /** The break that keeps its account's payouts waiting, where one does. */
  breakId: string | null;
};

/** The state in words: where the money is now, why, and who can do something about it. */
export function Meaning({ withdrawal, operator, breakId }: MeaningProps) {
  const t = useTranslations('withdrawals');
  const formatter = useFormatter();
  const nameOf = useWalletName();
  const { status, failureCode, failureDetail, decided } = withdrawal;
  const creditedWallet = withdrawal.transfer?.wallet;
  const meaning = meaningOf(withdrawal);
  const isWaiting = meaning === 'queuedRefused' || meaning === 'unanswered' || meaning === 'unknownEnding';
  const tone = isWaiting ? 'warning' : (findLook('withdrawal', status)?.tone ?? 'neutral');
  const expires = formatter.dateTime(approvalEnds(withdrawal), EXPIRY);
  return (
    <Alert
      tone={tone}
      className="mb-6"
      title={t(`meaning.${meaning}`, {
        expires,
        name: decided?.operatorName ?? '',
        wallet: creditedWallet ? nameOf(creditedWallet) : '',
      })}
      action={
        withdrawal.transfer?.suspenseReason ? (
          <Resolve transfer={withdrawal.transfer} />
        ) : isOver(status) ? (
          <TryAgain withdrawal={withdrawal} role={operator.role} />
        ) : (
          <HeldAction withdrawal={withdrawal} role={operator.role} breakId={breakId} />
        )
      }
    >
      {failureCode && meaning !== 'submitting' && meaning !== 'unknownEnding' ? (
        <Failure code={failureCode} detail={failureDetail} status={status} />
      ) : null}
      {!failureCode && failureDetail ? <p>{t('detail.because', { reason: failureDetail })}</p> : null}
      <NotAgain withdrawal={withdrawal} />
      {status === 'awaiting_approval' ? <Approvers withdrawal={withdrawal} operator={operator} /> : null}
    </Alert>
  );
}

type FailureProps = { code: string; detail: string | null; status: WithdrawalRecord['status'] };

/** Why, what to do and who can; with Fintoc's own words where we have none for its code. */
function Failure({ code, detail, status }: FailureProps) {
  const t = useTranslations('withdrawals');
  const { why, what, who, word, spei, fixer } = useReasons()(code);
  return (
    <>
      <p>
        {why}
        {spei ? <span className="text-muted-foreground"> (SPEI {spei})</span> : null}. {what}
        {status === 'queued' && fixer === 'fintoc' ? ` ${t('orCancel')}` : null}
      </p>
      {word === 'other' && detail ? (
        <p className="break-words">{t('detail.said', { message: detail })}</p>
      ) : null}
      {isOver(status) ? <p className="text-muted-foreground">{who}.</p> : null}
    </>
  );
}

/** A state may be several things: it waits for its turn or for something, and money may have come back elsewhere. */
function meaningOf({ status, transfer, walletId, failureCode, leaseUntil }: WithdrawalRecord) {
  if (status === 'queued' && failureCode) return 'queuedRefused';
  // While a try is under way, nobody knows yet whether the reason of the last one still holds.
  if (status === 'submitting' && failureCode && !leaseUntil) return 'unanswered';
  if (status === 'pending' && failureCode === 'unknown_ending') return 'unknownEnding';
  if (status !== 'returned' || !transfer) return status;
  if (transfer.suspenseReason) return 'returnedToSuspense';
  return transfer.walletId === walletId ? status : 'returnedElsewhere';
}

/** What was sent without an answer isn't sent again while something keeps it back. */
function NotAgain({ withdrawal }: Pick<MeaningProps, 'withdrawal'>) {
  const t = useTranslations('gate');
  const wordsOf = useHeldWords();
  const reason = heldNow(withdrawal);
  if (reason === null) return null;
  return (
    <p>
      {t('notAgain')} {wordsOf(reason).title}.
    </p>
  );
}

function Resolve({ transfer }: { transfer: { id: string } }) {
  const t = useTranslations('withdrawals.detail');
  return (
    <Button asChild size="sm">
      <Link href={`/deposits/${transfer.id}`}>{t('resolve')}</Link>
    </Button>
  );
}

function Approvers({ withdrawal, operator }: Pick<MeaningProps, 'withdrawal' | 'operator'>) {
  const t = useTranslations('withdrawals.detail');
  const own = withdrawal.requestedById === operator.id;
  if (withdrawal.batch)
    return (
      <p>
        {t('withBatch')}{' '}
        <Link href={`/withdrawals/batches/${withdrawal.batch.id}`} className="rounded-sm underline">
          {t('seeBatch')}
        </Link>
      </p>
    );
  return (
    <>
      {withdrawal.approvalReason ? <p>{t(`why.${withdrawal.approvalReason}`)}</p> : null}
      {withdrawal.firstSeen ? <p>{t('firstSeen')}</p> : null}
      {own ? <p>{t('own')}</p> : can(operator.role, 'withdrawals:approve') ? null : <p>{t('notYours')}</p>}
    </>
  );
}
