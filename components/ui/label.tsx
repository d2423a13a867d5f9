import type { ComponentProps } from 'react';
import { cn } from './cn';

type LabelProps = ComponentProps<'label'> & { htmlFor: string };

/** The visible name of one control. */
export function Label({ className, htmlFor, children, ...props }: LabelProps) {
  return (
    <label htmlFor={htmlFor} className={cn('font-medium text-foreground text-sm', className)} {...props}>
      {children}
    </label>
  );
}
