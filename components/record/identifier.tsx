import { CopyButton } from '~/components/record/copy-button';
import { cn } from '~/components/ui/cn';

type IdentifierProps = { value: string; copy?: boolean; className?: string };

/** An id, tracking key or tax id: monospaced, cut in the middle of narrow cells by its end, copied whole. */
export function Identifier({ value, copy = true, className }: IdentifierProps) {
  return (
    <span className={cn('inline-flex min-w-0 max-w-full items-center gap-1', className)}>
      <span title={value} className="truncate font-mono text-[0.96em] tracking-tight">
        {value}
      </span>
      {copy ? <CopyButton value={value} label={value} /> : null}
    </span>
  );
}
