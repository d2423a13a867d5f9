import { KeyRound } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { KeyActions } from '~/app/(console)/settings/keys/key-actions';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import type { KeyRow } from '~/lib/api/keys';
import { movesMoney } from '~/lib/api/scopes';
import { formatAmount } from '~/lib/money';

type KeyTableProps = {
  keys: readonly KeyRow[];
  /** What portfolios are called, by id. */
  portfolios: ReadonlyMap<string, string>;
  writer: boolean;
};

/** Every key there is or was, the newest first. */
export function KeyTable({ keys, portfolios, writer }: KeyTableProps) {
  const t = useTranslations('apiKeys');
  const columns: Column<KeyRow>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      className: 'max-sm:col-span-2',
      cell: ({ name, mode, secrets, madeBy, isRotating }) => (
        <span className="grid gap-0.5 sm:py-2">
          <span className="inline-flex items-center gap-2 font-medium">
            {name}{' '}
            <Badge tone={mode === 'live' ? 'danger' : 'info'}>
              {t(mode === 'live' ? 'modes.live' : 'modes.test')}
            </Badge>
          </span>
          <span className="font-mono text-muted-foreground text-xs">{secrets[0]?.shown}</span>
          {isRotating ? (
            <Link href="/approvals" className="text-xs">
              {t('rotate.waits')}
            </Link>
          ) : null}
          <span className="text-muted-foreground text-xs">{t('madeBy', { name: madeBy })}</span>
        </span>
      ),
    },
    {
      key: 'scopes',
      header: t('columns.scopes'),
      className: 'max-sm:col-span-2 sm:max-w-80 sm:whitespace-normal sm:py-2',
      cell: (key) => <May {...key} portfolios={key.portfolioIds.map((id) => portfolios.get(id) ?? id)} />,
    },
    {
      key: 'state',
      header: t('columns.state'),
      phone: 'start',
      cell: ({ state }) =>
        state === 'waiting' ? (
          <Link href="/approvals" className="rounded-full">
            <StatusBadge kind="key" status={state} />
          </Link>
        ) : (
          <StatusBadge kind="key" status={state} />
        ),
    },
    {
      key: 'lastUse',
      header: t('columns.lastUse'),
      phone: 'end',
      hideBelow: 'lg',
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? (
          <Timestamp at={lastUsedAt} />
        ) : (
          <span className="text-muted-foreground">{t('unused')}</span>
        ),
    },
    {
      key: 'expires',
      header: t('columns.expires'),
      hideBelow: 'xl',
      phone: 'hide',
      cell: ({ expiresAt }) =>
        expiresAt ? (
          <Timestamp at={expiresAt} />
        ) : (
          <span className="text-muted-foreground">{t('never')}</span>
        ),
    },
  ];
  if (writer)
    columns.push({
      key: 'actions',
      header: <span className="sr-only">{t('columns.actions')}</span>,
      className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
      cell: ({ id, name, state, scopes }) =>
        state === 'active' || state === 'waiting' ? (
          <KeyActions id={id} name={name} waits={movesMoney(scopes)} />
        ) : null,
    });
  return (
    <DataTable
      label={t('title')}
      rows={keys}
      rowKey={({ id }) => id}
      empty={<EmptyState icon={KeyRound} title={t('empty')} description={t('emptyHint')} />}
      columns={columns}
    />
  );
}

/** Scopes, whose data it is for, limits and where it may come from. */
function May({ scopes, limits, addresses, portfolios }: KeyRow & { portfolios: readonly string[] }) {
  const t = useTranslations('apiKeys');
  const locale = useLocale();
  return (
    <span className="grid gap-1">
      <span className="font-mono text-xs leading-relaxed">{scopes.join(' ')}</span>
      {portfolios.length > 0 ? (
        <span className="text-muted-foreground text-xs">
          {t('only', { portfolios: portfolios.join(', ') })}
        </span>
      ) : null}
      {Object.entries(limits).map(([asset, { each, day }]) => (
        <span key={asset} className="text-muted-foreground text-xs">
          {each === null ? null : t('upTo', { amount: formatAmount(each, asset, locale), asset })}
          {each === null || day === null ? null : ' · '}
          {day === null ? null : t('upToDay', { amount: formatAmount(day, asset, locale), asset })}
        </span>
      ))}
      {addresses.length > 0 ? (
        <span className="text-muted-foreground text-xs">
          {t('from', { addresses: addresses.join(', ') })}
        </span>
      ) : null}
    </span>
  );
}
