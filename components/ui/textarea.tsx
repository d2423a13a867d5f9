'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useEchoedValue, useFieldControl } from './field-context';
import { controlClasses } from './input';

/** A text of several lines, which grows with what is typed. */
export function Textarea({ className, defaultValue, value, rows = 3, ...props }: ComponentProps<'textarea'>) {
  const control = useFieldControl(props);
  const echoed = useEchoedValue();
  const content = value === undefined ? { defaultValue: echoed ?? defaultValue } : { value };
  return (
    <textarea
      {...props}
      {...control}
      {...content}
      rows={rows}
      className={cn(controlClasses, 'field-sizing-content min-h-18 px-3 py-2', className)}
    />
  );
}
