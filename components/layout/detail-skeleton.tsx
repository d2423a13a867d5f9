import { useTranslations } from 'next-intl';
import { Card } from '~/components/ui/card';
import { Skeleton } from '~/components/ui/skeleton';

/** The page of one record while it loads: heading, notice, facts and history in their final places. */
export function DetailSkeleton() {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')}>
      <Skeleton className="mb-3 h-4 w-20" />
      <Skeleton className="mb-2 h-8 w-56" />
      <Skeleton className="mb-5 h-5 w-64 max-w-full" />
      <Skeleton className="mb-6 h-16 w-full" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Lines count={10} />
        <Lines count={4} />
      </div>
    </div>
  );
}

function Lines({ count }: { count: number }) {
  return (
    <Card className="grid gap-5 p-5">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a placeholder are all alike.
        <Skeleton key={index} className="h-4 w-full" />
      ))}
    </Card>
  );
}
