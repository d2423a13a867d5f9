import { Ban } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { BlockBeneficiary } from '~/app/(console)/settings/beneficiaries/block-beneficiary';
import { UnblockBeneficiary } from '~/app/(console)/settings/beneficiaries/unblock-beneficiary';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { AddressNotice } from '~/components/list/address-notice';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Pager } from '~/components/list/pager';
import { readPlain } from '~/components/list/read-address';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { Timestamp } from '~/components/record/timestamp';
import { waitingAbout } from '~/lib/approvals/read';
import { textOf } from '~/lib/people/masking';
import { destinationKinds, institutions } from '~/lib/rails/registry';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { type BlockedRow, listBlocked } from '~/lib/withdrawals/beneficiaries';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.beneficiaries'))('title') };
}

export default async function BeneficiariesPage({ searchParams }: PageProps<'/settings/beneficiaries'>) {
  const operator = await requireOperator('people:read');
  const read = readPlain(await searchParams);
  const [t, { items, nextCursor }, waiting] = await Promise.all([
    getTranslations('settings.beneficiaries'),
    listBlocked(operator, { cursor: read.cursor }),
    waitingAbout(operator, 'beneficiary'),
  ]);
  const blocker = can(operator.role, 'beneficiaries:block');
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={blocker ? <BlockBeneficiary kinds={destinationKinds()} banks={institutions()} /> : null}
      flush
    >
      <AddressNotice read={read} />
      <DataTable
        label={t('title')}
        rows={items}
        rowKey={({ destinationKind, destination }) => `${destinationKind} ${textOf(destination)}`}
        empty={<EmptyState icon={Ban} title={t('empty.title')} description={t('empty.description')} />}
        columns={[
          {
            key: 'clabe',
            header: t('columns.clabe'),
            cell: ({ destination }) => <ProtectedClabe value={destination} />,
          },
          {
            key: 'bank',
            header: t('columns.bank'),
            phone: 'end',
            cell: ({ bank }) => bank ?? <span className="text-muted-foreground">{t('unknownBank')}</span>,
          },
          {
            key: 'reason',
            header: t('columns.reason'),
            className: 'max-sm:col-span-2 sm:max-w-80 sm:whitespace-normal sm:py-2',
            cell: ({ reason }) => <span className="text-pretty break-words">{reason}</span>,
          },
          { key: 'who', header: t('columns.who'), cell: ({ blockedBy }) => blockedBy },
          {
            key: 'when',
            header: t('columns.when'),
            phone: 'end',
            cell: ({ createdAt }) => <Timestamp at={createdAt} />,
          },
          ...(blocker
            ? [
                {
                  key: 'actions',
                  header: <span className="sr-only">{t('columns.actions')}</span>,
                  className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
                  cell: (row: BlockedRow) =>
                    waiting.has(textOf(row.destination)) ? (
                      <WaitsBadge />
                    ) : (
                      <UnblockBeneficiary kind={row.destinationKind} destination={textOf(row.destination)} />
                    ),
                },
              ]
            : []),
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </Section>
  );
}
