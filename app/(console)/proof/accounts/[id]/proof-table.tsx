import { BadgeCheck } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { AccountProof, ProofRow } from '~/lib/proof/read';

type ProofTableProps = { proofs: readonly ProofRow[]; account: AccountProof };

/** The runs of movements that were found equal; each leads to its movements. */
export function ProofTable({ proofs, account }: ProofTableProps) {
  const t = useTranslations('proof');
  const formatter = useFormatter();
  const { asset } = account;
  return (
    <DataTable
      label={t('account.proofs')}
      rows={proofs}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/proof/accounts/${encodeURIComponent(account.id)}/movements?proof=${id}`)}
      empty={<EmptyState icon={BadgeCheck} title={t('account.proofsEmpty')} />}
      columns={[
        { key: 'at', header: t('proofs.at'), cell: ({ at }) => <Timestamp at={at} format="seconds" /> },
        {
          key: 'count',
          header: t('proofs.count'),
          align: 'end',
          cell: ({ count }) => <span className="tabular-nums">{formatter.number(count)}</span>,
        },
        {
          key: 'to',
          header: t('proofs.to'),
          hideBelow: 'md',
          cell: ({ toAt, toMovementId }) => (
            <span className="flex items-baseline gap-3">
              <Timestamp at={toAt} format="seconds" />
              <span className="truncate font-mono text-[0.96em] text-muted-foreground tracking-tight">
                {toMovementId}
              </span>
            </span>
          ),
          className: 'sm:max-w-96',
        },
        {
          key: 'balance',
          header: t('proofs.balance'),
          align: 'end',
          phone: 'end',
          cell: ({ balance }) => <Money amount={balance} asset={asset} />,
        },
        {
          key: 'difference',
          header: t('proofs.difference'),
          align: 'end',
          hideBelow: 'lg',
          cell: ({ difference }) => (
            <Money
              amount={difference}
              asset={asset}
              className={difference === 0n ? 'text-muted-foreground' : 'text-danger'}
            />
          ),
        },
      ]}
    />
  );
}
