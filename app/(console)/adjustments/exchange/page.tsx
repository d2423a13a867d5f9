import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ExchangeForm } from '~/app/(console)/adjustments/exchange/exchange-form';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Card } from '~/components/ui/card';
import { getWalletName } from '~/components/words/get-wallet-name';
import { orNotFound, requireOperator } from '~/lib/session';
import { joined } from '~/lib/text';
import { getWallet } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('adjustments'))('exchange.title') };
}

/** `?wallet=` says of which; it has to hold two assets. */
export default async function ExchangePage({ searchParams }: PageProps<'/adjustments/exchange'>) {
  const operator = await requireOperator('adjustments:request');
  const wallet = await orNotFound(getWallet(operator, textParam(await searchParams, 'wallet') ?? notFound()));
  if (wallet.assets.length < 2 || wallet.kind === 'house') notFound();
  const [t, nameOf] = await Promise.all([getTranslations('adjustments'), getWalletName()]);
  return (
    <>
      <PageHeader
        title={t('exchange.title')}
        description={joined([nameOf(wallet), wallet.customer?.name])}
        breadcrumbs={[{ label: t('title'), href: '/adjustments' }]}
      />
      <Card className="max-w-2xl p-4 sm:p-5">
        <ExchangeForm
          walletId={wallet.id}
          held={wallet.assets.map(({ asset, balances }) => ({ asset, available: balances.available }))}
        />
      </Card>
    </>
  );
}
