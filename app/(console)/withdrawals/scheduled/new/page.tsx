import { getTranslations } from 'next-intl/server';
import { ScheduleForm } from '~/app/(console)/withdrawals/scheduled/new/schedule-form';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { getWalletName } from '~/components/words/get-wallet-name';
import { payoutAssets } from '~/lib/rails/registry';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet } from '~/lib/wallets/wallets';
import { isPaidOut, payingFacts } from '~/lib/withdrawals/paying';

export async function generateMetadata() {
  return { title: (await getTranslations('schedules'))('new.title') };
}

/** Where a withdrawal is planned. `?wallet=<id>` says who pays, `?asset=` what. */
export default async function NewSchedulePage({ searchParams }: PageProps<'/withdrawals/scheduled/new'>) {
  const operator = await requireOperator('withdrawals:request');
  const params = await searchParams;
  const walletId = textParam(params, 'wallet');
  const assets = payoutAssets();
  const [t, list, nameOf, wallet] = await Promise.all([
    getTranslations('schedules'),
    getTranslations('withdrawals'),
    getWalletName(),
    walletId ? orNotFound(getWallet(operator, walletId)) : null,
  ]);
  const asked = textParam(params, 'asset') ?? wallet?.assets.find(isPaidOut)?.asset;
  const asset = assets.find((each) => each === asked) ?? 'MXN';
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: list('title'), href: '/withdrawals' },
          { label: t('title'), href: '/withdrawals/scheduled' },
        ]}
        title={t('new.title')}
        description={t('description')}
      />
      <ScheduleForm
        key={asset}
        asset={asset}
        assets={assets}
        paidBy={wallet && { id: wallet.id, name: nameOf(wallet) }}
        paying={payingFacts({ accountId: null, asset })}
      />
    </>
  );
}
