'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { choosableAction } from '~/app/(console)/approvals/actions';
import { selectionOf, sumsOf } from '~/app/(console)/approvals/decide/bulk';
import { MOST_CHOSEN } from '~/app/(console)/approvals/decide/limits';
import type { Choice } from '~/app/(console)/approvals/decide/use-decisions';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { AmountTotals } from '~/components/money/approval-totals';
import { Button } from '~/components/ui/button';
import { toast } from '~/components/ui/toast';

type ApprovalBarProps = {
  chosen: readonly WaitingItem[];
  /** How many of them stand on other pages. */
  elsewhere: number;
  /** How many the filter shows in all that can be decided on, where that is more than what is chosen; else null. */
  more: number | null;
  filtered: boolean;
  onMore: (items: WaitingItem[]) => void;
  onAsk: (choice: Choice) => void;
  onClear: () => void;
};

/** How many are chosen and what they come to; stays in view while the list scrolls. */
export function ApprovalBar(props: ApprovalBarProps) {
  const { chosen, elsewhere, more, filtered, onMore, onAsk, onClear } = props;
  const t = useTranslations('approvals');
  return (
    <section
      aria-label={t('bar.label')}
      className="sticky bottom-3 z-30 max-sm:bottom-[calc(var(--phone-bar)+0.5rem)] mt-3 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-border-strong bg-popover px-4 py-2.5 shadow-floating"
    >
      <div role="status" className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-medium">{t('bar.chosen', { count: chosen.length })}</span>
        <AmountTotals of={sumsOf(chosen).amounts} />
        {elsewhere > 0 ? (
          <span className="text-muted-foreground">{t('bar.elsewhere', { count: elsewhere })}</span>
        ) : null}
      </div>
      {more === null ? null : <More count={more} filtered={filtered} onMore={onMore} />}
      <div className="ml-auto flex gap-2 max-sm:w-full max-sm:flex-wrap max-sm:[&>*]:flex-1">
        <Button variant="ghost" onClick={onClear}>
          {t('bar.clear')}
        </Button>
        <Button onClick={() => onAsk('decline')}>{t('decline.action')}</Button>
        <Button variant="primary" onClick={() => onAsk('approve')} className="max-sm:basis-full">
          {t('approve.confirm', { of: selectionOf(chosen), count: chosen.length })}
        </Button>
      </div>
    </section>
  );
}

/** Everything that the filter shows, on whichever page it stands. */
function More({
  count,
  filtered,
  onMore,
}: {
  count: number;
  filtered: boolean;
  onMore: ApprovalBarProps['onMore'];
}) {
  const t = useTranslations('approvals.bar');
  const [fetching, startFetch] = useTransition();

  const fetchAll = () =>
    startFetch(async () => {
      await choosableAction(window.location.search).then(onMore, () => {
        toast.error(t('allFailed'));
      });
    });

  const words =
    count > MOST_CHOSEN
      ? t('allBounded', { most: MOST_CHOSEN, count })
      : t(filtered ? 'allFiltered' : 'all', { count });
  return (
    <Button variant="ghost" size="sm" onClick={fetchAll} disabled={fetching} className="text-link">
      {fetching ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {words}
    </Button>
  );
}
