import { Children, type ReactNode } from 'react';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';

type TwinTableProps = {
  /** What opens it, and what it is called. */
  label: string;
  heads: readonly string[];
  /** What it says without rows. */
  empty: string;
  /** Rows, of as many cells as there are heads. */
  children: ReactNode;
};

/** The numbers of a chart to read and to follow, folded away below it. */
export function TwinTable({ label, heads, empty, children }: TwinTableProps) {
  return (
    <details className="border-t">
      <summary className="w-fit px-4 py-2 text-muted-foreground text-xs hover:text-foreground max-sm:py-3.5">
        {label}
      </summary>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or keys can't scroll it.
        tabIndex={0}
        className="max-h-96 overflow-auto border-t"
      >
        <Table aria-label={label}>
          <TableHead>
            <TableRow>
              {heads.map((head, nth) => (
                <TableHeader key={head} className={nth === 0 ? 'pl-4' : 'text-right last:pr-4'}>
                  {head}
                </TableHeader>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {Children.count(children) > 0 ? (
              children
            ) : (
              <TableRow>
                <TableCell colSpan={heads.length} className="pl-4 text-muted-foreground">
                  {empty}
                </TableCell>
              </TableRow>
            )}
          </TableBody>
        </Table>
      </section>
    </details>
  );
}
