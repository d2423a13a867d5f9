import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CustomerActions, type CustomerStanding } from '~/app/(console)/customers/[id]/customer-actions';
import { NewWithdrawal } from '~/app/(console)/customers/[id]/new-withdrawal';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { OpenCase } from '~/components/record/open-case';
import { Email, Phone } from '~/components/record/personal-facts';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { ToStatement } from '~/components/record/to-statement';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { CustomerRecord } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';
import { can, type Role } from '~/lib/roles';
import type { TimelineItem } from '~/lib/timeline';
import { pays } from '~/lib/wallets/frozen';
import type { Standing } from '~/lib/wallets/standing';
import type { WalletRow } from '~/lib/wallets/wallets';

type HeadProps = {
  customer: CustomerRecord;
  wallets: readonly WalletRow[];
  standing: Standing;
  timeline: readonly TimelineItem[];
  role: Role;
};

/** Who it is, told apart from others of the name, how their wallets stand, and what is done most. */
export function Head(props: HeadProps) {
  const { customer, wallets, standing } = props;
  const t = useTranslations('customers');
  const kinds = useTranslations('kinds.customer');
  const { name, kind } = customer;
  return (
    <PageHeader
      title={name}
      badge={
        <>
          <Badge>{kinds(kind)}</Badge>
          <StandingBadge standing={countsOf(wallets, standing)} />
        </>
      }
      breadcrumbs={[{ label: t('title'), href: '/customers' }]}
      description={<Identity customer={customer} />}
      actions={<CustomerActs {...props} />}
    />
  );
}

/** What is done most with a customer. */
export function CustomerActs({ customer, wallets, timeline, role, ...of }: HeadProps) {
  const { id, name, erasedAt } = customer;
  const t = useTranslations('customers');
  const nameOf = useWalletName();
  const standing = countsOf(wallets, of.standing);
  const paying = wallets.filter((wallet) => pays(wallet) && wallet.assets.some(({ accountId }) => accountId));
  return (
    <>
      {can(role, 'wallets:freeze') ? (
        <Offers standing={JSON.stringify(standing)} timeline={timeline}>
          <CustomerActions id={id} name={name} standing={standing} />
        </Offers>
      ) : null}
      <OpenCase subject="customer" id={id} role={role} />
      <ToStatement of="customer" id={id} role={role} />
      {standing.whole === 'open' && erasedAt === null && can(role, 'wallets:provision') ? (
        <Button asChild variant={paying.length > 0 ? 'secondary' : 'primary'}>
          <Link href={`/wallets/new?customer=${id}`}>
            <Plus aria-hidden />
            {t('page.openWallet')}
          </Link>
        </Button>
      ) : null}
      {can(role, 'withdrawals:request') ? (
        <NewWithdrawal wallets={paying.map((wallet) => ({ id: wallet.id, name: nameOf(wallet) }))} />
      ) : null}
    </>
  );
}

/** What tells them apart from others of the name. */
export function Identity({ customer: { taxId, email, phone, createdAt } }: { customer: CustomerRecord }) {
  const t = useTranslations('customers');
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {textOf(taxId) ? <span className="font-mono">{textOf(taxId)}</span> : null}
      {email ? (
        <span className="min-w-0 break-all">
          <Email value={email} />
        </span>
      ) : null}
      {phone ? (
        <span>
          <Phone value={phone} />
        </span>
      ) : null}
      <span>{t.rich('since', { day: () => <Timestamp at={createdAt} format="date" /> })}</span>
    </span>
  );
}

/** The customer's own standing first; else that a wallet of theirs is frozen. */
function StandingBadge({ standing: { whole, frozen } }: { standing: CustomerStanding }) {
  if (whole === 'closed') return <StatusBadge kind="wallet" status="closed" />;
  return whole === 'frozen' || frozen > 0 ? <StatusBadge kind="wallet" status="frozen" /> : null;
}

/** How many of the wallets that are shown could be frozen, and how many are. */
function countsOf(wallets: readonly { status: string }[], standing: Standing): CustomerStanding {
  const count = (status: string) => wallets.filter((wallet) => wallet.status === status).length;
  return {
    whole: standing.status,
    closedByCustomer: standing.status === 'closed' && standing.closedBy === 'customer',
    ...{ open: count('open'), opening: count('opening'), frozen: count('frozen') },
  };
}
