'use client';

import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '~/components/ui/cn';
import { TableCell, TableRow } from '~/components/ui/table';

type ExpandableRowProps = {
  /** What opening shows, for screen readers. */
  label: string;
  /** The row's cells, without the one that holds the button. */
  cells: ReactNode;
  children: ReactNode;
  /** How many columns the table has, the button's included. */
  columns?: number;
};

/** A table row that opens a second one below it. The button covers the row. */
export function ExpandableRow({ label, cells, children, columns = 6 }: ExpandableRowProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <TableRow
        className={cn(
          'relative transition-colors hover:bg-muted/60 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:px-4 max-sm:py-3',
          open && 'border-b-0 bg-muted/60',
        )}
      >
        {cells}
        <TableCell className="max-sm:col-start-2 max-sm:row-span-4 max-sm:row-start-1 max-sm:h-auto max-sm:p-0">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={label}
            onClick={() => setOpen(!open)}
            className="inline-flex size-8 items-center justify-center rounded-md text-muted-foreground after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
          >
            <ChevronDown aria-hidden className={cn('size-4 transition-transform', open && 'rotate-180')} />
          </button>
        </TableCell>
      </TableRow>
      {open ? (
        <TableRow id={id} className="bg-muted/60 max-sm:block">
          <TableCell colSpan={columns} className="h-auto px-4 pt-1 pb-4 max-sm:block">
            {children}
          </TableCell>
        </TableRow>
      ) : null}
    </>
  );
}
