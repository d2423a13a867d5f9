import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';

type MovingNoticeProps = { walletId: string; asset: string };

/** That it changes its pattern now, which its payouts wait for. */
export function MovingNotice({ walletId, asset }: MovingNoticeProps) {
  const t = useTranslations('patterns.moves');
  return (
    <Alert
      tone="info"
      className="mb-5"
      action={
        <Link href={to(`/wallets/${walletId}/patterns?asset=${asset}`)} className="text-link hover:underline">
          {t('see')}
        </Link>
      }
    >
      {t('notice')}
    </Alert>
  );
}
