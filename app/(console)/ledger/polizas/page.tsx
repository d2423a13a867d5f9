import { NotebookText } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LedgerHeader } from '~/app/(console)/ledger/ledger-header';
import { ASSET_CODES, readPolizas } from '~/app/(console)/ledger/params';
import { ColumnAmount } from '~/components/list/column-amount';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { Identifier } from '~/components/record/identifier';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { transactionLabel } from '~/components/words/action-label';
import {
  listPolizaLines,
  POLIZAS_PER,
  type PolizaLine,
  type Unmapped,
  unmappedPostings,
} from '~/lib/accounting/polizas';
import { accountingRules } from '~/lib/accounting/rules';
import { can, type Role } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('ledger'))('tabs.polizas') };
}

/** The journal as programs of accounting take it in, by the accounts that the rules give each posting. */
export default async function PolizasPage({ searchParams }: PageProps<'/ledger/polizas'>) {
  const operator = await requireOperator('console:read');
  const { filter, cursor, ...read } = readPolizas(await searchParams, operator.timeZone);
  const { rules } = await accountingRules();
  const asked = { ...filter, rules, cursor };
  const readable = read.unreadable.length === 0;
  const missing = readable ? await unmappedPostings(asked) : [];
  const isShown = readable && missing.length === 0;
  const [t, ledger, { items, nextCursor }] = await Promise.all([
    getTranslations('accounting.polizas'),
    getTranslations('ledger'),
    isShown ? listPolizaLines(asked) : { items: [], nextCursor: null },
  ]);
  return (
    <>
      <LedgerHeader actions={isShown ? <ExportMenu list="polizas" role={operator.role} /> : null} />
      <FilterBar
        read={read}
        filters={[
          { kind: 'dates', name: 'dates', label: t('dates') },
          {
            kind: 'select',
            name: 'per',
            label: t('per.label'),
            options: POLIZAS_PER.map((value) => ({ value, label: t(`per.${value}`) })),
          },
          {
            kind: 'select',
            name: 'asset',
            label: ledger('accounts.asset'),
            options: ASSET_CODES.map((value) => ({ value, label: value })),
          },
        ]}
      />
      {missing.length > 0 ? (
        <WithoutAccount missing={missing} role={operator.role} />
      ) : (
        <>
          <p className="mb-3 text-muted-foreground text-sm">{t('hint')}</p>
          <DataTable
            label={t('label')}
            rows={items}
            rowKey={({ id }) => id}
            filtered={!readable}
            wide
            empty={<EmptyState icon={NotebookText} title={t('empty')} description={t('emptyHint')} />}
            columns={await columns()}
          />
          <Pager nextCursor={nextCursor} count={items.length} />
        </>
      )}
    </>
  );
}

type WithoutAccountProps = { missing: readonly Unmapped[]; role: Role };

/** What keeps the pólizas from being whole, and where that is mended. */
async function WithoutAccount({ missing, role }: WithoutAccountProps) {
  const [t, ledger, kinds] = await Promise.all([
    getTranslations('accounting.polizas'),
    getTranslations('ledger.groups'),
    getTranslations('kinds'),
  ]);
  const action = can(role, 'settings:read') ? (
    <Button asChild size="sm">
      <Link href="/settings/accounting">{t('toRules')}</Link>
    </Button>
  ) : null;
  return (
    <Alert tone="warning" title={t('unmapped')} action={action}>
      {t('unmappedHint')}
      <ul className="mt-1 list-disc pl-5">
        {missing.map(({ group, kind }) => (
          <li key={`${group} ${kind}`}>
            {ledger(group)} × {transactionLabel(kinds, kind)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

async function columns(): Promise<Column<PolizaLine>[]> {
  const [t, ledger, kinds, types] = await Promise.all([
    getTranslations('accounting.polizas'),
    getTranslations('ledger'),
    getTranslations('kinds'),
    getTranslations('exports.polizaTypes'),
  ]);
  return [
    {
      key: 'number',
      header: t('number'),
      cell: ({ number }) => <span className="tabular-nums">{number}</span>,
    },
    {
      key: 'date',
      header: t('date'),
      cell: ({ day }) => <span className="tabular-nums">{day}</span>,
    },
    {
      key: 'type',
      header: t('type'),
      cell: ({ type }) => types(type),
      phone: 'hide',
      hideBelow: 'lg',
    },
    { key: 'concept', header: t('concept'), cell: ({ kind }) => transactionLabel(kinds, kind) },
    {
      key: 'account',
      header: t('account'),
      cell: ({ account }) => <span className="font-mono text-sm">{account}</span>,
    },
    {
      key: 'reference',
      header: t('reference'),
      cell: ({ reference }) => <Identifier value={reference} copy={false} />,
      className: 'text-muted-foreground sm:max-w-56',
      phone: 'hide',
      hideBelow: 'xl',
    },
    {
      key: 'debit',
      header: ledger('sides.debitColumn'),
      align: 'end',
      phoneLabel: true,
      cell: ({ debit, asset }) => (debit === null ? null : <ColumnAmount amount={debit} asset={asset} />),
    },
    {
      key: 'credit',
      header: ledger('sides.creditColumn'),
      align: 'end',
      phoneLabel: true,
      cell: ({ credit, asset }) => (credit === null ? null : <ColumnAmount amount={credit} asset={asset} />),
    },
    { key: 'asset', header: ledger('accounts.asset'), cell: ({ asset }) => asset, phone: 'hide' },
  ];
}
