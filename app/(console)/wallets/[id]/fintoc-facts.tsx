import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { WalletView } from '~/lib/wallets/wallets';

/** What stands behind the wallet at Fintoc, and when we last looked. */
export function FintocFacts({ wallet }: { wallet: WalletView }) {
  const t = useTranslations('wallets.fintoc');
  const { kind, account, accountNumber, createdAt, id } = wallet;
  const items: Detail[] = [
    ...(kind === 'customer' ? [{ label: t('pattern'), value: <PatternFact wallet={wallet} /> }] : []),
    { label: t('entity'), value: <EntityFact wallet={wallet} /> },
    { label: t('account'), value: <AccountFact wallet={wallet} /> },
    ...(account && !account.isRoot
      ? [{ label: t('balance'), value: <BalanceFact account={account} /> }]
      : []),
    {
      label: t('accountNumber'),
      value: accountNumber ? (
        <Facts>
          <Identifier value={accountNumber.id} />
          <StatusBadge kind="accountNumber" status={accountNumber.status} />
        </Facts>
      ) : (
        <Missing />
      ),
    },
    {
      label: t('lastDeposit'),
      value: accountNumber?.lastTransferAt ? <Timestamp at={accountNumber.lastTransferAt} /> : <Missing />,
    },
    {
      label: t('synced'),
      value: accountNumber ? <Timestamp at={accountNumber.syncedAt} format="seconds" /> : <Missing />,
    },
    { label: t('created'), value: <Timestamp at={createdAt} /> },
    { label: t('id'), value: <Identifier value={id} /> },
  ];
  return (
    <Section title={t('title')}>
      <DetailList className="-my-2" items={items} />
    </Section>
  );
}

function PatternFact({ wallet: { id, asset, pattern } }: { wallet: WalletView }) {
  const t = useTranslations('wallets.patterns');
  const compare = useTranslations('patterns.compare');
  if (!pattern) return <Missing />;
  return (
    <>
      {pattern} · {t(`${pattern}.title`)}
      <span className="block text-muted-foreground">{t(`${pattern}.description`)}</span>
      <Link
        href={to(`/wallets/${id}/patterns?asset=${asset}`)}
        className="rounded-sm text-link hover:underline"
      >
        {compare('link')}
      </Link>
    </>
  );
}

function EntityFact({ wallet: { entity, account } }: { wallet: WalletView }) {
  const t = useTranslations('wallets.fintoc');
  const holder = entity ?? account?.entity;
  if (!holder) return <Missing />;
  return (
    <Facts>
      <Link href={`/entities/${holder.id}`} className="rounded-sm text-link hover:underline">
        {holder.holderName}
      </Link>
      {holder.isRoot ? <Badge>{t('ours')}</Badge> : null}
    </Facts>
  );
}

function AccountFact({ wallet: { account } }: { wallet: WalletView }) {
  const t = useTranslations('wallets.fintoc');
  if (!account) return <Missing />;
  return (
    <Facts>
      <Identifier value={account.id} />
      <StatusBadge kind="account" status={account.status} />
      {account.isRoot ? <Badge>{t('shared')}</Badge> : null}
    </Facts>
  );
}

function BalanceFact({ account }: { account: NonNullable<WalletView['account']> }) {
  const t = useTranslations('wallets.fintoc');
  if (account.availableBalance === null)
    return <span className="text-muted-foreground">{t('balanceOfTheHouse')}</span>;
  return (
    <>
      <Money amount={account.availableBalance} asset={account.asset} />
      <span className="block text-muted-foreground">
        {t.rich('balanceAt', { time: () => <Timestamp at={account.syncedAt} format="seconds" /> })}
      </span>
    </>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <span className="flex flex-wrap items-center gap-x-2 gap-y-1">{children}</span>;
}

function Missing() {
  const t = useTranslations('common');
  return <span className="text-muted-foreground">{t('none')}</span>;
}
