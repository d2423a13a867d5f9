'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { withoutPage } from '~/components/list/page-query';
import { queries } from '~/components/live/queries';
import { Money } from '~/components/money/money';
import type { ExportListName } from '~/lib/exports/lists';

export type TotalledList = {
  list: ExportListName;
  /** One wallet's; left out, of all that the address says. */
  walletId?: string;
  /** Of that wallet, in one of its assets. */
  asset?: string;
};

type Totals = {
  count: number;
  more: boolean;
  sums: { asset: string; direction: 'in' | 'out' | null; amount: string }[];
};

/** What all rows of a filtered list come to, on every page of it; of a great many only that they are. */
export function ListSums({ list, walletId, asset }: TotalledList) {
  const t = useTranslations('common.totals');
  const query = withoutPage(new URLSearchParams(useSearchParams().toString()));
  if (walletId) query.set('wallet', walletId);
  if (asset) query.set('asset', asset);
  const address = `/api/totals/${list}?${query}`;
  const { data } = useQuery(
    {
      queryKey: ['totals', address],
      queryFn: async ({ signal }) => {
        const answer = await fetch(address, { signal });
        return answer.ok ? ((await answer.json()) as Totals) : null;
      },
      staleTime: 10_000,
    },
    queries,
  );
  if (!data || data.count === 0) return null;
  return (
    <span role="status" className="flex flex-wrap items-baseline gap-x-3 text-sm">
      <span className="text-muted-foreground">{t(data.more ? 'more' : 'count', { count: data.count })}</span>
      {data.sums.map(({ asset: of, direction, amount }) => (
        <span key={`${of} ${direction}`}>
          {direction ? <span className="text-muted-foreground">{t(direction)} </span> : null}
          <Money amount={amount} asset={of} className="font-medium" />
        </span>
      ))}
    </span>
  );
}
