'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';
import { controlClasses } from './input';

/** A text of several lines, which grows with what is typed. */
export function Textarea({ className, rows = 3, ...props }: ComponentProps<'textarea'>) {
  const control = useFieldControl(props);
  return (
    <textarea
      {...props}
      {...control}
      rows={rows}
      className={cn(controlClasses, 'field-sizing-content min-h-18 px-3 py-2', className)}
    />
  );
}
