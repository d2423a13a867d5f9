import { getTranslations } from 'next-intl/server';
import { Skeleton } from '~/components/ui/skeleton';

const ROWS = Array.from({ length: 8 }, (_, index) => index);

/** The shape of a list page, so that nothing jumps when it comes. */
export default async function Loading() {
  const t = await getTranslations('common');
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-2 mb-6 h-5 w-80 max-w-full" />
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-72 max-sm:h-11 max-sm:w-full" />
        <Skeleton className="h-8 w-24 max-sm:hidden" />
      </div>
      <div className="rounded-lg border">
        {ROWS.map((row) => (
          <div key={row} className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0 max-sm:h-16">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 w-24 max-sm:hidden" />
            <Skeleton className="ml-auto h-4 w-28" />
          </div>
        ))}
      </div>
    </div>
  );
}
