import { Compass } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '~/components/empty-state';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';

export default async function NotFoundPage() {
  const t = await getTranslations('common.notFound');
  return (
    <main className="flex min-h-[70dvh] items-center justify-center p-4">
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
    </main>
  );
}
