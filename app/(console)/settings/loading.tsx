import { useTranslations } from 'next-intl';
import { Card } from '~/components/ui/card';
import { Skeleton } from '~/components/ui/skeleton';

const ROWS = ['one', 'two', 'three', 'four', 'five', 'six'];

export default function SettingsLoading() {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')}>
      <Skeleton className="mb-1.5 h-5 w-40" />
      <Skeleton className="mb-3 h-5 w-96 max-w-full" />
      <Card>
        {ROWS.map((row) => (
          <div key={row} className="flex h-12 items-center gap-6 border-b px-4 last:border-b-0">
            <Skeleton className="h-4 w-36" />
            <Skeleton className="h-4 w-48 max-sm:hidden" />
            <Skeleton className="ml-auto h-4 w-24" />
          </div>
        ))}
      </Card>
    </div>
  );
}
