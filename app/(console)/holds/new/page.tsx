import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { HoldForm } from '~/app/(console)/holds/new/hold-form';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Card } from '~/components/ui/card';
import { getWalletName } from '~/components/words/get-wallet-name';
import { orNotFound, requireOperator } from '~/lib/session';
import { joined } from '~/lib/text';
import { getWallet, viewOf } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('holds'))('new.title') };
}

/** `?wallet=` says of which, `?asset=` of what. */
export default async function NewHoldPage({ searchParams }: PageProps<'/holds/new'>) {
  const operator = await requireOperator('wallets:freeze');
  const params = await searchParams;
  const whole = await orNotFound(getWallet(operator, textParam(params, 'wallet') ?? notFound()));
  const wallet = viewOf(whole, textParam(params, 'asset'));
  if (!wallet || wallet.kind === 'house') notFound();
  const [t, nameOf] = await Promise.all([getTranslations('holds'), getWalletName()]);
  const name = nameOf(wallet);
  return (
    <>
      <PageHeader
        title={t('new.title')}
        description={joined([t('new.of', { wallet: name }), wallet.customer?.name])}
        breadcrumbs={[{ label: t('title'), href: '/holds' }]}
      />
      <Card className="max-w-2xl p-4 sm:p-5">
        <HoldForm walletId={wallet.id} asset={wallet.asset} available={wallet.balances.available} />
      </Card>
    </>
  );
}
