'use client';

import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';
import { controlClasses } from './input';

export type SelectOption = { value: string; label: string; disabled?: boolean };

type SelectProps = Omit<ComponentProps<'select'>, 'children' | 'multiple'> & {
  options: readonly SelectOption[];
  /** Shown first, with the empty value: for a choice that must be made, or may be left out. */
  placeholder?: string;
};

/** The browser's own select: it works in a form without JavaScript, and phones show their native list. */
export function Select({ className, options, placeholder, defaultValue, value, ...props }: SelectProps) {
  const control = useFieldControl(props);
  const content = value === undefined ? { defaultValue } : { value };
  return (
    <span className="relative block">
      <select
        // A form that is reset goes back to a select's first default, so a new default means a new select.
        key={value === undefined ? String(defaultValue) : undefined}
        {...props}
        {...control}
        {...content}
        className={cn(controlClasses, 'h-9 appearance-none truncate pr-9 pl-3 max-sm:h-11', className)}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-3 my-auto size-3.5 text-muted-foreground"
      />
    </span>
  );
}
