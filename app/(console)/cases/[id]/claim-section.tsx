import { useFormatter, useTranslations } from 'next-intl';
import { EditClaim } from '~/app/(console)/cases/[id]/edit-claim';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import type { CaseRecord } from '~/lib/cases/read';
import { toDecimal } from '~/lib/money';

/** The payment as the customer says it: what a bank asks for in a SPEI aclaración. */
export function ClaimSection({ work, writes }: { work: CaseRecord; writes: boolean }) {
  const t = useTranslations('cases.claim');
  const formatter = useFormatter();
  const { trackingKey, operationDay, amount, asset, sendingBank, receivingBank, beneficiaryAccount, sight } =
    work;
  const facts: (Detail | null)[] = [
    trackingKey === null ? null : { label: t('trackingKey'), value: <Identifier value={trackingKey} /> },
    operationDay && {
      label: t('operationDay'),
      value: formatter.dateTime(operationDay, { dateStyle: 'medium', timeZone: 'UTC' }),
    },
    amount === null || asset === null
      ? null
      : { label: t('amount'), value: <Money amount={amount} asset={asset} /> },
    sendingBank === null ? null : { label: t('sendingBank'), value: sendingBank },
    receivingBank === null ? null : { label: t('receivingBank'), value: receivingBank },
    beneficiaryAccount === null
      ? null
      : {
          label: t('beneficiaryAccount'),
          value: <Identifier value={beneficiaryAccount} copy={isWhole(beneficiaryAccount)} />,
        },
  ];
  const known = facts.filter((fact) => fact !== null);
  // Who sees an account masked would save the dots.
  const edits = writes && (sight.seen || beneficiaryAccount === null || isWhole(beneficiaryAccount));
  return (
    <Section
      title={t('title')}
      description={t('hint')}
      actions={
        edits ? (
          <EditClaim
            caseId={work.id}
            claim={{
              trackingKey: trackingKey ?? '',
              operationDay: operationDay?.toISOString().slice(0, 10) ?? '',
              amount: amount === null ? '' : toDecimal(amount, 'MXN'),
              sendingBank: sendingBank ?? '',
              receivingBank: receivingBank ?? '',
              beneficiaryAccount: beneficiaryAccount ?? '',
            }}
          />
        ) : null
      }
    >
      {known.length > 0 ? (
        <DetailList items={known} />
      ) : (
        <p className="text-muted-foreground text-sm">{t('none')}</p>
      )}
    </Section>
  );
}

const isWhole = (account: string) => !account.includes('•');
