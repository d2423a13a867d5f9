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
      <input
        {...props}
        {...control}
        type="checkbox"
        className={cn(
          'peer size-full appearance-none rounded-sm border border-control bg-card shadow-raised transition-colors',
          'checked:border-primary checked:bg-primary aria-invalid:border-danger disabled:opacity-50',
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
