'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useConnection } from '~/components/live/connection';
import { Timestamp } from '~/components/record/timestamp';
import { cn } from '~/components/ui/cn';

/** Pages ask every two seconds: what was not answered for this long is no longer as good as now. */
const STALE_AFTER_MS = 10_000;

/** On pages that follow what happens: as of when what they show was so. */
export function Freshness({ className }: { className?: string }) {
  const t = useTranslations('nav.connection');
  const { freshAt, isLost, isSignedOut } = useConnection();
  const isOld = useIsOld(freshAt);
  if (freshAt === null) return null;
  const isStale = isLost || isSignedOut || isOld;
  return (
    <p className={cn('flex items-center gap-2 text-muted-foreground text-xs', className)}>
      <span aria-hidden className={cn('size-1.5 rounded-full', isStale ? 'bg-warning' : 'bg-success')} />
      {isStale ? t('staleSince') : t('freshAt')} <Timestamp at={new Date(freshAt)} format="time" />
    </p>
  );
}

function useIsOld(freshAt: number | null): boolean {
  const [old, setOld] = useState<number | null>(null);
  useEffect(() => {
    if (freshAt === null) return;
    const timer = setTimeout(setOld, STALE_AFTER_MS, freshAt);
    return () => clearTimeout(timer);
  }, [freshAt]);
  return freshAt !== null && old === freshAt;
}
