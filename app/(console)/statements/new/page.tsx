import { getTranslations } from 'next-intl/server';
import { StatementForm } from '~/app/(console)/statements/new/statement-form';
import { PageHeader } from '~/components/layout/page-header';
import { dayOf, textParam } from '~/components/list/search-params';
import { getWalletName } from '~/components/words/get-wallet-name';
import { getCustomer } from '~/lib/people/customers';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { monthlyZone } from '~/lib/statements/orders';
import { getWallet } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('new.title') };
}

/** Where a statement is asked for: of a wallet (`?wallet=`), of all of a customer's (`?customer=`), or of everybody's. */
export default async function NewStatementPage({ searchParams }: PageProps<'/statements/new'>) {
  const operator = await requireOperator('lists:export');
  const address = await searchParams;
  const [walletId, customerId] = [textParam(address, 'wallet'), textParam(address, 'customer')];
  const [t, nameOf, wallet, customer] = await Promise.all([
    getTranslations('statements'),
    getWalletName(),
    walletId ? orNotFound(getWallet(operator, walletId)) : null,
    customerId ? orNotFound(getCustomer(operator, customerId)) : null,
  ]);
  const whose = wallet
    ? { scope: 'wallet' as const, id: wallet.id, name: nameOf(wallet), holder: wallet.customer?.name ?? null }
    : customer
      ? { scope: 'customer' as const, id: customer.id, name: customer.name, holder: null }
      : null;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/statements' }]}
        title={t('new.title')}
        description={t('new.description')}
      />
      <StatementForm
        whose={whose}
        portfolios={customer?.portfolios ?? []}
        assets={wallet?.assets.map(({ asset }) => asset) ?? []}
        today={dayOf(new Date(), operator.timeZone)}
        timeZone={operator.timeZone}
        months={can(operator.role, 'people:read') ? monthsSent() : null}
      />
    </>
  );
}

/** The first is the one that runs now. */
function monthsSent() {
  const timeZone = monthlyZone();
  return { timeZone, first: `${dayOf(new Date(), timeZone).slice(0, 7)}-01` };
}
