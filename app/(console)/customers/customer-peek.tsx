import { getTranslations } from 'next-intl/server';
import { callOf } from '~/app/(console)/customers/[id]/call';
import { CustomerFacts } from '~/app/(console)/customers/[id]/customer-facts';
import { CustomerMoney } from '~/app/(console)/customers/[id]/customer-money';
import { CustomerPayments } from '~/app/(console)/customers/[id]/customer-payments';
import { CustomerActs, Identity } from '~/app/(console)/customers/[id]/head';
import { Namesakes } from '~/app/(console)/customers/[id]/namesakes';
import { StandingNotice } from '~/app/(console)/customers/[id]/standing-notice';
import { WaitingActs } from '~/components/layout/waiting-acts';
import { PeekFrame, PeekGone } from '~/components/list/peek/peek-frame';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import { waitingAbout } from '~/lib/approvals/read';
import { getCustomer } from '~/lib/people/customers';
import { can } from '~/lib/roles';
import { type Operator, orNone } from '~/lib/session';
import { historyOf } from '~/lib/transfers/history';
import { standingOf } from '~/lib/wallets/standing';
import { listWallets } from '~/lib/wallets/wallets';

/** One customer beside the list: who they are, what they have, and what of theirs is on its way or went wrong. */
export async function CustomerPeek({ id, operator }: { id: string; operator: Operator }) {
  const customer = await orNone(getCustomer(operator, id));
  if (!customer) return <PeekGone />;
  const [kinds, wallets, called, timeline, standing, asked] = await Promise.all([
    getTranslations('kinds.customer'),
    listWallets(operator, { customerId: id }),
    callOf(operator, customer),
    historyOf(operator, { person: { subject: 'customer', id } }, 'customer', id),
    standingOf({ subject: 'customer', id }),
    waitingAbout(operator, 'customer', id),
  ]);
  const many = customer._count.wallets > 1;
  return (
    <PeekFrame
      title={customer.name}
      badge={<Badge>{kinds(customer.kind)}</Badge>}
      description={<Identity customer={customer} />}
      page={to(`/customers/${id}`)}
      acts={
        <CustomerActs
          customer={customer}
          wallets={wallets.items}
          standing={standing}
          timeline={timeline}
          role={operator.role}
        />
      }
    >
      <StandingNotice standing={standing} acts={[]} />
      <WaitingActs actions={asked.get(id)} role={operator.role} />
      <Namesakes others={called.namesakes} />
      <CustomerMoney customerId={id} balances={called.balances} wallets={customer._count.wallets} />
      <CustomerPayments kind="wentWrong" payments={called.wentWrong} replies={called.replies} named={many} />
      <CustomerPayments kind="onTheWay" payments={called.onTheWay} replies={called.replies} named={many} />
      <CustomerFacts customer={customer} mayEdit={can(operator.role, 'customers:write')} />
    </PeekFrame>
  );
}
