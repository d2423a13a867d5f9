'use client';

import type { TotalledList } from '~/components/list/list-sums';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';

const sums = onDemand(() => import('~/components/list/list-sums'));

/** What a filtered list comes to. It is asked for once the list can be used. */
export function ListTotals(props: TotalledList) {
  const counted = useOnDemand(sums, true);
  return counted ? <counted.ListSums {...props} /> : null;
}
