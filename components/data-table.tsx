import { SearchX } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { EmptyState } from '~/components/empty-state';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** `end` for amounts. */
  align?: 'start' | 'end';
  /** Below this width the column is left out. */
  hideBelow?: 'md' | 'lg' | 'xl';
  /** Where a phone's card shows it. By default the first column and other starts are left, ends right. */
  phone?: 'start' | 'end' | 'hide';
  className?: string;
};

type DataTableProps<Row> = {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads. The link is the first column's; it covers the row. */
  rowHref?: (row: Row) => string;
  /** An `<EmptyState>`, for a list that has nothing yet. */
  empty?: ReactNode;
  /** True when filters are on: an empty list then says so instead. */
  filtered?: boolean;
};

const HIDE = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;

/** A list of records: 40 px rows under a sticky head, cards of two columns on phones. Rendered on the server. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHref,
  empty,
  filtered,
}: DataTableProps<Row>) {
  if (rows.length === 0)
    return <Card>{filtered || !empty ? <NoRows filtered={filtered ?? false} /> : empty}</Card>;
  return (
    <Card className="sm:max-lg:overflow-x-auto">
      <Table aria-label={label} className="max-sm:block">
        <TableHead className="max-sm:sr-only">
          <TableRow className="border-b-0">
            {columns.map((column) => (
              <TableHeader
                key={column.key}
                className={cn(
                  'sticky top-(--sticky-top,0px) z-20 bg-card shadow-[inset_0_-1px_var(--border)] first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4',
                  column.align === 'end' && 'text-right',
                  column.hideBelow && HIDE[column.hideBelow],
                )}
              >
                {column.header}
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody className="max-sm:block">
          {rows.map((row) => (
            <TableRow
              key={rowKey(row)}
              className={cn(
                'relative transition-colors max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:grid-flow-row-dense max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:px-4 max-sm:py-3',
                rowHref && 'hover:bg-muted/60 has-[a.row-link:focus-visible]:bg-muted/60',
              )}
            >
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} first={index === 0}>
                  {index === 0 && rowHref ? (
                    <Link
                      href={rowHref(row) as Route}
                      className="row-link -my-1 inline-block max-w-full py-1 font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
                    >
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </Cell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

type CellProps<Row> = { column: Column<Row>; first: boolean; children: ReactNode };

function Cell<Row>({ column, first, children }: CellProps<Row>) {
  const phone = column.phone ?? (column.align === 'end' && !first ? 'end' : 'start');
  return (
    <TableCell
      className={cn(
        'max-sm:flex max-sm:h-auto max-sm:min-w-0 max-sm:items-center max-sm:p-0 sm:first:pl-4 sm:last:pr-4',
        column.align === 'end' && 'sm:text-right',
        phone === 'start' && 'max-sm:col-start-1',
        phone === 'end' && 'max-sm:col-start-2 max-sm:justify-end',
        phone === 'hide' && 'max-sm:hidden',
        column.hideBelow && HIDE[column.hideBelow],
        !first && phone === 'start' && 'max-sm:text-muted-foreground',
        column.className,
      )}
    >
      {children}
    </TableCell>
  );
}

function NoRows({ filtered }: { filtered: boolean }) {
  const t = useTranslations('common.table');
  return (
    <EmptyState
      icon={SearchX}
      title={t(filtered ? 'emptyFiltered' : 'empty')}
      description={filtered ? t('emptyFilteredHint') : undefined}
    />
  );
}
