import { useFormatter, useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { ProgressBar } from '~/components/record/progress-bar';
import type { BatchRecord } from '~/lib/batches/read';

/** So many payments a second Fintoc takes of one client by default (docs: api-rate-limits, v2-transfers-data-model). */
const A_SECOND = 10;

/** Whole minutes that so many payments take to leave; zero for less than one. */
export function minutesFor(payments: number): number {
  return Math.floor(payments / A_SECOND / 60 + 0.5);
}

/** How far a confirmed batch is: of the money that is set aside, then of what left. */
export function Progress({ batch }: { batch: BatchRecord }) {
  const t = useTranslations('batches.progress');
  const formatter = useFormatter();
  const { state, progress, asset } = batch;
  const { rows, held, refused, waiting, leaving, pending, paid, over } = progress;
  const counts = [
    ['waiting', waiting],
    ['queued', leaving],
    ['pending', pending],
    ['paid', paid],
    ['over', over],
    ['refused', refused],
  ] as const;
  return (
    <Section title={t('title')}>
      <div className="grid gap-4">
        {state === 'holding' ? <Bar of="holding" done={held + refused} rows={rows} /> : null}
        {state === 'approved' && waiting + leaving > 0 ? (
          <>
            <Bar of="leaving" done={held - waiting - leaving} rows={held} />
            <Eta left={waiting + leaving} />
          </>
        ) : null}
        <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
          {counts.map(([key, count]) => (
            <div key={key}>
              <dt className="text-muted-foreground text-sm">{t(key)}</dt>
              <dd className="font-semibold text-lg tabular-nums">{formatter.number(count)}</dd>
              {key === 'paid' && count > 0 ? (
                <dd className="text-muted-foreground text-xs">
                  <Money amount={progress.paidAmount} asset={asset} />
                </dd>
              ) : null}
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}

function Bar({ of, done, rows }: { of: 'holding' | 'leaving'; done: number; rows: number }) {
  const t = useTranslations('batches.progress');
  const formatter = useFormatter();
  const words = t(of, { done: formatter.number(done), rows: formatter.number(rows) });
  return (
    <div className="grid gap-1.5">
      <p className="text-sm">{words}</p>
      <ProgressBar label={words} value={done} most={Math.max(rows, 1)} />
    </div>
  );
}

function Eta({ left }: { left: number }) {
  const t = useTranslations('batches.progress');
  const minutes = minutesFor(left);
  return (
    <p className="text-muted-foreground text-sm">{minutes === 0 ? t('etaSoon') : t('eta', { minutes })}</p>
  );
}
