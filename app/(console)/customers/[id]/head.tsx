import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CustomerActions } from '~/app/(console)/customers/[id]/customer-actions';
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
import { can, type RoleName } from '~/lib/roles';
import type { TimelineItem } from '~/lib/timeline';
import { pays } from '~/lib/wallets/frozen';
import type { WalletRow } from '~/lib/wallets/wallets';

type HeadProps = {
  customer: CustomerRecord;
  wallets: readonly WalletRow[];
  timeline: readonly TimelineItem[];
  role: RoleName;
};

/** Who it is, told apart from others of the name, how their wallets stand, and what is done most. */
export function Head(props: HeadProps) {
  const { customer, wallets } = props;
  const t = useTranslations('customers');
  const kinds = useTranslations('kinds.customer');
  const { name, kind } = customer;
  return (
    <PageHeader
      title={name}
      badge={
        <>
          <Badge>{kinds(kind)}</Badge>
          {standingOf(wallets).frozen > 0 ? <StatusBadge kind="wallet" status="frozen" /> : null}
        </>
      }
      breadcrumbs={[{ label: t('title'), href: '/customers' }]}
      description={<Identity customer={customer} />}
      actions={<CustomerActs {...props} />}
    />
  );
}

/** What is done most with a customer. */
export function CustomerActs({ customer, wallets, timeline, role }: HeadProps) {
  const { id, name, erasedAt } = customer;
  const t = useTranslations('customers');
  const nameOf = useWalletName();
  const standing = standingOf(wallets);
  const paying = wallets.filter((wallet) => pays(wallet) && wallet.assets.some(({ accountId }) => accountId));
  return (
    <>
      {can(role, 'wallets:freeze') ? (
        <Offers standing={JSON.stringify(standing)} timeline={timeline}>
          <CustomerActions id={id} name={name} {...standing} />
        </Offers>
      ) : null}
      <OpenCase subject="customer" id={id} role={role} />
      <ToStatement of="customer" id={id} role={role} />
      {erasedAt === null && can(role, 'wallets:provision') ? (
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

/** How many of the wallets that are shown could be frozen, and how many are. */
function standingOf(wallets: readonly { status: string }[]) {
  const count = (status: string) => wallets.filter((wallet) => wallet.status === status).length;
  return { open: count('open'), frozen: count('frozen') };
}
