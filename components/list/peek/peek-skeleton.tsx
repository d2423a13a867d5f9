import { useTranslations } from 'next-intl';
import { Skeleton } from '~/components/ui/skeleton';

/** What stands beside a list until its record is there. */
export function PeekSkeleton() {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')} className="grid gap-4 p-4">
      <Skeleton className="h-7 w-2/5" />
      <Skeleton className="h-8 w-3/5" />
      <Skeleton className="h-20" />
      <Skeleton className="h-48" />
    </div>
  );
}
