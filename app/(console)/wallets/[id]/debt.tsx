import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import type { WalletView } from '~/lib/wallets/wallets';

/** What the customer owes for a deposit that went back, where they owe. */
export function Debt({ wallet: { debt, asset } }: { wallet: Pick<WalletView, 'debt' | 'asset'> }) {
  const t = useTranslations('wallets.debt');
  if (debt === 0n) return null;
  return (
    <Alert
      tone="danger"
      className="mb-6"
      title={t.rich('title', { amount: () => <Money amount={debt} asset={asset} /> })}
    >
      {t('hint')}
    </Alert>
  );
}
