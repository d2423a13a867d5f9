import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PlanForm } from '~/app/(console)/deposits/debts/plan/plan-form';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Card } from '~/components/ui/card';
import { getWalletName } from '~/components/words/get-wallet-name';
import { orNotFound, requireOperator } from '~/lib/session';
import { joined } from '~/lib/text';
import { getWallet, viewOf } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits.debts.plan'))('title') };
}

/** `?wallet=` says of which, `?asset=` of what. */
export default async function NewDebtPlanPage({ searchParams }: PageProps<'/deposits/debts/plan'>) {
  const operator = await requireOperator('adjustments:request');
  const params = await searchParams;
  const whole = await orNotFound(getWallet(operator, textParam(params, 'wallet') ?? notFound()));
  const wallet = viewOf(whole, textParam(params, 'asset'));
  if (!wallet || wallet.debt === 0n) notFound();
  const [t, tabs, nameOf] = await Promise.all([
    getTranslations('deposits.debts.plan'),
    getTranslations('deposits.tabs'),
    getWalletName(),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={joined([nameOf(wallet), wallet.customer?.name])}
        breadcrumbs={[{ label: tabs('debts'), href: '/deposits/debts' }]}
      />
      <Card className="max-w-2xl p-4 sm:p-5">
        <PlanForm walletId={wallet.id} asset={wallet.asset} debt={wallet.debt} />
      </Card>
    </>
  );
}
