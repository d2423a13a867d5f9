import { getTranslations } from 'next-intl/server';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { isStandingStill } from '~/lib/standstill/found';

/** On the pages that people look at first: that nothing is paid out, and where to let it go on. */
export async function StandingStill() {
  if (!(await isStandingStill())) return null;
  const t = await getTranslations('standstill');
  return (
    <Alert
      tone="danger"
      title={t('open')}
      className="mb-6"
      action={
        <Button asChild variant="secondary" size="sm">
          <Link href="/proof/restored">{t('look')}</Link>
        </Button>
      }
    >
      {t('banner')}
    </Alert>
  );
}
