import { useTranslations } from 'next-intl';
import { endByHandAction } from '~/app/(console)/withdrawals/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { can, type Role } from '~/lib/roles';
import type { Outcome } from '~/lib/withdrawals/endings';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';

type Word = WithdrawalRecord['endings'][number];
type EndByHandProps = { withdrawal: WithdrawalRecord; operator: { id: string; role: Role } };

/** How it ended, where Fintoc says nothing more of it: what people said, and what this one can say. */
export function EndByHand({ withdrawal, operator }: EndByHandProps) {
  const t = useTranslations('gate.end');
  const outcomes = outcomesOf(withdrawal);
  const { failureDetail } = withdrawal;
  if (outcomes.length === 0) return null;
  // What was said before Fintoc's transfer turned up is of another question.
  const endings = withdrawal.endings.filter(({ outcome }) => outcomes.includes(outcome as Outcome));
  const may = can(operator.role, 'proof:release');
  const own = endings.find(({ operatorId }) => operatorId === operator.id);
  const open = outcomes.filter((outcome) => own?.outcome !== outcome);
  return (
    <Section
      title={t('title')}
      description={
        outcomes.includes('not_paid') ? t('notPaidHint') : t('unknownHint', { status: failureDetail ?? '' })
      }
    >
      <div className="grid gap-4 text-sm">
        {endings.map((word) => (
          <Said key={word.id} word={word} />
        ))}
        {own ? <p className="font-medium">{t('own')}</p> : null}
        {may ? null : <p>{t('notYours')}</p>}
        {may && open.length > 0 ? (
          <div className="flex flex-wrap gap-2">
            {open.map((outcome) => (
              <End
                key={outcome}
                outcome={outcome}
                withdrawalId={withdrawal.id}
                first={endings.find((word) => word.outcome === outcome)}
              />
            ))}
          </div>
        ) : null}
      </div>
    </Section>
  );
}

/** What can be said of it now. */
function outcomesOf({
  status,
  submittedAt,
  failureCode,
  heldReason,
  searchedAt,
}: WithdrawalRecord): Outcome[] {
  if (status === 'pending') return failureCode === 'unknown_ending' ? ['paid', 'came_back'] : [];
  const isUnanswered = failureCode !== null || searchedAt !== null || heldReason !== null;
  return status === 'submitting' && submittedAt && isUnanswered ? ['not_paid'] : [];
}

function Said({ word: { operatorName, outcome, reason, at } }: { word: Word }) {
  const t = useTranslations('gate.end');
  return (
    <div className="break-words">
      <p>
        {t.rich('said', {
          name: operatorName,
          outcome: t(`outcomes.${outcome as Outcome}.word`),
          at: () => <Timestamp at={at} />,
        })}
      </p>
      <p className="text-muted-foreground">{t('reason', { reason })}</p>
    </div>
  );
}

type EndProps = { outcome: Outcome; withdrawalId: string; first: Word | undefined };

function End({ outcome, withdrawalId, first }: EndProps) {
  const t = useTranslations('gate.end');
  return (
    <ConfirmDialog
      act="end_by_hand"
      action={endByHandAction}
      hidden={{ withdrawalId, outcome }}
      trigger={t(`outcomes.${outcome}.action`)}
      title={t(`outcomes.${outcome}.title`)}
      consequence={
        <>
          <p>{t(`outcomes.${outcome}.consequence`)}</p>
          <p className="mt-1.5">{first ? t('second', { name: first.operatorName }) : t('first')}</p>
        </>
      }
      confirm={t(`outcomes.${outcome}.action`)}
      reason="required"
      danger
      success={t('done')}
    />
  );
}
