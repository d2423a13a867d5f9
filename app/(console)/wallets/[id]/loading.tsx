import { getTranslations } from 'next-intl/server';
import { Skeleton } from '~/components/ui/skeleton';

/** A wallet's page while it loads: heading, balances, movements. */
export default async function Loading() {
  const t = await getTranslations('common');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="mb-1.5 h-5 w-20" />
      <Skeleton className="mb-1.5 h-8 w-64 max-w-full" />
      <Skeleton className="mb-5 h-5 w-72 max-w-full" />
      <Skeleton className="mb-8 h-60 w-full sm:h-48 lg:h-28" />
      <Skeleton className="mb-4 h-9 w-full" />
      <Skeleton className="mb-3 h-8 w-72 max-w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
