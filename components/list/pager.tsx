'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { TotalledList } from '~/components/list/list-sums';
import { ListTotals } from '~/components/list/list-totals';
import { nextPageQuery, previousPageQuery } from '~/components/list/page-query';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { known } from '~/components/ui/to';

type PagerProps = {
  /** Of `Page`: where the next page starts; null on the last. */
  nextCursor: string | null;
  /** How many rows this page shows. */
  count: number;
  /** Set where the list is filtered and its rows are money: what all of them come to. */
  totals?: TotalledList | undefined;
};

/** Previous and next of a keyset list. The address holds the cursor and the way back, so it can be shared. */
export function Pager({ nextCursor, count, totals }: PagerProps) {
  const t = useTranslations('common.pager');
  const pathname = usePathname();
  const search = useSearchParams();
  const previous = previousPageQuery(search);
  const next = nextCursor === null ? null : nextPageQuery(search, nextCursor);
  const partial = previous !== null || next !== null;
  if (count === 0 && !partial) return null;
  return (
    <nav aria-label={t('label')} className="mt-3 flex min-h-8 items-center justify-between gap-3">
      <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="text-muted-foreground text-sm tabular-nums">
          {t(partial ? 'rowsMore' : 'rows', { count })}
        </span>
        {totals ? <ListTotals {...totals} /> : null}
      </span>
      {partial ? (
        <span className="flex gap-2">
          <Step href={previous === null ? null : pathname + previous}>
            <ChevronLeft aria-hidden />
            {t('previous')}
          </Step>
          <Step href={next === null ? null : pathname + next}>
            {t('next')}
            <ChevronRight aria-hidden />
          </Step>
        </span>
      ) : null}
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: React.ReactNode }) {
  if (href === null) return <Button disabled>{children}</Button>;
  return (
    <Button asChild>
      <Link href={known(href)}>{children}</Link>
    </Button>
  );
}
