'use client';

import { useTranslations } from 'next-intl';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { SelectableRow, SelectedAct } from '~/components/list/select/acts';
import { SelectContext } from '~/components/list/select/select-context';
import { useSelection } from '~/components/list/select/use-selection';
import { AmountTotals } from '~/components/money/approval-totals';
import { Button } from '~/components/ui/button';
import { toast } from '~/components/ui/toast';

/** Only who does something with several rows loads it. */
const ActDialog = lazy(() =>
  import('~/components/list/select/act-dialog').then((module) => ({ default: module.ActDialog })),
);

type SelectingProps = { rows: readonly SelectableRow[]; acts: readonly SelectedAct[]; children: ReactNode };

/** A list from which several rows are chosen, and what is done with all of them for one reason. */
export function Selecting({ rows, acts, children }: SelectingProps) {
  const t = useTranslations('common.select');
  const selectable = rows.filter((row) => row.acts.length > 0);
  const selection = useSelection(selectable);
  const [asked, setAsked] = useState<{ act: SelectedAct; rows: SelectableRow[] } | null>(null);
  // As they are now: what a colleague did meanwhile may leave less to do.
  const chosen = selectable.filter(({ id }) => selection.has(id));

  function finish(done: readonly string[], isWhole: boolean) {
    selection.remove(done);
    if (!isWhole) return;
    setAsked(null);
    toast.success(t('done', { count: done.length }));
  }

  return (
    <SelectContext
      value={{
        ...selection,
        count: selectable.length,
        can: (id) => selectable.some((row) => row.id === id),
      }}
    >
      {children}
      {chosen.length > 0 ? (
        <section
          aria-label={t('label')}
          className="sticky bottom-3 z-30 mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-border-strong bg-popover px-4 py-2.5 shadow-floating max-sm:bottom-[calc(var(--phone-bar)+0.5rem)]"
        >
          <div role="status" className="flex flex-wrap items-baseline gap-x-3 text-sm">
            <span className="font-medium">{t('chosen', { count: chosen.length })}</span>
            <AmountTotals of={sumsOf(chosen)} />
          </div>
          <div className="ml-auto flex flex-wrap gap-2">
            <Button variant="ghost" onClick={selection.clear}>
              {t('clear')}
            </Button>
            {acts.map((act) => {
              const able = chosen.filter((row) => row.acts.includes(act.key));
              return able.length > 0 ? (
                <Button key={act.key} onClick={() => setAsked({ act, rows: able })}>
                  {act.label} ({able.length})
                </Button>
              ) : null;
            })}
          </div>
        </section>
      ) : null}
      {asked ? (
        <Suspense>
          <ActDialog {...asked} onDone={finish} onClose={() => setAsked(null)} />
        </Suspense>
      ) : null}
    </SelectContext>
  );
}

function sumsOf(rows: readonly SelectableRow[]): { asset: string; amount: bigint }[] {
  const sums = new Map<string, bigint>();
  for (const { money } of rows) {
    if (money) sums.set(money.asset, (sums.get(money.asset) ?? 0n) + money.amount);
  }
  return [...sums].map(([asset, amount]) => ({ asset, amount }));
}
