import type { ComponentProps } from 'react';
import { cn } from './cn';

/*
 * The roles are spelt out because phones lay rows out as grids, and a browser drops a table's meaning
 * when its display changes. Lists of records use `DataTable`; these are for small fixed tables.
 */
const ROLES = {
  table: 'table',
  rowgroup: 'rowgroup',
  row: 'row',
  columnheader: 'columnheader',
  cell: 'cell',
} as const;
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return <table role={ROLES.table} className={cn('w-full border-collapse text-sm', className)} {...props} />;
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead role={ROLES.rowgroup} className={className} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody role={ROLES.rowgroup} className={cn('[&>tr:last-child]:border-b-0', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr role={ROLES.row} className={cn('border-b', className)} {...props} />;
}

export function TableHeader({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      role={ROLES.columnheader}
      scope="col"
      className={cn(
        'h-9 whitespace-nowrap px-3 text-left font-medium text-muted-foreground text-xs',
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return <td role={ROLES.cell} className={cn('h-10 px-3 align-middle', className)} {...props} />;
}
