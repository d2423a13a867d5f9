import { Landmark } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { WalletActions } from '~/app/(console)/wallets/[id]/wallet-actions';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { StatusBadge } from '~/components/record/status-badge';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { MOMENT } from '~/components/words/moment';
import { useWalletName } from '~/components/words/wallet-name-words';
import { textOf } from '~/lib/people/masking';
import type { Role } from '~/lib/roles';
import { joined } from '~/lib/text';
import type { TimelineItem } from '~/lib/timeline';
import { freezeOf, pays, takes } from '~/lib/wallets/frozen';
import type { HouseRole } from '~/lib/wallets/house';
import { isDisabledElsewhere } from '~/lib/wallets/number-states';
import type { WalletView } from '~/lib/wallets/wallets';

type WalletHeaderProps = {
  wallet: WalletView;
  operator: { role: Role };
  testMode: boolean;
  portfolios: readonly { id: string; name: string }[];
  timeline: readonly TimelineItem[];
};

/** Which wallet this is, whose, in what state, and what can be done with it. */
export function WalletHeader({ wallet, operator, testMode, portfolios, timeline }: WalletHeaderProps) {
  const t = useTranslations('wallets');
  const kinds = useTranslations('kinds.wallet');
  const nameOf = useWalletName();
  const { kind, status, pattern, assets, customer, portfolio } = wallet;
  // A pattern says how a customer's wallet is realised; the platform's own has nothing to tell.
  const way = customer && pattern ? `${pattern} · ${t(`patterns.${pattern}.title`)}` : null;
  const facts = [portfolio?.name, assets.map(({ asset }) => asset).join(', '), way];
  return (
    <>
      <PageHeader
        title={
          customer ? (
            <>
              <Link href={`/customers/${customer.id}`} className="rounded-sm hover:text-link hover:underline">
                {customer.name}
              </Link>
              <span className="font-normal text-muted-foreground"> · {nameOf(wallet)}</span>
            </>
          ) : (
            nameOf(wallet)
          )
        }
        here={nameOf(wallet)}
        badge={
          <>
            <StatusBadge kind="wallet" status={status} />
            {kind === 'customer' ? null : <Badge icon={Landmark}>{kinds(kind)}</Badge>}
          </>
        }
        breadcrumbs={[{ label: t('title'), href: '/wallets' }]}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            {customer ? <span className="font-mono text-sm">{textOf(customer.taxId)}</span> : null}
            <span>{joined(facts)}</span>
          </span>
        }
        actions={
          <Offers standing={status} timeline={timeline}>
            <WalletActions wallet={wallet} operator={operator} testMode={testMode} portfolios={portfolios} />
          </Offers>
        }
      />
      <WalletNotices wallet={wallet} />
    </>
  );
}

/** What stands in the way of its money, and why. */
export function WalletNotices({ wallet }: { wallet: WalletView }) {
  return (
    <>
      <RailNotice wallet={wallet} />
      <StandingNotice wallet={wallet} />
    </>
  );
}

/** What is stopped, and what happens to deposits as Fintoc has the CLABE now: until it is disabled, what comes is kept. */
function frozenWord(wallet: WalletView) {
  const { frozenDeposits: deposits, accountNumber: number } = wallet;
  if (takes(wallet)) return 'frozenDebits';
  const way = pays(wallet) ? 'credits' : 'frozen';
  if (deposits !== 'refuse') return way;
  return number?.status === 'enabled' ? (`${way}RefusingSoon` as const) : (`${way}Refusing` as const);
}

/** What Fintoc did to what stands behind it: until that is otherwise, nothing leaves. */
function RailNotice({ wallet: { account, entity, accountNumber, status } }: { wallet: WalletView }) {
  const t = useTranslations('wallets.notice');
  if (status === 'closed') return null;
  const holder = entity ?? account?.entity;
  const stopped =
    account && account.status !== 'active'
      ? account.status === 'closed'
        ? 'accountClosed'
        : 'accountBlocked'
      : holder?.status === 'paused'
        ? 'entityPaused'
        : accountNumber?.status === 'blocked'
          ? 'numberBlocked'
          : accountNumber?.status === 'deleted'
            ? 'numberDeleted'
            : accountNumber && isDisabledElsewhere(accountNumber)
              ? 'numberDisabled'
              : null;
  return (
    stopped && (
      <Alert tone="danger" title={t(stopped)} className="mb-5">
        {stopped === 'numberDisabled' && accountNumber ? (
          <Link href={`/account-numbers/${accountNumber.id}`} className="text-link hover:underline">
            {t('toNumber')}
          </Link>
        ) : null}
      </Alert>
    )
  );
}

/** Why a wallet isn't like any other: it is the platform's, frozen or closed. */
function StandingNotice({ wallet }: { wallet: WalletView }) {
  const t = useTranslations('wallets');
  const formatter = useFormatter();
  const { kind, status, statusReason, houseRole, closedBy, assets } = wallet;
  const freeze = freezeOf(wallet);
  const why = statusReason ? t('notice.reason', { reason: statusReason }) : null;
  if (status === 'frozen')
    return (
      <Alert tone="warning" title={t(`notice.${frozenWord(wallet)}`)} className="mb-5">
        {why}
        {freeze?.until ? (
          <p>
            {t('notice.until', {
              until: formatter.dateTime(freeze.until, MOMENT),
            })}
          </p>
        ) : null}
      </Alert>
    );
  if (status === 'closed')
    return (
      <Alert
        tone="neutral"
        title={
          assets.some(({ state }) => state === 'open')
            ? t(closedBy === 'customer' ? 'notice.closedByCustomer' : 'notice.closedByPlatform')
            : t('notice.openingCancelled')
        }
        className="mb-5"
      >
        {why}
      </Alert>
    );
  if (kind === 'general')
    return (
      <Alert tone="neutral" title={t('general.title')} className="mb-5">
        {t('general.about')}
      </Alert>
    );
  if (kind !== 'house') return null;
  // The column is text; these are all there are (lib/wallets/house.ts).
  const role = houseRole as HouseRole | null;
  return (
    <Alert tone="neutral" title={t('house.title')} className="mb-5">
      {t(`house.about.${role ?? 'named'}`)}
    </Alert>
  );
}
