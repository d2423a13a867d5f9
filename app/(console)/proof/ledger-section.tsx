import { CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { useFaultWords, useRuleWords } from '~/components/words/rule-words';
import type { LedgerCheck } from '~/lib/proof/ledger-check';

/** What the ledger promises of itself, whatever Fintoc says. */
export function LedgerSection({ check }: { check: LedgerCheck }) {
  const t = useTranslations('proof.ledger');
  const ruleWord = useRuleWords();
  const words = useFaultWords();
  const { at, faults, warnings, roundAt } = check;
  return (
    <Section title={t('title')} description={t('hint')}>
      {warnings.map(({ subject, expected, actual }) => (
        <Alert key={subject} tone="warning" title={t('swept')} className="mb-4">
          {subject}: {words(actual)}; {words(expected)}
        </Alert>
      ))}
      {faults.length > 0 ? (
        <>
          <Alert tone="danger" title={t('wrong', { count: faults.length })} className="mb-4">
            {t('wrongHint')}
          </Alert>
          {faults.map(({ rule, subject, expected, actual }) => (
            <div key={rule} className="mt-4">
              <h3 className="mb-2 break-words font-medium text-sm">
                {ruleWord(rule)}: <span className="font-normal">{words(subject)}</span>
              </h3>
              <DetailList
                items={[
                  { label: t('expected'), value: words(expected) },
                  { label: t('actual'), value: words(actual) },
                ]}
              />
            </div>
          ))}
        </>
      ) : (
        <p className="flex items-start gap-2 text-sm">
          {at ? (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
          ) : (
            <Clock aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
          )}
          <span>
            {at ? (
              <>
                {t('ok', { transaction: check.ledger_transactions })}{' '}
                <span className="text-muted-foreground">
                  {t.rich('at', { at: () => <Timestamp at={at} format="seconds" /> })}
                  {roundAt ? <> {t.rich('round', { at: () => <Timestamp at={roundAt} /> })}</> : null}
                </span>
              </>
            ) : (
              t('never')
            )}
          </span>
        </p>
      )}
    </Section>
  );
}
