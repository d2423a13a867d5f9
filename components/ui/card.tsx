import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A bordered ground for things that belong together. `Section` adds the heading. */
export function Card({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('rounded-lg border bg-card shadow-raised', className)} {...props} />;
}
