import { Plus } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { CustomerActions } from '~/app/(console)/customers/[id]/customer-actions';
import { CustomerBeneficiaries } from '~/app/(console)/customers/[id]/customer-beneficiaries';
import { CustomerEntities } from '~/app/(console)/customers/[id]/customer-entities';
import { CustomerFacts } from '~/app/(console)/customers/[id]/customer-facts';
import { CustomerPortfolios } from '~/app/(console)/customers/[id]/customer-portfolios';
import { CustomerWallets } from '~/app/(console)/customers/[id]/customer-wallets';
import { NextStep } from '~/app/(console)/customers/[id]/next-step';
import { addCustomerNoteAction } from '~/app/(console)/customers/actions';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { WaitingActs } from '~/components/layout/waiting-acts';
import { Live } from '~/components/live/live';
import { Utilisation } from '~/components/money/utilisation';
import { History } from '~/components/record/history';
import { LifecycleActs } from '~/components/record/lifecycle-acts';
import { Notes } from '~/components/record/notes';
import { OpenCase } from '~/components/record/open-case';
import { ToStatement } from '~/components/record/to-statement';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { waitingAbout } from '~/lib/approvals/read';
import { listBeneficiaries } from '~/lib/beneficiaries/read';
import { listEntitiesOf } from '~/lib/entities/links';
import { followed } from '~/lib/live';
import { getCustomer } from '~/lib/people/customers';
import { listNotes } from '~/lib/people/notes';
import { destinationKinds, institutions } from '~/lib/rails/registry';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { utilisationOf } from '~/lib/terms/utilisation';
import { historyOf } from '~/lib/transfers/history';
import { listActs } from '~/lib/wallets/acts';
import { portfolioTotals } from '~/lib/wallets/portfolios';
import { listWallets } from '~/lib/wallets/wallets';

/** Once for title and page. The token first: what changes while the page is read is then seen as a change. */
const seen = cache(async (id: string) => {
  const operator = await requireOperator('console:read');
  const live = await followed(`customer:${id}`);
  return { live, customer: await orNotFound(getCustomer(operator, id)) };
});

export async function generateMetadata({ params }: PageProps<'/customers/[id]'>) {
  await requireOperator('console:read');
  return { title: (await seen((await params).id)).customer.name };
}

export default async function CustomerPage({ params }: PageProps<'/customers/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const { live, customer } = await seen(id);
  const person = { subject: 'customer', id } as const;
  const [t, kinds, wallets, beneficiaries, entities, notes, timeline, acts, totals, asked] =
    await Promise.all([
      getTranslations('customers'),
      getTranslations('kinds.customer'),
      listWallets(operator, { customerId: id }),
      listBeneficiaries(operator, { customerId: id }),
      listEntitiesOf(operator, id),
      listNotes(operator, 'customer', id),
      historyOf(operator, { person }, 'customer', id),
      listActs(operator, 'customer', id),
      portfolioTotals(customer.portfolios.map(({ id }) => id)),
      waitingAbout(operator, 'customer', id),
    ]);
  const limits = await utilisationOf(wallets.items.map((wallet) => wallet.id));
  return (
    <>
      <PageHeader
        title={customer.name}
        badge={<Badge>{kinds(customer.kind)}</Badge>}
        breadcrumbs={[{ label: t('title'), href: '/customers' }]}
        actions={
          <>
            {can(operator.role, 'wallets:freeze') ? (
              <Offers standing={JSON.stringify(standingOf(wallets.items))} timeline={timeline}>
                <CustomerActions id={id} name={customer.name} {...standingOf(wallets.items)} />
              </Offers>
            ) : null}
            <OpenCase subject="customer" id={id} role={operator.role} />
            <ToStatement of="customer" id={id} role={operator.role} />
            {can(operator.role, 'wallets:provision') ? (
              <Button asChild variant="primary">
                <Link href={`/wallets/new?customer=${id}`}>
                  <Plus aria-hidden />
                  {t('page.openWallet')}
                </Link>
              </Button>
            ) : null}
          </>
        }
      />
      <WaitingActs actions={asked.get(id)} role={operator.role} />
      <div className="grid gap-x-8 min-[90rem]:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0">
          <NextStep
            customer={customer}
            entities={entities}
            mayOpen={can(operator.role, 'wallets:provision')}
            mayWriteKyb={can(operator.role, 'kyb:write')}
          />
          <CustomerWallets wallets={wallets.items} total={customer._count.wallets} customerId={id} />
          <Utilisation limits={limits} named />
          <CustomerBeneficiaries
            customerId={id}
            beneficiaries={beneficiaries.items}
            hasMore={beneficiaries.nextCursor !== null}
            kinds={destinationKinds()}
            banks={institutions()}
            maySave={can(operator.role, 'customers:write')}
            mayVerify={can(operator.role, 'withdrawals:request')}
          />
          <CustomerEntities entities={entities} />
          <CustomerPortfolios
            customerId={id}
            portfolios={customer.portfolios}
            totals={totals}
            mayFreeze={can(operator.role, 'wallets:freeze')}
            mayAdd={can(operator.role, 'customers:write')}
          />
        </div>
        <div className="min-w-0">
          <CustomerFacts customer={customer} mayEdit={can(operator.role, 'customers:write')} />
          <Notes
            notes={notes}
            subjectId={id}
            action={can(operator.role, 'notes:write') ? addCustomerNoteAction : undefined}
          />
          {acts.length > 0 ? (
            <Section title={t('together.acts')}>
              <LifecycleActs acts={acts} />
            </Section>
          ) : null}
          <Section title={t('page.history')}>
            <History items={timeline} />
          </Section>
        </div>
      </div>
      <Live {...live} />
    </>
  );
}

/** How many of the wallets that are shown could be frozen, and how many are. */
function standingOf(wallets: readonly { status: string }[]) {
  const count = (status: string) => wallets.filter((wallet) => wallet.status === status).length;
  return { open: count('open'), frozen: count('frozen') };
}
