import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';

/** Why a payout that is ready doesn't leave: its account's books and Fintoc part. */
export function Paused({ breakId }: { breakId: string }) {
  const t = useTranslations('proof.paused');
  return (
    <Notice
      title={t('title')}
      hint={t('hint')}
      action={t('action')}
      href={`/proof/breaks/${breakId}` as Route}
    />
  );
}

/** The same, because its wallet is frozen. */
export function Frozen({ walletId }: { walletId: string }) {
  const t = useTranslations('withdrawals.frozen');
  return (
    <Notice title={t('title')} hint={t('hint')} action={t('action')} href={`/wallets/${walletId}` as Route} />
  );
}

type NoticeProps = { title: string; hint: string; action: string; href: Route };

function Notice({ title, hint, action, href }: NoticeProps) {
  return (
    <Alert
      tone="warning"
      title={title}
      className="mb-6"
      action={
        <Button asChild size="sm">
          <Link href={href}>{action}</Link>
        </Button>
      }
    >
      {hint}
    </Alert>
  );
}
