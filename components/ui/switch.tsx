'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';

/** On or off, for settings. A checkbox to the browser, a switch to assistive technology. */
export function Switch({ className, ...props }: Omit<ComponentProps<'input'>, 'type'>) {
  const control = useFieldControl(props);
  return (
    <span className={cn('relative inline-flex h-5 w-9 shrink-0', className)}>
      <input
        {...props}
        {...control}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells aria-checked by itself.
        role="switch"
        className="peer size-full appearance-none rounded-full bg-control transition-colors checked:bg-primary disabled:opacity-50"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-0.5 left-0.5 size-4 rounded-full bg-white shadow-raised transition-transform peer-checked:translate-x-4"
      />
    </span>
  );
}
