import type { ReactNode } from 'react';
import { cn } from '~/components/ui/cn';

export type Detail = { label: ReactNode; value: ReactNode };

type DetailListProps = { items: readonly Detail[]; columns?: 1 | 2; className?: string };

/** Facts of one thing as label and value. */
export function DetailList({ items, columns = 1, className }: DetailListProps) {
  return (
    <dl className={cn('-my-2 grid gap-x-8', columns === 2 && 'lg:grid-cols-2', className)}>
      {items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list; labels may be elements.
          key={index}
          className="grid gap-x-4 border-b py-2 text-sm last:border-b-0 sm:grid-cols-[10rem_1fr] sm:items-baseline"
        >
          <dt className="text-muted-foreground">{item.label}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
