import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { findOpenBreak } from '~/lib/proof/read';

/** Why a payout that is ready doesn't leave: its account's books and Fintoc part. */
export async function Paused({ accountId }: { accountId: string }) {
  const broken = await findOpenBreak(accountId);
  if (!broken) return null;
  const t = await getTranslations('proof.paused');
  return (
    <Alert
      tone="warning"
      title={t('title')}
      className="mb-6"
      action={
        <Button asChild size="sm">
          <Link href={`/proof/breaks/${broken.id}` as Route}>{t('action')}</Link>
        </Button>
      }
    >
      {t('hint')}
    </Alert>
  );
}
