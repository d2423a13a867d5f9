import { useTranslations } from 'next-intl';
import { Card } from '~/components/ui/card';
import { Skeleton } from '~/components/ui/skeleton';

type SectionSkeletonProps = { sections: readonly number[] };

/** A page of one thing while it loads: its head, and sections of so many rows each. */
export function SectionSkeleton({ sections }: SectionSkeletonProps) {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')}>
      <Skeleton className="mb-2 h-5 w-40" />
      <Skeleton className="mb-6 h-8 w-72 max-w-full" />
      {sections.map((rows, section) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have a fixed order.
        <div key={section} className="mb-8">
          <Skeleton className="mb-2.5 h-6 w-32" />
          <Card className="p-4 sm:p-5">
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder are all alike.
              <div key={row} className="flex h-9 items-center gap-6 border-b last:border-b-0">
                <Skeleton className="h-4 w-32" />
                <Skeleton className="h-4 w-56 max-w-full" />
              </div>
            ))}
          </Card>
        </div>
      ))}
    </div>
  );
}
