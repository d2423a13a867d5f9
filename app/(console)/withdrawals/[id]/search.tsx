import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';

/** Of a withdrawal whose request got no answer: what was searched for at Fintoc, and that it had nothing. */
export function Search({ withdrawal }: { withdrawal: WithdrawalRecord }) {
  const t = useTranslations('gate.search');
  const { status, submittedAt, sentAt, submitAttempts, searchedAt, searchedSince, searchedCount } =
    withdrawal;
  // While the first try is under way there is nothing to tell.
  const isUnanswered =
    withdrawal.failureCode !== null || searchedAt !== null || withdrawal.heldReason !== null;
  if (status !== 'submitting' || !submittedAt || !isUnanswered) return null;
  return (
    <Section title={t('title')} description={t('description')}>
      <DetailList
        items={[
          { label: t('sent'), value: <Timestamp at={submittedAt} format="seconds" /> },
          ...(sentAt && sentAt.getTime() !== submittedAt.getTime()
            ? [{ label: t('sentAgain'), value: <Timestamp at={sentAt} format="seconds" /> }]
            : []),
          { label: t('tries'), value: submitAttempts },
          ...(searchedAt && searchedSince && searchedCount !== null
            ? [
                { label: t('at'), value: <Timestamp at={searchedAt} format="seconds" /> },
                {
                  label: t('among'),
                  value: t.rich('amongCount', {
                    count: searchedCount,
                    since: () => <Timestamp at={searchedSince} />,
                  }),
                },
                { label: t('result'), value: <span className="font-medium">{t('nothing')}</span> },
              ]
            : [{ label: t('result'), value: t('never') }]),
        ]}
      />
    </Section>
  );
}
