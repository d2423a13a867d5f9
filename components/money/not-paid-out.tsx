import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';

/** Why a wallet that is open has no way to withdraw. */
export function NotPaidOut({ asset, paidOut }: { asset: string; paidOut: readonly string[] }) {
  const t = useTranslations('withdrawals.new');
  return (
    <Alert tone="neutral" className="mb-6" title={t('obstacle.currency', { asset })}>
      {t('currencyHint', { asset, paidOut: paidOut.join(', ') })}
    </Alert>
  );
}
