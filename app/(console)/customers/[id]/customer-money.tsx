import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import type { AssetBalances } from '~/lib/wallets/portfolios';

type CustomerMoneyProps = { customerId: string; balances: readonly AssetBalances[]; wallets: number };

/** What a customer has in all wallets together, asset by asset; nothing for who has no wallet. */
export function CustomerMoney({ customerId, balances, wallets }: CustomerMoneyProps) {
  const t = useTranslations('customers.money');
  const words = useTranslations('wallets.balances');
  if (balances.length === 0) return null;
  return (
    <Card className="@container mb-8 divide-y">
      {balances.map(({ asset, available, pending, reserved }) => (
        <dl
          key={asset}
          aria-label={t('label', { asset })}
          className="grid grid-cols-2 gap-x-6 gap-y-3 p-4 @xl:grid-cols-[minmax(max-content,1.4fr)_1fr_1fr_1fr] @xl:items-baseline @xl:p-5"
        >
          <div className="col-span-2 @xl:col-span-1">
            <dt className="text-muted-foreground text-sm">{words('available')}</dt>
            <dd>
              <Money amount={available} asset={asset} size="xl" />
            </dd>
          </div>
          <Part label={words('pending')} amount={pending} asset={asset} />
          <Part label={words('reserved')} amount={reserved} asset={asset} />
          <div>
            <dt className="text-muted-foreground text-sm">
              <Link
                href={`/wallets?customer=${customerId}&asset=${asset}`}
                className="rounded-sm text-link hover:underline max-sm:inline-block max-sm:py-1"
              >
                {t('total', { count: wallets })}
              </Link>
            </dt>
            <dd>
              <Money amount={available + pending + reserved} asset={asset} size="lg" />
            </dd>
          </div>
        </dl>
      ))}
    </Card>
  );
}

function Part({ label, amount, asset }: { label: string; amount: bigint; asset: string }) {
  return (
    <div>
      <dt className="text-muted-foreground text-sm">{label}</dt>
      <dd>
        <Money
          amount={amount}
          asset={asset}
          size="lg"
          className={amount === 0n ? 'text-muted-foreground' : undefined}
        />
      </dd>
    </div>
  );
}
