import { useTranslations } from 'next-intl';
import { cache } from 'react';
import { callOf } from '~/app/(console)/customers/[id]/call';
import { CustomerBeneficiaries } from '~/app/(console)/customers/[id]/customer-beneficiaries';
import { CustomerCases } from '~/app/(console)/customers/[id]/customer-cases';
import { CustomerEntities } from '~/app/(console)/customers/[id]/customer-entities';
import { Erased } from '~/app/(console)/customers/[id]/customer-erasure';
import { CustomerFacts } from '~/app/(console)/customers/[id]/customer-facts';
import { CustomerMoney } from '~/app/(console)/customers/[id]/customer-money';
import { CustomerMovements } from '~/app/(console)/customers/[id]/customer-movements';
import { CustomerPayments } from '~/app/(console)/customers/[id]/customer-payments';
import { CustomerPortfolios } from '~/app/(console)/customers/[id]/customer-portfolios';
import { CustomerRecords, recordsOf } from '~/app/(console)/customers/[id]/customer-records';
import { CustomerWallets } from '~/app/(console)/customers/[id]/customer-wallets';
import { Head } from '~/app/(console)/customers/[id]/head';
import { Namesakes } from '~/app/(console)/customers/[id]/namesakes';
import { NextStep } from '~/app/(console)/customers/[id]/next-step';
import { portfolioFacts } from '~/app/(console)/customers/[id]/portfolio-facts';
import { StandingNotice } from '~/app/(console)/customers/[id]/standing-notice';
import { addCustomerNoteAction } from '~/app/(console)/customers/actions';
import { Section } from '~/components/layout/section';
import { WaitingActs } from '~/components/layout/waiting-acts';
import { Live } from '~/components/live/live';
import { Utilisation } from '~/components/money/utilisation';
import { History } from '~/components/record/history';
import { LifecycleActs } from '~/components/record/lifecycle-acts';
import { Notes } from '~/components/record/notes';
import { waitingAbout } from '~/lib/approvals/read';
import { listBeneficiaries } from '~/lib/beneficiaries/read';
import { listCases } from '~/lib/cases/read';
import { listEntitiesOf } from '~/lib/entities/links';
import { followed } from '~/lib/live';
import { getCustomer } from '~/lib/people/customers';
import { listNotes } from '~/lib/people/notes';
import { destinationKinds, institutions } from '~/lib/rails/registry';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { utilisationOf } from '~/lib/terms/utilisation';
import type { TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import { listActs } from '~/lib/wallets/acts';
import { standingOf } from '~/lib/wallets/standing';
import { listWallets } from '~/lib/wallets/wallets';

const CASES = 5;

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
  const [wallets, called, beneficiaries, entities, notes, cases, timeline, acts, standing, asked, records] =
    await Promise.all([
      listWallets(operator, { customerId: id }),
      callOf(operator, customer),
      listBeneficiaries(operator, { customerId: id }),
      listEntitiesOf(operator, id),
      listNotes(operator, 'customer', id),
      listCases({ customerId: id }, CASES),
      historyOf(operator, { person }, 'customer', id),
      listActs(operator, 'customer', id),
      standingOf(person),
      waitingAbout(operator, 'customer', id),
      recordsOf(operator, customer),
    ]);
  const [limits, portfolios] = await Promise.all([
    utilisationOf(wallets.items.map((wallet) => wallet.id)),
    portfolioFacts(operator, customer.portfolios),
  ]);
  const many = customer._count.wallets > 1;
  const isKnown = customer.erasedAt === null;
  return (
    <>
      <Head
        customer={customer}
        wallets={wallets.items}
        standing={standing}
        timeline={timeline}
        role={operator.role}
      />
      <StandingNotice standing={standing} acts={acts} />
      <WaitingActs actions={asked.get(id)} role={operator.role} />
      {customer.erasedAt ? <Erased at={customer.erasedAt} /> : <Namesakes others={called.namesakes} />}
      <div className="grid gap-x-8 min-[90rem]:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0">
          <NextStep
            customer={customer}
            entities={entities}
            mayOpen={isKnown && standing.status === 'open' && can(operator.role, 'wallets:provision')}
            mayWriteKyb={isKnown && can(operator.role, 'kyb:write')}
          />
          <CustomerMoney customerId={id} balances={called.balances} wallets={customer._count.wallets} />
          <CustomerPayments
            kind="wentWrong"
            payments={called.wentWrong}
            replies={called.replies}
            named={many}
          />
          <CustomerPayments
            kind="onTheWay"
            payments={called.onTheWay}
            replies={called.replies}
            named={many}
          />
          <CustomerWallets wallets={wallets.items} total={customer._count.wallets} customerId={id} />
        </div>
        <div className="min-w-0">
          <CustomerFacts customer={customer} mayEdit={isKnown && can(operator.role, 'customers:write')} />
          <CustomerCases cases={cases.items} />
        </div>
      </div>
      <CustomerMovements customerId={id} movements={called.movements} replies={called.replies} />
      <div className="grid gap-x-8 min-[90rem]:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0">
          <Utilisation limits={limits} named />
          <CustomerEntities entities={entities} />
          <CustomerBeneficiaries
            customerId={id}
            beneficiaries={beneficiaries.items}
            hasMore={beneficiaries.nextCursor !== null}
            kinds={destinationKinds()}
            banks={institutions()}
            maySave={isKnown && can(operator.role, 'customers:write')}
            mayVerify={can(operator.role, 'withdrawals:request')}
            timeline={timeline}
          />
          <CustomerPortfolios
            customerId={id}
            {...portfolios}
            mayFreeze={can(operator.role, 'wallets:freeze')}
            mayAdd={isKnown && can(operator.role, 'customers:write')}
          />
        </div>
        <div className="min-w-0">
          <Notes
            notes={notes}
            subjectId={id}
            action={can(operator.role, 'notes:write') ? addCustomerNoteAction : undefined}
          />
          <Story acts={acts} timeline={timeline} />
          <CustomerRecords customer={customer} records={records} />
        </div>
      </div>
      <Live {...live} />
    </>
  );
}

/** Who touched it: what was frozen and closed, and all else that happened. */
function Story({
  acts,
  timeline,
}: {
  acts: Parameters<typeof LifecycleActs>[0]['acts'];
  timeline: readonly TimelineItem[];
}) {
  const t = useTranslations('customers');
  return (
    <>
      {acts.length > 0 ? (
        <Section title={t('together.acts')}>
          <LifecycleActs acts={acts} />
        </Section>
      ) : null}
      <Section title={t('page.history')}>
        <History items={timeline} />
      </Section>
    </>
  );
}
