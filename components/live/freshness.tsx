'use client';

import { useTranslations } from 'next-intl';
import { useConnection } from '~/components/live/connection';
import { Timestamp } from '~/components/record/timestamp';
import { cn } from '~/components/ui/cn';

/** On pages that follow what happens: as of when what they show was so. */
export function Freshness({ className }: { className?: string }) {
  const t = useTranslations('nav.connection');
  const { freshAt, isLost, isSignedOut } = useConnection();
  if (freshAt === null) return null;
  const isStale = isLost || isSignedOut;
  return (
    <p className={cn('flex items-center gap-2 text-muted-foreground text-xs', className)}>
      <span aria-hidden className={cn('size-1.5 rounded-full', isStale ? 'bg-warning' : 'bg-success')} />
      {isStale ? t('staleSince') : t('freshAt')} <Timestamp at={new Date(freshAt)} format="time" />
    </p>
  );
}
