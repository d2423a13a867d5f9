import { useTranslations } from 'next-intl';
import type { WalletPageData } from '~/app/(console)/wallets/[id]/wallet';
import { Clabe } from '~/components/clabe';
import { Money } from '~/components/money';
import { StatusBadge } from '~/components/status-badge';
import { Card } from '~/components/ui/card';
import { clabeBank } from '~/lib/clabe';

/** The three balances, and where money arrives. */
export function WalletBalances({ wallet }: { wallet: WalletPageData }) {
  const t = useTranslations('wallets.balances');
  const { balances, asset } = wallet;
  return (
    <Card className="mb-8 grid lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
      <dl
        aria-label={t('label')}
        className="grid grid-cols-2 gap-x-6 gap-y-4 p-4 sm:grid-cols-[auto_1fr_1fr] sm:gap-x-8 sm:p-5"
      >
        <div className="col-span-2 sm:col-span-1 sm:pr-6">
          <dt className="text-muted-foreground text-sm">{t('available')}</dt>
          <dd>
            <Money amount={balances.available} asset={asset} size="xl" />
          </dd>
        </div>
        {(['pending', 'reserved'] as const).map((bucket) => (
          <div key={bucket}>
            <dt className="text-muted-foreground text-sm">{t(bucket)}</dt>
            <dd>
              <Money amount={balances[bucket]} asset={asset} size="lg" />
              <span className="block text-muted-foreground text-xs">{t(`${bucket}Hint`)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Address wallet={wallet} />
    </Card>
  );
}

function Address({ wallet: { accountNumber, asset, kind, account, entity } }: { wallet: WalletPageData }) {
  const t = useTranslations('wallets.address');
  const holder = entity ?? account?.entity;
  const bank = accountNumber ? clabeBank(accountNumber.number) : null;
  return (
    <div className="border-t p-4 text-sm sm:p-5 lg:border-t-0 lg:border-l">
      <div className="flex items-center justify-between gap-2 text-muted-foreground">
        {t(asset === 'CLP' ? 'number' : 'clabe')}
        {accountNumber && accountNumber.status !== 'enabled' ? (
          <StatusBadge kind="accountNumber" status={accountNumber.status} />
        ) : null}
      </div>
      {accountNumber ? (
        <>
          <Clabe value={accountNumber.number} className="mt-0.5 font-medium text-lg" />
          <div className="text-muted-foreground">
            {[bank?.name, holder && t('holder', { name: holder.holderName })].filter(Boolean).join(' · ')}
          </div>
        </>
      ) : (
        <div className="mt-0.5 text-muted-foreground">{t(kind === 'customer' ? 'none' : 'noneHouse')}</div>
      )}
    </div>
  );
}
