import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useAccountWord } from '~/components/words/account-words';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { BreakRecord } from '~/lib/proof/breaks-read';

/** Both sides of the divergence, and what they are about. */
export function BreakFacts({ broken }: { broken: BreakRecord }) {
  const t = useTranslations('proof.break');
  const nameOf = useWalletName();
  const accountWord = useAccountWord();
  const stated = useTranslations('gate.stated');
  const { account, asset, expected, actual, difference, at, openedAt, kind } = broken;
  const isStated = kind === 'stated_balance';
  const money = (amount: bigint) => <Money amount={amount} asset={asset} className="font-medium" />;
  const items: Detail[] = [
    { label: isStated ? stated('expected') : t('expected'), value: money(expected) },
    { label: isStated ? stated('actual') : t('actual'), value: money(actual) },
    { label: t('difference'), value: money(difference) },
    {
      label: t('account'),
      value: <To href={`/proof/accounts/${encodeURIComponent(account.id)}`}>{accountWord(account)}</To>,
    },
    ...abouts(broken, t, nameOf),
    { label: t('at'), value: <Timestamp at={at} format="seconds" /> },
    { label: t('opened'), value: <Timestamp at={openedAt} format="seconds" /> },
  ];
  return <DetailList items={items} />;
}

function abouts(
  broken: BreakRecord,
  t: ReturnType<typeof useTranslations<'proof.break'>>,
  nameOf: ReturnType<typeof useWalletName>,
): Detail[] {
  const { movement, entry, transfer, transferId, eventId, credited, owner } = broken;
  return [
    ...(movement ? [{ label: t('movement'), value: <Identifier value={movement.id} /> }] : []),
    ...(entry
      ? [
          {
            label: t('entry'),
            value: (
              <To href={`/ledger/transactions/${entry.transactionId}`}>#{String(entry.transactionId)}</To>
            ),
          },
        ]
      : []),
    ...(transferId
      ? [
          {
            label: t('transfer'),
            value: transfer ? (
              <To href={hrefOf(transfer)}>{transferId}</To>
            ) : (
              <Identifier value={transferId} />
            ),
          },
        ]
      : []),
    ...(eventId
      ? [{ label: t('event'), value: <To href={`/inbox/${encodeURIComponent(eventId)}`}>{eventId}</To> }]
      : []),
    ...(credited
      ? [{ label: t('credited'), value: <To href={`/wallets/${credited.id}`}>{nameOf(credited)}</To> }]
      : []),
    ...(owner ? [{ label: t('owner'), value: <To href={`/wallets/${owner.id}`}>{nameOf(owner)}</To> }] : []),
  ];
}

/** A deposit has its own page, a payout its withdrawal's; what is neither stands in the ledger. */
function hrefOf({ id, direction, withdrawal }: NonNullable<BreakRecord['transfer']>) {
  if (direction === 'inbound') return to(`/deposits/${encodeURIComponent(id)}`);
  return to(
    withdrawal ? `/withdrawals/${withdrawal.id}` : `/ledger/transactions?q=${encodeURIComponent(id)}`,
  );
}

function To<Path extends string>({ href, children }: { href: Route<Path>; children: ReactNode }) {
  return (
    <Link<Path> href={href} className="break-all rounded-sm text-link hover:underline max-sm:py-2">
      {children}
    </Link>
  );
}
