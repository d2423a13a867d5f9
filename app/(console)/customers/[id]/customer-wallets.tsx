import { Wallet } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { EmptyState } from '~/components/list/empty-state';
import { WalletTable } from '~/components/list/wallet-table';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { WalletRow } from '~/lib/wallets/wallets';

type CustomerWalletsProps = {
  wallets: readonly WalletRow[];
  total: number;
  customerId: string;
};

/** A customer's wallets with their balances; the rest of a long list is one click away. */
export function CustomerWallets({ wallets, total, customerId }: CustomerWalletsProps) {
  const t = useTranslations('customers.page');
  const all = (
    <Button asChild size="sm">
      <Link href={`/wallets?customer=${customerId}`}>{t('allWallets', { count: total })}</Link>
    </Button>
  );
  return (
    <Section title={t('wallets')} flush actions={total > wallets.length ? all : null}>
      <WalletTable
        wallets={wallets}
        columns={['name', 'status', 'clabe', 'fintoc', 'available', 'pending', 'reserved']}
        empty={<EmptyState icon={Wallet} title={t('noWallets')} description={t('noWalletsHint')} />}
      />
    </Section>
  );
}
