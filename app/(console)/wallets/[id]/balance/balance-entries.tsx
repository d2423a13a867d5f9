import { Scale } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EntryCause } from '~/app/(console)/wallets/[id]/balance/entry-cause';
import { EmptyState } from '~/components/list/empty-state';
import { ExpandableRow } from '~/components/list/expandable-row';
import { BookedTime, type BookedTimes, bookedTimes } from '~/components/money/booked-time';
import { Money } from '~/components/money/money';
import { Card } from '~/components/ui/card';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { transactionLabel } from '~/components/words/action-label';
import type { ExplainedBalance, ExplainedEntry } from '~/lib/books/explain';

type BalanceEntriesProps = { explained: ExplainedBalance | null; asset: string };

/** The entries that make a balance, each with the balance that it left; each opens to what caused it. */
export function BalanceEntries({ explained, asset }: BalanceEntriesProps) {
  const t = useTranslations('wallets.explain');
  const kinds = useTranslations('kinds');
  if (!explained || explained.items.length === 0)
    return (
      <Card>
        <EmptyState icon={Scale} title={t('empty')} description={t('emptyHint')} />
      </Card>
    );
  const { items, carried, nextCursor } = explained;
  const times = bookedTimes(items);
  return (
    <Card className="sm:max-lg:overflow-x-auto">
      <Table aria-label={t('entries')} className="max-sm:block">
        <TableHead className="max-sm:sr-only">
          <TableRow className="border-b-0">
            {(['what', 'posted', 'change', 'balance'] as const).map((column) => (
              <TableHeader
                key={column}
                className={`sticky top-(--sticky-top,0px) z-20 border-b bg-card first:rounded-tl-lg first:pl-4 ${column === 'change' || column === 'balance' ? 'text-right' : ''}`}
              >
                {t(`columns.${column}`)}
              </TableHeader>
            ))}
            <TableHeader className="sticky top-(--sticky-top,0px) z-20 w-12 rounded-tr-lg border-b bg-card">
              <span className="sr-only">{t('columns.details')}</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody className="max-sm:block">
          {items.map((entry) => {
            const what = transactionLabel(kinds, entry.transaction.kind);
            return (
              <ExpandableRow
                key={String(entry.sequence)}
                label={t('show', { what })}
                columns={5}
                cells={<Cells entry={entry} time={times(entry)} what={what} asset={asset} />}
              >
                <EntryCause entry={entry} />
              </ExpandableRow>
            );
          })}
          <TableRow className="bg-muted/40 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:px-4 max-sm:py-3">
            <TableCell colSpan={3} className="text-muted-foreground max-sm:h-auto max-sm:p-0 sm:pl-4">
              {t(nextCursor === null ? 'start' : 'carried')}
            </TableCell>
            <TableCell className="text-right max-sm:h-auto max-sm:p-0">
              <Money amount={carried} asset={asset} className="text-muted-foreground" />
            </TableCell>
            <TableCell className="max-sm:hidden" />
          </TableRow>
        </TableBody>
      </Table>
    </Card>
  );
}

const CELL = 'max-sm:h-auto max-sm:p-0';

type CellsProps = { entry: ExplainedEntry; time: ReturnType<BookedTimes>; what: string; asset: string };

function Cells({ entry, time, what, asset }: CellsProps) {
  return (
    <>
      <TableCell className={`${CELL} font-medium max-sm:col-start-1 max-sm:row-start-1 sm:pl-4`}>
        {what}
        {entry.cause.transfer?.counterpartyName || entry.cause.withdrawal?.beneficiaryName ? (
          <span className="font-normal text-muted-foreground max-sm:block">
            <span className="max-sm:hidden"> · </span>
            {entry.cause.withdrawal?.beneficiaryName ?? entry.cause.transfer?.counterpartyName}
          </span>
        ) : null}
      </TableCell>
      <TableCell className={`${CELL} text-muted-foreground max-sm:col-start-1 max-sm:row-start-2`}>
        <BookedTime {...time} seconds />
      </TableCell>
      <TableCell className={`${CELL} text-right max-sm:col-start-1 max-sm:row-start-3 max-sm:text-left`}>
        <Money amount={entry.change} asset={asset} signed />
      </TableCell>
      <TableCell className={`${CELL} text-right max-sm:col-start-1 max-sm:row-start-4 max-sm:text-left`}>
        <Money amount={entry.balanceAfter} asset={asset} className="text-muted-foreground" />
      </TableCell>
    </>
  );
}
