'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';

/** The box that every text control shares. 16 px on phones, or iOS zooms in on focus. */
export const controlClasses = cn(
  'w-full rounded-md border border-control/70 bg-card text-foreground text-sm shadow-raised transition-colors max-sm:text-lg',
  'placeholder:text-muted-foreground hover:border-control',
  'focus-visible:border-ring focus-visible:outline-offset-0',
  'aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground',
  '[&[readonly]]:bg-muted',
);

/** A text input. Inside a `<Field>` it needs no name, id or aria attributes. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  const control = useFieldControl(props);
  return (
    <input
      {...props}
      {...control}
      type={type}
      className={cn(controlClasses, 'h-9 px-3 max-sm:h-11', className)}
    />
  );
}
