import { useTranslations } from 'next-intl';
import { Card } from '~/components/ui/card';
import { Skeleton } from '~/components/ui/skeleton';

type ListSkeletonProps = { tabs?: boolean; rows?: number };

/** A list page while it loads: heading, tabs, filters and rows in their final sizes. */
export function ListSkeleton({ tabs = false, rows = 12 }: ListSkeletonProps) {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')}>
      <Skeleton className="mb-2 h-7 w-44" />
      <Skeleton className="mb-5 h-5 w-80 max-w-full" />
      {tabs ? <Skeleton className="mb-5 h-9 w-full" /> : null}
      <div className="mb-3 flex flex-wrap gap-2">
        <Skeleton className="h-8 w-full max-sm:h-11 sm:w-72" />
        <Skeleton className="h-8 w-24 max-sm:h-11" />
        <Skeleton className="h-8 w-24 max-sm:h-11" />
      </div>
      <Card>
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder are all alike.
          <div key={index} className="flex h-12 items-center gap-6 border-b px-4 last:border-b-0">
            <Skeleton className="h-4 w-28" />
            <Skeleton className="h-4 w-40 max-sm:hidden" />
            <Skeleton className="h-4 w-32 max-sm:hidden" />
            <Skeleton className="ml-auto h-4 w-24" />
          </div>
        ))}
      </Card>
    </div>
  );
}
