'use client';

import type { ReactNode } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';

export type RadioOption = { value: string; label: ReactNode; description?: ReactNode; disabled?: boolean };

type RadioGroupProps = {
  options: readonly RadioOption[];
  name?: string;
  defaultValue?: string;
  className?: string;
  onValueChange?: (value: string) => void;
};

/** One choice of a few, each explained: a card per option. Put it in a `<Field group>`. */
export function RadioGroup({ options, name, defaultValue, className, onValueChange }: RadioGroupProps) {
  const control = useFieldControl({ name });
  return (
    <div className={cn('grid gap-2', className)}>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-border-strong bg-card px-3 py-2.5 transition-colors',
            'hover:bg-accent has-checked:border-primary has-checked:bg-primary-soft has-disabled:opacity-50',
          )}
        >
          <input
            type="radio"
            name={control.name}
            value={option.value}
            defaultChecked={option.value === defaultValue}
            disabled={option.disabled}
            required={control.required}
            aria-describedby={control['aria-describedby']}
            onChange={(event) => onValueChange?.(event.target.value)}
            className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-card checked:border-[5px] checked:border-primary"
          />
          <span className="min-w-0">
            <span className="block font-medium text-sm">{option.label}</span>
            {option.description ? (
              <span className="block text-muted-foreground text-sm">{option.description}</span>
            ) : null}
          </span>
        </label>
      ))}
    </div>
  );
}
