import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { to } from '~/components/ui/to';
import type { BatchPayer } from '~/lib/batches/totals';

/** So many are seen; the ones with the least left come first. */
const MOST_SEEN = 20;

/** Every wallet that pays, with what would be left of it. */
export function Payers({ payers, asset }: { payers: readonly BatchPayer[]; asset: string }) {
  const t = useTranslations('batches.payers');
  return (
    <Section title={t('title')} flush>
      <DataTable
        label={t('title')}
        rows={payers.slice(0, MOST_SEEN)}
        rowKey={({ walletId }) => walletId}
        rowHref={({ walletId }) => to(`/wallets/${walletId}`)}
        columns={[
          { key: 'wallet', header: t('wallet'), cell: ({ name }) => name },
          { key: 'rows', header: t('rows'), cell: ({ rows }) => rows, hideBelow: 'md' },
          {
            key: 'total',
            header: t('total'),
            align: 'end',
            cell: ({ total }) => <Money amount={total} asset={asset} />,
          },
          {
            key: 'left',
            header: t('left'),
            align: 'end',
            cell: ({ left }) => (
              <Money amount={left} asset={asset} {...(left < 0n && { className: 'text-danger' })} />
            ),
          },
        ]}
      />
    </Section>
  );
}
