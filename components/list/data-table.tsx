import { SearchX } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ColumnChoice } from '~/components/list/column-choice';
import { EmptyState } from '~/components/list/empty-state';
import type { ReadAddress } from '~/components/list/read-address';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** `end` for amounts. */
  align?: 'start' | 'end';
  /** Below this width the column is left out. */
  hideBelow?: 'md' | 'lg' | 'xl' | 'wide';
  /** Left out below this width of the window while a record is beside the list. */
  besideFrom?: 'wide' | 'widest';
  /** Where a phone's card shows it. By default starts are left and ends right; `hideBelow` hides it there too. */
  phone?: 'start' | 'end' | 'hide';
  /** Whether a phone's card, which has no head, writes the header before the value. By default only the ambiguous do. */
  phoneLabel?: boolean;
  /** Says what of money is so: it is never left out. */
  keep?: boolean;
  /** Of its own use, such as a box to tick: the link to the row is the next column's. */
  bare?: boolean;
  className?: string;
};

type DataTableProps<Row> = {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads. The link is the first column's; it covers the row. */
  rowHref?: (row: Row) => Route;
  /** An `<EmptyState>`, for a list that has nothing yet. */
  empty?: ReactNode;
  /** True when filters are on: an empty list then says so instead. */
  filtered?: boolean;
  /** More than a small desktop holds: there it scrolls in its card, and its head doesn't stick. */
  wide?: boolean;
  /** How its address has it seen. Its rows take the keys of `Peeking`, and its columns may be left out. */
  view?: ListView;
};

export type ListView = Pick<ReadAddress<unknown>, 'peek' | 'hidden'>;

/** What a small screen has no room for has none beside a record either. */
const HIDE = {
  md: 'max-md:hidden group-data-peek/peek:max-2xl:hidden',
  lg: 'max-lg:hidden group-data-peek/peek:max-[110rem]:hidden',
  xl: 'max-xl:hidden group-data-peek/peek:max-[120rem]:hidden',
  wide: 'max-[90rem]:hidden group-data-peek/peek:max-[140rem]:hidden',
} as const;

/** A list of records: 40 px rows under a sticky head, cards of two columns on phones. Rendered on the server. */
export function DataTable<Row>({
  label,
  columns: known,
  rows,
  rowKey,
  rowHref,
  empty,
  filtered,
  wide = false,
  view,
}: DataTableProps<Row>) {
  const hideable = view ? hideableOf(known) : [];
  const columns = known.filter(
    ({ key }) => !view?.hidden.includes(key) || !hideable.some((each) => each.key === key),
  );
  const places = phonePlaces(columns);
  const linked = columns.findIndex(({ bare }) => !bare);
  if (rows.length === 0)
    return <Card>{filtered || !empty ? <NoRows filtered={filtered ?? false} /> : empty}</Card>;
  return (
    <Card
      className={cn(
        // In a card that scrolls the head sticks to the card, under nothing.
        wide
          ? 'sm:max-[90rem]:overflow-x-auto sm:max-[90rem]:[--sticky-top:0px]'
          : 'sm:max-lg:overflow-x-auto',
        'group-data-peek/peek:sm:overflow-x-auto group-data-peek/peek:[--sticky-top:0px]',
      )}
    >
      {hideable.length > 0 ? <ColumnChoice columns={hideable} hidden={view?.hidden ?? []} /> : null}
      <Table aria-label={label} className="max-sm:block">
        <TableHead className="max-sm:sr-only">
          <TableRow className="border-b-0">
            {columns.map((column) => (
              <TableHeader
                key={column.key}
                className={cn(
                  'sticky top-(--sticky-top,0px) z-20 bg-card group-data-peek/peek:not-first:pl-2 group-data-peek/peek:not-last:pr-2 shadow-[inset_0_-1px_var(--border)] first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4',
                  column.align === 'end' && 'text-right',
                  column.hideBelow && HIDE[column.hideBelow],
                  column.besideFrom && BESIDE[column.besideFrom],
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
              {...(view && rowOf(rowKey(row), view.peek))}
              className={cn(
                'relative transition-colors max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:grid-flow-row-dense max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:px-4 max-sm:py-3',
                rowHref && 'hover:bg-muted/60 has-[a.row-link:focus-visible]:bg-muted/60',
                view && CURSOR,
              )}
            >
              {columns.map((column, index) => (
                <Cell
                  key={column.key}
                  column={column}
                  first={index === linked}
                  place={places[index] ?? HIDDEN}
                >
                  {index === linked && rowHref ? (
                    <Link
                      href={rowHref(row)}
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

/** Those that may be left out: neither the one that leads to the row, nor what of money is so. */
function hideableOf<Row>(columns: readonly Column<Row>[]): { key: string; label: string }[] {
  const linked = columns.findIndex(({ bare }) => !bare);
  return columns.flatMap(({ key, header, keep, bare }, index) =>
    typeof header === 'string' && index !== linked && !keep && !bare ? [{ key, label: header }] : [],
  );
}

/** The row that the keys are at, and the one that is shown beside the list. */
const CURSOR =
  'scroll-mt-14 scroll-mb-6 focus-visible:bg-muted focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2 aria-[current=true]:bg-muted aria-[current=true]:[&>td:first-child]:shadow-[inset_3px_0_var(--primary)]';

function rowOf(id: string, shown: string | null) {
  return {
    ...{ 'data-row': id, tabIndex: -1 },
    ...(id === shown && { 'aria-current': 'true' as const }),
  };
}

const HIDDEN: PhonePlace = { side: 'hide', labelled: false };

type PhonePlace = { side: 'start' | 'end' | 'hide'; labelled: boolean };

/**
 * How a phone's card shows each column. The title, the line under it, badges and a lone amount explain themselves;
 * what comes after them is labelled with its header.
 */
function phonePlaces<Row>(columns: readonly Column<Row>[]): PhonePlace[] {
  const sides = columns.map(
    ({ phone, hideBelow, align }, index): PhonePlace['side'] =>
      phone ?? (hideBelow ? 'hide' : align === 'end' && index > 0 ? 'end' : 'start'),
  );
  const isAmount = (index: number) => sides[index] === 'end' && columns[index]?.align === 'end';
  const amounts = columns.filter((_, index) => isAmount(index)).length;
  return columns.map(({ phoneLabel }, index) => {
    const side = sides[index] ?? 'hide';
    const later = sides.slice(0, index).filter((other) => other === 'start').length > 1;
    const ambiguous = side === 'start' ? later : isAmount(index) && amounts > 1;
    return { side, labelled: phoneLabel ?? ambiguous };
  });
}

const BESIDE = {
  wide: 'group-data-peek/peek:max-[90rem]:hidden',
  widest: 'group-data-peek/peek:max-[110rem]:hidden',
} as const;

type CellProps<Row> = { column: Column<Row>; first: boolean; place: PhonePlace; children: ReactNode };

function Cell<Row>({ column, first, place, children }: CellProps<Row>) {
  const { align, header, hideBelow, besideFrom, className } = column;
  return (
    <TableCell
      data-label={place.labelled && typeof header === 'string' ? header : undefined}
      className={cn(
        'max-sm:flex max-sm:h-auto max-sm:min-w-0 max-sm:items-baseline max-sm:p-0 max-sm:empty:hidden sm:first:pl-4 sm:last:pr-4 sm:group-data-peek/peek:not-first:pl-2 sm:group-data-peek/peek:not-last:pr-2',
        'max-sm:data-label:before:mr-1.5 max-sm:data-label:before:shrink-0 max-sm:data-label:before:text-muted-foreground max-sm:data-label:before:text-xs max-sm:data-label:before:content-[attr(data-label)]',
        align === 'end' && 'sm:text-right',
        hideBelow && HIDE[hideBelow],
        besideFrom && BESIDE[besideFrom],
        place.side === 'start' && 'max-sm:col-start-1',
        place.side === 'end' && 'max-sm:col-start-2 max-sm:justify-end',
        place.side === 'hide' && 'max-sm:hidden',
        !first && place.side === 'start' && 'max-sm:text-muted-foreground',
        className,
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
