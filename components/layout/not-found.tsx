import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '~/components/list/empty-state';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';

/** What stands where a page would be, and the way on. */
export function NotFound() {
  const t = useTranslations('common.notFound');
  return (
    <div className="flex min-h-[70dvh] items-center justify-center p-4">
      <EmptyState
        icon={Compass}
        title={<h1>{t('title')}</h1>}
        description={t('description')}
        action={
          <Button asChild>
            <Link href="/">{t('home')}</Link>
          </Button>
        }
      />
    </div>
  );
}
