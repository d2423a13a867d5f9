import { getTranslations } from 'next-intl/server';
import { Skeleton } from '~/components/ui/skeleton';

/** A customer's page while it loads: who it is, what they have, what moved; facts on the right. */
export default async function Loading() {
  const t = await getTranslations('common');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="mb-1.5 h-5 w-40" />
      <Skeleton className="mb-1.5 h-8 w-64 max-w-full" />
      <Skeleton className="mb-5 h-5 w-full max-w-lg" />
      <div className="grid gap-x-8 min-[90rem]:grid-cols-[minmax(0,1fr)_19rem]">
        <div>
          <Skeleton className="mb-8 h-36 w-full sm:h-24" />
          <Skeleton className="mb-2.5 h-6 w-36" />
          <Skeleton className="mb-8 h-32 w-full" />
          <Skeleton className="mb-2.5 h-11 w-48" />
          <Skeleton className="mb-8 h-112 w-full" />
        </div>
        <div>
          <Skeleton className="mb-2.5 h-8 w-24" />
          <Skeleton className="mb-8 h-112 w-full" />
          <Skeleton className="mb-2.5 h-6 w-24" />
          <Skeleton className="h-40 w-full" />
        </div>
      </div>
    </div>
  );
}
