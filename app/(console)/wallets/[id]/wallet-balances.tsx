import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { lookBackQuery } from '~/components/list/look-back';
import type { LookBack } from '~/components/list/look-back-params';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useMomentWords } from '~/components/words/moment-words';
import { clabeBank } from '~/lib/clabe-bank';
import type { Balances } from '~/lib/ledger/balances';
import { joined } from '~/lib/text';
import type { WalletView } from '~/lib/wallets/wallets';

type WalletBalancesProps = {
  wallet: WalletView;
  look: LookBack;
  /** The balances of the moment that is looked at; left out, those of now. */
  then: Balances | undefined;
  /** Those of the moment to compare with. */
  compared: Balances | undefined;
};

/** The three balances, each leading to what makes it, and where money arrives. */
export function WalletBalances({ wallet, look, then, compared }: WalletBalancesProps) {
  const t = useTranslations('wallets.balances');
  const explain = useTranslations('wallets.explain');
  const { asset } = wallet;
  const balances = then ?? wallet.balances;
  const explanation = (bucket: keyof Balances, which: 'at' | 'compared') =>
    to(`/wallets/${wallet.id}/balance?asset=${asset}&bucket=${bucket}${lookBackQuery(look, which)}`);
  const amount = (bucket: keyof Balances, size: 'lg' | 'xl') => (
    <>
      <Link
        href={explanation(bucket, 'at')}
        title={explain('link')}
        className="w-fit rounded-sm decoration-1 decoration-muted-foreground underline-offset-4 hover:underline max-sm:inline-block max-sm:py-1"
      >
        <Money amount={balances[bucket]} asset={asset} size={size} />
      </Link>
      {compared ? (
        <Change
          amount={balances[bucket] - compared[bucket]}
          asset={asset}
          look={look}
          href={explanation(bucket, 'compared')}
        />
      ) : null}
    </>
  );
  return (
    <Card className="@container mb-8">
      <div className="grid @min-[44rem]:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <dl
          aria-label={t('label')}
          className="grid grid-cols-2 gap-x-6 gap-y-4 p-4 @lg:grid-cols-[minmax(max-content,1fr)_1fr_1fr] @lg:gap-x-8 @lg:p-5"
        >
          <div className="col-span-2 @lg:col-span-1 @lg:pr-6">
            <dt className="text-muted-foreground text-sm">{t('available')}</dt>
            <dd>{amount('available', 'xl')}</dd>
          </div>
          {(['pending', 'reserved'] as const).map((bucket) => (
            <div key={bucket}>
              <dt className="text-muted-foreground text-sm">{t(bucket)}</dt>
              <dd>
                {amount(bucket, 'lg')}
                <span className="block text-muted-foreground text-xs">{t(`${bucket}Hint`)}</span>
              </dd>
            </div>
          ))}
        </dl>
        <Address wallet={wallet} />
      </div>
    </Card>
  );
}

type ChangeProps = { amount: bigint; asset: string; look: LookBack; href: Route };

/** What came since another moment, which leads to what made the balance of then. */
function Change({ amount, asset, look, href }: ChangeProps) {
  const t = useTranslations('common.moment');
  const words = useMomentWords();
  return (
    <span className="block text-muted-foreground text-xs">
      <Money amount={amount} asset={asset} signed className="text-xs" />{' '}
      <Link href={href} className="rounded-sm underline underline-offset-2 hover:text-foreground">
        {t('since', { moment: words(look.words.compared) ?? '' })}
      </Link>
    </span>
  );
}

function Address({ wallet }: { wallet: WalletView }) {
  const { accountNumber, asset, kind, rail, status, account, entity } = wallet;
  const t = useTranslations('wallets.address');
  const holder = entity ?? account?.entity;
  const bank = accountNumber ? clabeBank(accountNumber.number) : null;
  const gone = accountNumber?.status === 'deleted';
  return (
    <div className="border-t p-4 text-sm @lg:p-5 @min-[44rem]:border-t-0 @min-[44rem]:border-l">
      <div className="flex items-center justify-between gap-2 text-muted-foreground">
        {t(asset === 'CLP' ? 'number' : 'clabe')}
        {accountNumber && accountNumber.status !== 'enabled' ? (
          <StatusBadge kind="accountNumber" status={accountNumber.status} />
        ) : null}
      </div>
      {accountNumber ? (
        <>
          <Clabe
            value={accountNumber.number}
            copy={!gone}
            className={cn('mt-0.5 font-medium text-lg', gone && 'line-through')}
          />
          {gone ? <div className="text-danger">{t('gone')}</div> : null}
          <div className="text-muted-foreground">
            {joined([bank?.name, holder && t('holder', { name: holder.holderName })])}
          </div>
        </>
      ) : (
        <div className="mt-0.5 text-muted-foreground">
          {t(
            !rail
              ? kind === 'customer'
                ? 'noneBooks'
                : 'noneHouse'
              : status === 'closed'
                ? 'never'
                : 'none',
          )}
        </div>
      )}
    </div>
  );
}
