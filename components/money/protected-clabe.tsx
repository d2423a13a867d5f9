import { Clabe } from '~/components/money/clabe';
import { cn } from '~/components/ui/cn';
import type { Personal } from '~/lib/people/masking';

type ProtectedClabeProps = { value: Personal; copy?: boolean; className?: string };

/** A number in full where it may be seen, else masked and without a copy button. */
export function ProtectedClabe({ value, copy = true, className }: ProtectedClabeProps) {
  if (typeof value === 'string') return <Clabe value={value} copy={copy} {...(className && { className })} />;
  return <span className={cn('font-mono', className)}>{value.masked}</span>;
}
