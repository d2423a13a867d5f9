import { CircleCheck } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Destination } from '~/app/(console)/deposits/destination';
import { mayReturn, nameOf } from '~/app/(console)/deposits/selection';
import { senderOf } from '~/app/(console)/deposits/sender';
import { useSuspenseWord } from '~/app/(console)/deposits/suspense-word';
import { DataTable, type ListView } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { selectColumn } from '~/components/list/select/select-column';
import { useMoneyColumns } from '~/components/money/columns';
import { Mark } from '~/components/record/mark';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { cn } from '~/components/ui/cn';
import { to } from '~/components/ui/to';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { Suggestion } from '~/lib/deposits/suggestions';
import type { SuspenseRow } from '~/lib/deposits/waiting';
import type { Role } from '~/lib/roles';

/** Longer than this nobody's money should wait. */
const OLD_AFTER_MS = 24 * 3_600_000;

type SuspenseTableProps = {
  deposits: readonly SuspenseRow[];
  /** By deposit; nobody has any who can't assign them. */
  suggestions: ReadonlyMap<string, readonly Suggestion[]>;
  role: Role;
  filtered: boolean;
  view: ListView;
};

/** Money that arrived or came back and is nobody's yet, longest waiting first. */
export function SuspenseTable({ deposits, suggestions, role, filtered, view }: SuspenseTableProps) {
  const t = useTranslations('deposits');
  const word = useSuspenseWord();
  const columns = useMoneyColumns<SuspenseRow>();
  return (
    <DataTable
      label={t('tabs.suspense')}
      rows={deposits}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/deposits/${id}`)}
      filtered={filtered}
      view={view}
      empty={
        <EmptyState
          icon={CircleCheck}
          title={t('empty.suspense.title')}
          description={t('empty.suspense.description')}
        />
      }
      columns={[
        ...(deposits.some((deposit) => mayReturn(deposit, role))
          ? [selectColumn<SuspenseRow>((deposit) => ({ id: deposit.id, name: nameOf(deposit) }))]
          : []),
        {
          key: 'since',
          header: t('columns.since'),
          cell: ({ suspenseSince, transactedAt }) => <Age since={suspenseSince ?? transactedAt} />,
        },
        {
          key: 'reason',
          header: t('columns.reason'),
          keep: true,
          cell: ({ suspenseReason, direction }) => (
            <Badge tone="warning">{word(suspenseReason ?? '', direction)}</Badge>
          ),
        },
        columns.other(t('columns.counterparty'), senderOf),
        {
          key: 'to',
          header: t('columns.to'),
          cell: (deposit) => <Destination deposit={deposit} />,
          className: 'sm:max-w-60',
          hideBelow: 'lg',
        },
        ...(suggestions.size > 0
          ? [
              {
                key: 'suggestion',
                header: t('columns.suggestion'),
                cell: ({ id }: SuspenseRow) => <Likeliest of={suggestions.get(id)} />,
                className: 'sm:max-w-48',
                hideBelow: 'md' as const,
              },
            ]
          : []),
        columns.concept(({ comment }) => comment),
        columns.amount(({ amount, asset, sharesKey }) => ({
          ...{ amount, asset, strong: true },
          mark: sharesKey && <Mark kind="twin" label={t('sharesKey')} />,
        })),
      ]}
    />
  );
}

/** Whose it most likely is. */
function Likeliest({ of = [] }: { of: readonly Suggestion[] | undefined }) {
  const t = useTranslations('deposits.evidence');
  const nameOf = useWalletName();
  const [best] = of;
  if (!best) return <span className="text-muted-foreground">—</span>;
  const { customer, walletName, houseRole, score } = best;
  return (
    <span className="grid leading-tight">
      <span className="truncate">{customer?.name ?? nameOf({ name: walletName, houseRole })}</span>
      <span className="text-muted-foreground text-xs">{t('score', { score })}</span>
    </span>
  );
}

/** How long it has waited, as a person would say it, and since when. */
function Age({ since }: { since: Date }) {
  const formatter = useFormatter();
  const old = Date.now() - since.getTime() > OLD_AFTER_MS;
  return (
    <span className="grid leading-tight">
      <span className={cn('whitespace-nowrap', old && 'font-semibold text-warning')}>
        {formatter.relativeTime(since, new Date())}
      </span>
      <Timestamp at={since} className="font-normal text-muted-foreground text-xs" />
    </span>
  );
}
