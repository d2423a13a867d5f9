import { ArrowRight } from 'lucide-react';
import type { Route } from 'next';
import type { ReactNode } from 'react';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';

type StatProps = {
  label: ReactNode;
  /** A `<Money size="lg">`, or a number. */
  value: ReactNode;
  detail?: ReactNode;
  /** The list that sums to this number. */
  href?: Route;
  className?: string;
};

/** One number of the overview; the whole card leads to the list behind it. */
export function Stat({ label, value, detail, href, className }: StatProps) {
  return (
    <Card
      className={cn(
        'group relative flex flex-col gap-1 p-4',
        href && 'transition-colors hover:border-border-strong',
        className,
      )}
    >
      <div className="flex items-center justify-between gap-2 text-muted-foreground text-sm">
        {href ? (
          <Link href={href} className="rounded-sm after:absolute after:inset-0 after:rounded-lg">
            {label}
          </Link>
        ) : (
          label
        )}
        {href ? (
          <ArrowRight aria-hidden className="size-3.5 opacity-0 transition-opacity group-hover:opacity-100" />
        ) : null}
      </div>
      {/* Above the words, which may take two lines: so the numbers of a row stand in one. */}
      <div className="-order-1 font-semibold text-xl tabular-nums tracking-tight">{value}</div>
      {detail ? <div className="text-muted-foreground text-sm">{detail}</div> : null}
    </Card>
  );
}
