import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { ExplainedEntry } from '~/lib/books/explain';
import { saysCause } from '~/lib/ledger/cause';

/** Where an entry comes from, link by link: our transaction, Fintoc's event and transfer, and the people behind it. */
export function EntryCause({ entry }: { entry: ExplainedEntry }) {
  const t = useTranslations('wallets.explain.facts');
  const { transaction, effectiveAt, cause } = entry;
  const details: Detail[] = [
    {
      label: t('transaction'),
      value: (
        <To href={`/ledger/transactions/${transaction.id}`}>{t('one', { id: String(transaction.id) })}</To>
      ),
    },
    { label: t('source'), value: <Identifier value={saysCause(transaction)} /> },
    { label: t('effective'), value: <Timestamp at={effectiveAt} format="seconds" /> },
    ...useFintoc(entry),
    ...usePeople(entry),
    ...(cause.operator ? [{ label: t('operator'), value: cause.operator }] : []),
    ...(transaction.note ? [{ label: t('note'), value: transaction.note }] : []),
  ];
  return (
    <div className="max-w-3xl">
      <DetailList items={details} />
    </div>
  );
}

function useFintoc({ cause: { event, transfer } }: ExplainedEntry): Detail[] {
  const t = useTranslations('wallets.explain');
  const origins = useTranslations('kinds.origin');
  const origin = (transfer?.origin ?? '') as Parameters<typeof origins>[0];
  return [
    {
      label: t('facts.event'),
      value: event ? (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <To href={`/inbox/${event.id}`} mono>
            {event.type}
          </To>
          <StatusBadge kind="event" status={event.state} />
          <span className="text-muted-foreground">
            {t('facts.received')} <Timestamp at={event.receivedAt} format="seconds" />
          </span>
        </span>
      ) : (
        <span className="text-muted-foreground">
          {t('facts.noEvent', { origin: origins.has(origin) ? origins(origin) : t('byUs') })}
        </span>
      ),
    },
    ...(transfer
      ? [
          {
            label: t('facts.transfer'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {transfer.direction === 'inbound' ? (
                  <To href={`/deposits/${transfer.id}`} mono>
                    {transfer.id}
                  </To>
                ) : (
                  <Identifier value={transfer.id} />
                )}
                <StatusBadge kind="transfer" status={transfer.state} />
              </span>
            ),
          },
          ...(transfer.trackingKey
            ? [{ label: t('facts.trackingKey'), value: <Identifier value={transfer.trackingKey} /> }]
            : []),
        ]
      : []),
  ];
}

function usePeople({ cause: { withdrawal, adjustment } }: ExplainedEntry): Detail[] {
  const t = useTranslations('wallets.explain.facts');
  if (adjustment)
    return [
      {
        label: t('adjustment'),
        value: (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <To href={`/adjustments/${adjustment.id}`}>{adjustment.reason}</To>
            <StatusBadge kind="adjustment" status={adjustment.status} />
          </span>
        ),
      },
      { label: t('requested'), value: adjustment.requestedBy },
      ...(adjustment.decidedBy ? [{ label: t('approved'), value: adjustment.decidedBy }] : []),
    ];
  if (!withdrawal) return [];
  return [
    {
      label: t('withdrawal'),
      value: (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <To href={`/withdrawals/${withdrawal.id}`}>{withdrawal.beneficiaryName ?? withdrawal.id}</To>
          <StatusBadge kind="withdrawal" status={withdrawal.status} />
        </span>
      ),
    },
    { label: t('requested'), value: withdrawal.requestedBy },
    { label: t('approved'), value: withdrawal.approvedBy ?? t('notNeeded') },
  ];
}

type ToProps<Path extends string> = { href: Route<Path>; mono?: boolean; children: ReactNode };

function To<Path extends string>({ href, mono = false, children }: ToProps<Path>) {
  return (
    <Link<Path>
      href={href}
      className={`rounded-sm text-link hover:underline max-sm:py-2 ${mono ? 'font-mono' : ''}`}
    >
      {children}
    </Link>
  );
}
