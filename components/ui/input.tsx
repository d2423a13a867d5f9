'use client';

import type { ClipboardEvent, ComponentProps, DragEvent } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field-context';
import { partedText } from './parted';

/** The box that every text control shares. 16 px on phones, or iOS zooms in on focus. */
export const controlClasses = cn(
  'w-full rounded-md border border-control/70 bg-card text-foreground text-sm shadow-raised transition-colors max-sm:text-lg',
  'placeholder:text-muted-foreground hover:border-control',
  'focus-visible:border-ring focus-visible:outline-offset-0',
  'aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground',
  '[&[readonly]]:bg-muted',
);

/**
 * A text input. Inside a `<Field>` it needs no name, id or aria attributes. Where it is for a number (`inputMode`), what
 * parts two cells that are pasted stays to be seen, so that they are never taken for one.
 */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  const control = useFieldControl(props);
  const isNumber = props.inputMode === 'decimal' || props.inputMode === 'numeric';
  return (
    <input
      {...(isNumber && PARTED_SEEN)}
      {...props}
      {...control}
      type={type}
      className={cn(controlClasses, 'h-9 px-3 max-sm:h-11', className)}
    />
  );
}

const PARTED_SEEN = {
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => putIn(event, event.clipboardData),
  onDrop: (event: DragEvent<HTMLInputElement>) => putIn(event, event.dataTransfer),
};

function putIn(event: ClipboardEvent<HTMLInputElement> | DragEvent<HTMLInputElement>, data: DataTransfer) {
  const seen = partedText(data);
  const input = event.currentTarget;
  if (seen === null || input.readOnly || input.disabled) return;
  event.preventDefault();
  input.setRangeText(seen, input.selectionStart ?? 0, input.selectionEnd ?? input.value.length, 'end');
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
