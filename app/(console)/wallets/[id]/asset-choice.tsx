import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import type { WalletView } from '~/lib/wallets/wallets';

/** What a wallet holds in each of its assets, and which one the page is about. Of one asset there is nothing to choose. */
export function AssetChoice({ wallet }: { wallet: WalletView }) {
  const t = useTranslations('wallets');
  if (wallet.assets.length < 2) return null;
  return (
    <nav aria-label={t('assets.label')} className="mb-5">
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {wallet.assets.map(({ asset, balances, state }) => {
          const isSeen = asset === wallet.asset;
          return (
            <li key={asset}>
              <Link
                href={`/wallets/${wallet.id}?asset=${asset}`}
                aria-current={isSeen ? 'page' : undefined}
                className={cn(
                  'grid gap-0.5 rounded-lg border bg-card px-4 py-3 hover:border-muted-foreground',
                  isSeen && 'border-primary ring-1 ring-primary hover:border-primary',
                )}
              >
                <span className="flex items-baseline justify-between gap-3 text-sm">
                  <span className="font-medium">{asset}</span>
                  <span className="text-muted-foreground">
                    {state === 'opening' ? t('assets.opening') : t('balances.available')}
                  </span>
                </span>
                <Money amount={balances.available} asset={asset} size="lg" />
                <span className="flex flex-wrap gap-x-3 text-muted-foreground text-xs">
                  {(['pending', 'reserved'] as const).map((bucket) => (
                    <span key={bucket}>
                      {t(`balances.${bucket}`)}{' '}
                      <Money amount={balances[bucket]} asset={asset} className="text-xs" />
                    </span>
                  ))}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
