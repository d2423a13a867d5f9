'use client';

import { Check } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';

/** A checkbox that is one to the browser: it posts `on` by itself and needs no JavaScript. */
export function Checkbox({ className, ...props }: Omit<ComponentProps<'input'>, 'type'>) {
  const control = useFieldControl(props);
  return (
    <span className={cn('relative inline-flex size-4 shrink-0 max-sm:size-5', className)}>
      {/* Larger than the box that is drawn below it: 24 px, as a target has to be (WCAG 2.2, 2.5.8). */}
      <input
        {...props}
        {...control}
        type="checkbox"
        className="peer absolute -top-1 -left-1 size-[calc(100%+0.5rem)] appearance-none rounded-md"
      />
      <span
        aria-hidden
        className={cn(
          'pointer-events-none size-full rounded-sm border border-control bg-card shadow-raised transition-colors',
          'peer-checked:border-primary peer-checked:bg-primary peer-disabled:opacity-50 peer-aria-invalid:border-danger',
        )}
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0 m-auto size-3 text-primary-foreground opacity-0 peer-checked:opacity-100"
      />
    </span>
  );
}
