'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useContext } from 'react';
import { RuleModeBadge } from '~/app/(console)/settings/rules/rule-mode';
import { FormActions, SubmitButton } from '~/components/form/form';
import { FormContext } from '~/components/form/form-context';
import { AmountTotals } from '~/components/money/approval-totals';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { useRuleSentence } from '~/components/words/rule-sentence';
import type { RuledAction } from '~/lib/approvals/actions';
import type { Conditions } from '~/lib/approvals/conditions';
import type { RuleMode } from '~/lib/approvals/rule-words';
import type { Steps } from '~/lib/approvals/steps';
import type { Tried } from '~/lib/deciding/tryout';
import { LEAFS_TO } from '~/lib/form-state';

export type LookedAt = {
  rule: { action: RuledAction; conditions: Conditions; steps: Steps; mode: RuleMode };
  tried: Tried;
};

/** What the rule says, and what it would have done in the last months, before anybody is asked to agree. */
export function RuleLook({ look: { rule, tried } }: { look: LookedAt }) {
  const t = useTranslations('settings.rules.tried');
  const sentence = useRuleSentence();
  const form = useContext(FormContext);
  const { days, looked, waits, waited, totals, page, isCut } = tried;
  const { rows } = page;
  return (
    <section aria-label={t('title', { days })} className="grid gap-4">
      <p className="flex flex-wrap items-baseline gap-2 text-base">
        <span className="text-pretty font-medium">{sentence(rule)}</span>
        <RuleModeBadge mode={rule.mode} />
      </p>
      <Alert tone={waits > 0 ? 'warning' : 'info'}>
        <p className="font-medium">{t('outcome', { days, looked, waits })}</p>
        {waits > 0 ? <p>{t('waited', { waits, waited })}</p> : null}
        {isCut ? <p>{t('cut', { looked })}</p> : null}
      </Alert>
      {totals.length > 0 ? (
        <p className="flex flex-wrap gap-x-2 text-sm">
          {t('sum')} <AmountTotals of={totals} />
        </p>
      ) : null}
      {rows.length > 0 ? (
        <ul aria-label={t('list')} className="divide-y rounded-lg border text-sm">
          {rows.map(({ id, at, asset, amount, wallet, waited: did }) => (
            <li key={`${id} ${at.getTime()}`} className="flex flex-wrap justify-between gap-x-4 px-3.5 py-2">
              <span className="min-w-0 break-words">
                <Timestamp at={at} /> · {wallet ?? '—'}
                {did ? <span className="text-muted-foreground"> · {t('did')}</span> : null}
              </span>
              {asset !== null && amount !== null ? <Money amount={amount} asset={asset} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {waits > rows.length ? <Leaf page={page} waits={waits} /> : null}
      <FormActions>
        <Button onClick={form?.edit}>{t('edit')}</Button>
        <SubmitButton>{t('ask')}</SubmitButton>
      </FormActions>
    </section>
  );
}

/** To the rows before and after, over the same form. */
function Leaf({ page, waits }: { page: Tried['page']; waits: number }) {
  const t = useTranslations('settings.rules.tried');
  const common = useTranslations('common.pager');
  const form = useContext(FormContext);
  const step = (cursor: string | null) => ({
    type: 'submit' as const,
    name: LEAFS_TO,
    value: cursor ?? '',
    disabled: cursor === null || form?.isPending,
  });
  return (
    <nav aria-label={common('label')} className="flex flex-wrap items-center justify-between gap-3">
      <span className="text-muted-foreground text-sm tabular-nums">
        {t('shown', { from: page.from, to: page.from + page.rows.length - 1, count: waits })}
      </span>
      <span className="flex gap-2">
        <Button {...step(page.previousCursor)}>
          <ChevronLeft aria-hidden />
          {common('previous')}
        </Button>
        <Button {...step(page.nextCursor)}>
          {common('next')}
          <ChevronRight aria-hidden />
        </Button>
      </span>
    </nav>
  );
}
