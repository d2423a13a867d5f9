'use client';

import { useTranslations } from 'next-intl';
import type { ApprovalResult } from '~/app/(console)/withdrawals/actions';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-inbox';
import { ApprovalRow } from '~/app/(console)/withdrawals/approval-row';
import type { Selection } from '~/app/(console)/withdrawals/use-selection';
import { Card } from '~/components/ui/card';
import { Checkbox } from '~/components/ui/checkbox';
import { cn } from '~/components/ui/cn';
import { Table, TableBody, TableHead, TableHeader, TableRow } from '~/components/ui/table';

type ApprovalTableProps = {
  withdrawals: readonly WaitingWithdrawal[];
  /** Null for who may not approve: the list is then only read. */
  selection: Selection | null;
  failures: ReadonlyMap<string, ApprovalResult>;
};

export function ApprovalTable({ withdrawals, selection, failures }: ApprovalTableProps) {
  const t = useTranslations('withdrawals');
  const selectable = withdrawals.filter(({ own }) => !own).length;
  return (
    <Card className="sm:max-lg:overflow-x-auto">
      <Table aria-label={t('approve.inbox')} className="max-sm:block">
        <TableHead className={selection ? 'max-sm:block max-sm:border-b' : 'max-sm:sr-only'}>
          <TableRow className="border-b-0 max-sm:block">
            {selection ? (
              <Head className="w-10 p-0 max-sm:static max-sm:flex max-sm:h-11 max-sm:items-center">
                {/* biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control and brings its own name. */}
                <label className="flex h-9 w-10 cursor-pointer items-center justify-center max-sm:h-11 max-sm:w-auto max-sm:gap-3 max-sm:px-3.5">
                  <Checkbox
                    checked={selection.all}
                    disabled={selectable === 0}
                    onChange={selection.toggleAll}
                    aria-label={t('approve.selectAll', { count: selectable })}
                  />
                  <span aria-hidden className="sm:hidden">
                    {t('approve.selectAll', { count: selectable })}
                  </span>
                </label>
              </Head>
            ) : null}
            <Head className="max-sm:sr-only">{t('columns.requested')}</Head>
            <Head className="max-sm:sr-only">{t('columns.wallet')}</Head>
            <Head className="max-sm:sr-only">{t('columns.beneficiary')}</Head>
            <Head className="max-sm:sr-only max-lg:hidden">{t('columns.concept')}</Head>
            <Head className="max-sm:sr-only max-lg:hidden">{t('columns.requestedBy')}</Head>
            <Head className="text-right max-sm:sr-only">{t('columns.amount')}</Head>
          </TableRow>
        </TableHead>
        <TableBody className="max-sm:block">
          {withdrawals.map((withdrawal) => (
            <ApprovalRow
              key={withdrawal.id}
              withdrawal={withdrawal}
              selection={selection}
              failure={failures.get(withdrawal.id)}
            />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function Head({ className, children }: { className?: string; children: React.ReactNode }) {
  return (
    <TableHeader
      className={cn(
        'sticky top-(--sticky-top,0px) z-20 border-b bg-card first:rounded-tl-lg last:rounded-tr-lg last:pr-4 max-sm:border-b-0',
        className,
      )}
    >
      {children}
    </TableHeader>
  );
}
