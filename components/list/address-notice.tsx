'use client';

import { useTranslations } from 'next-intl';
import { FilterBar } from '~/components/list/filter-bar';
import type { ReadAddress } from '~/components/list/read-address';

/** On a page whose list has no filters: what nobody can read in its address, and what means nothing here. */
export function AddressNotice({ read }: { read: Pick<ReadAddress<unknown>, 'unreadable' | 'unknown'> }) {
  const t = useTranslations('common.filters');
  if (read.unreadable.length === 0 && read.unknown.length === 0) return null;
  return <FilterBar read={read} label={t('label')} />;
}
