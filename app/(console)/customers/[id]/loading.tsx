import { getTranslations } from 'next-intl/server';
import { Skeleton } from '~/components/ui/skeleton';

/** A record's page while it loads: heading, lists on the left, facts on the right. */
export default async function Loading() {
  const t = await getTranslations('common');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="mb-1.5 h-5 w-20" />
      <Skeleton className="mb-5 h-8 w-64 max-w-full" />
      <div className="grid gap-8 min-[90rem]:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="grid content-start gap-8">
          <Skeleton className="h-44 w-full" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-24 w-full" />
        </div>
        <div className="grid content-start gap-8">
          <Skeleton className="h-80 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      </div>
    </div>
  );
}
