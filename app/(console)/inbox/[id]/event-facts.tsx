import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import { Duration } from '~/components/record/duration';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { EventRecord } from '~/lib/inbox/read';

/** When it happened, came and was posted, and what it is about. */
export function EventFacts({ event }: { event: EventRecord }) {
  const t = useTranslations('inbox.facts');
  const origins = useTranslations('kinds.origin');
  const origin = event.origin as Parameters<typeof origins>[0];
  const items: Detail[] = [
    { label: t('id'), value: <Identifier value={event.id} /> },
    { label: t('about'), value: <About event={event} /> },
    { label: t('occurred'), value: <Timestamp at={event.occurredAt} format="seconds" /> },
    { label: t('attempts'), value: <span className="tabular-nums">{event.attempts}</span> },
    { label: t('received'), value: <After at={event.receivedAt} since={event.occurredAt} /> },
    { label: t('duplicates'), value: t('duplicatesOf', { count: event.duplicates }) },
    {
      label: t('processed'),
      value: event.processedAt ? <After at={event.processedAt} since={event.receivedAt} /> : t('notYet'),
    },
    { label: t('origin'), value: origins.has(origin) ? origins(origin) : event.origin },
    { label: t('verified'), value: <Verdict event={event} /> },
    ...(event.state === 'retrying'
      ? [{ label: t('next'), value: <Timestamp at={event.nextAttemptAt} format="seconds" /> }]
      : []),
    { label: t('mode'), value: t(event.mode === 'live' ? 'live' : 'test') },
  ];
  return <DetailList items={items} columns={2} />;
}

/** Whose secret the signature fits. What a poll recovered was asked for under our key, and has none. */
function Verdict({ event: { verifiedBy, origin } }: { event: EventRecord }) {
  const t = useTranslations('inbox.facts');
  if (origin === 'poll') return t('askedByUs');
  if (verifiedBy === null) return t('verifiedBefore');
  if (verifiedBy === 'environment') return t('environment');
  return (
    <span className="flex flex-wrap items-baseline gap-x-1.5">
      {t('endpoint')}
      <Identifier value={verifiedBy} copy={false} className="text-muted-foreground" />
    </span>
  );
}

function After({ at, since }: { at: Date; since: Date }) {
  const t = useTranslations('inbox.facts');
  const ms = at.getTime() - since.getTime();
  return (
    <span className="flex flex-wrap gap-x-2">
      <Timestamp at={at} format="seconds" />
      {ms > 0 ? (
        <span className="text-muted-foreground">{t.rich('later', { lag: () => <Duration ms={ms} /> })}</span>
      ) : null}
    </span>
  );
}

/** The transfer, withdrawal or onboarding in it; what we don't know is named by its id. */
function About({ event: { transfer, onboarding, objectId } }: { event: EventRecord }) {
  const t = useTranslations('inbox.facts');
  const nameOf = useWalletName();
  if (transfer) {
    const { withdrawal, wallet } = transfer;
    return (
      <span className="grid gap-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {withdrawal ? (
            <PageLink href={`/withdrawals/${withdrawal.id}`}>{t('withdrawal')}</PageLink>
          ) : transfer.direction === 'inbound' ? (
            <PageLink href={`/deposits/${transfer.id}`}>{t('deposit')}</PageLink>
          ) : (
            t('payout')
          )}
          <Money amount={transfer.amount} asset={transfer.asset} />
          {withdrawal ? (
            <StatusBadge kind="withdrawal" status={withdrawal.status} />
          ) : (
            <StatusBadge kind="transfer" status={transfer.state} />
          )}
        </span>
        {wallet ? <PageLink href={`/wallets/${wallet.id}`}>{nameOf(wallet)}</PageLink> : null}
        <Identifier value={transfer.id} className="text-muted-foreground" />
      </span>
    );
  }
  if (onboarding) {
    return (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <PageLink href={`/entities/${onboarding.entity.id}`}>{onboarding.entity.holderName}</PageLink>
        <StatusBadge kind="onboarding" status={onboarding.status} />
      </span>
    );
  }
  if (!objectId) return t('nothing');
  return (
    <span className="grid gap-0.5">
      <Identifier value={objectId} />
      <span className="text-muted-foreground text-xs">{t('unknownObject')}</span>
    </span>
  );
}

function PageLink<Path extends string>({ href, children }: { href: Route<Path>; children: ReactNode }) {
  return (
    <Link<Path> href={href} className="w-fit rounded-sm text-link hover:underline max-sm:py-2">
      {children}
    </Link>
  );
}
