'use client';

import { useTranslations } from 'next-intl';
import { type FocusEvent, type ReactNode, useMemo, useRef } from 'react';
import type { DecisionResult } from '~/app/(console)/approvals/actions';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { ApprovalRow } from '~/app/(console)/approvals/list/row';
import type { ShownRow } from '~/app/(console)/approvals/list/use-shown-rows';
import type { Selection } from '~/components/list/select/use-selection';
import { Card } from '~/components/ui/card';
import { Checkbox } from '~/components/ui/checkbox';
import { cn } from '~/components/ui/cn';
import { Table, TableBody, TableHead, TableHeader, TableRow } from '~/components/ui/table';

type ApprovalTableProps = {
  rows: readonly ShownRow[];
  /** How many of them can be chosen. */
  selectable: number;
  /** Null for who may not decide: the list is then only read. */
  selection: Selection<WaitingItem> | null;
  failures: ReadonlyMap<string, DecisionResult>;
  current: string | null;
  onCurrent: (id: string) => void;
  /** The one that is seen beside the list. */
  shown: string | null;
  /** To look at what has no page of its own. */
  onLook: (id: string) => void;
};

export function ApprovalTable(props: ApprovalTableProps) {
  const { rows, selectable, selection, failures, current, onCurrent, onLook, shown } = props;
  const t = useTranslations('approvals');

  // The same for each row from one rendering to the next: of two hundred rows only those that changed are drawn again.
  const latest = useRef({ selection, onLook });
  latest.current = { selection, onLook };
  const readOnly = selection === null;
  const choosing = useMemo(
    () =>
      readOnly
        ? null
        : {
            toggle: (id: string) => latest.current.selection?.toggle(id),
            extendTo: (id: string) => latest.current.selection?.extendTo(id),
            look: (id: string) => latest.current.onLook(id),
          },
    [readOnly],
  );

  function follow({ target }: FocusEvent) {
    const id = target.closest('tr')?.querySelector<HTMLElement>('[data-row]')?.dataset.row;
    if (id) onCurrent(id);
  }

  return (
    <Card className="sm:max-lg:overflow-x-auto group-data-peek/peek:sm:overflow-x-auto group-data-peek/peek:[--sticky-top:0px]">
      <Table aria-label={t('inbox')} className="max-sm:block">
        <TableHead className={selection ? 'max-sm:block max-sm:border-b' : 'max-sm:sr-only'}>
          <TableRow className="border-b-0 max-sm:block">
            {selection ? (
              <Head className="w-10 p-0 max-sm:static max-sm:flex max-sm:h-11 max-sm:items-center">
                <AllBox selection={selection} count={selectable} />
              </Head>
            ) : null}
            {(['asked', 'from', 'to', 'check'] as const).map((column) => (
              <Head key={column} className="max-sm:sr-only">
                {t(`columns.${column}`)}
              </Head>
            ))}
            <Head className="text-right max-sm:sr-only">{t('columns.amount')}</Head>
          </TableRow>
        </TableHead>
        <TableBody className="max-sm:block" onFocus={follow}>
          {rows.map((row) => (
            <ApprovalRow
              key={row.item.id}
              row={row}
              choosing={choosing}
              chosen={row.gone === undefined && (selection?.has(row.item.id) ?? false)}
              current={row.item.id === current}
              shown={row.item.id === shown}
              failure={failures.get(row.item.id)}
            />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function AllBox({ selection, count }: { selection: Selection<WaitingItem>; count: number }) {
  const t = useTranslations('approvals');
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control and brings its own name.
    <label className="flex h-9 w-10 cursor-pointer items-center justify-center max-sm:h-11 max-sm:w-auto max-sm:gap-3 max-sm:px-3.5">
      <Checkbox
        checked={selection.all}
        disabled={count === 0}
        onChange={selection.toggleAll}
        aria-label={t('selectAll', { count })}
      />
      <span aria-hidden className="sm:hidden">
        {t('selectAll', { count })}
      </span>
    </label>
  );
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
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
