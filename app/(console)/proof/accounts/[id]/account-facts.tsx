import type { Route } from 'next';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { AccountName } from '~/components/money/account-name';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { NamedProof } from '~/lib/proof/named';
import type { AccountProof } from '~/lib/proof/read';

/** How far an account is proven, and what each number is the sum of. */
export function AccountFacts({ account }: { account: NamedProof }) {
  const t = useTranslations('proof');
  const formatter = useFormatter();
  const { id, asset, cashAccountId } = account;
  const movements = to(`/proof/accounts/${encodeURIComponent(id)}/movements`);
  const items: Detail[] = [
    ...(account.wallet
      ? [{ label: t('account.whose'), value: <AccountName account={account} leads /> }]
      : []),
    ...(account.description ? [{ label: t('account.described'), value: account.description }] : []),
    {
      label: t('accounts.count'),
      value: <To href={movements}>{formatter.number(account.provenCount)}</To>,
    },
    {
      label: t('accounts.balance'),
      value: (
        <To href={movements}>
          <Money amount={account.provenBalance} asset={asset} className="font-semibold" />
        </To>
      ),
    },
    {
      label: t('accounts.cash'),
      value: cashAccountId ? (
        <To href={`/ledger/accounts/${cashAccountId}`}>
          <Money amount={account.cash} asset={asset} />
        </To>
      ) : (
        <Money amount={account.cash} asset={asset} />
      ),
    },
    { label: t('accounts.difference'), value: <Money amount={account.off} asset={asset} /> },
    ...(account.accepted === 0n
      ? []
      : [{ label: t('account.accepted'), value: <Money amount={account.accepted} asset={asset} /> }]),
    {
      label: t('account.lagging'),
      value: (
        <Lagging
          account={account}
          href={to(`/proof/accounts/${encodeURIComponent(id)}/movements?match=open`)}
        />
      ),
    },
    {
      label: t('account.readAt'),
      value: account.readAt ? <Timestamp at={account.readAt} format="seconds" /> : '—',
    },
    {
      label: t('account.provenAt'),
      value: account.provenAt ? <Timestamp at={account.provenAt} format="seconds" /> : '—',
    },
  ];
  return <DetailList columns={2} items={items} />;
}

function Lagging({ account: { laggingCount, laggingSince }, href }: { account: AccountProof; href: Route }) {
  const t = useTranslations('proof.account');
  if (laggingCount === 0 || !laggingSince) return <>{t('none')}</>;
  return (
    <To href={href}>
      {t.rich('laggingSince', {
        count: laggingCount,
        at: () => <Timestamp at={laggingSince} format="seconds" />,
      })}
    </To>
  );
}

function To<Path extends string>({ href, children }: { href: Route<Path>; children: ReactNode }) {
  return (
    <Link<Path> href={href} className="rounded-sm tabular-nums hover:text-link hover:underline max-sm:py-2">
      {children}
    </Link>
  );
}
