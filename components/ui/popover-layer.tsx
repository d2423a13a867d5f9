'use client';

import * as Primitive from 'radix-ui/popover';
import { type ComponentProps, type RefObject, useRef } from 'react';
import { cn } from './cn';
import type { Layer } from './layer';

export type PopoverPanelProps = ComponentProps<typeof Primitive.Content>;

/** What a popover is drawn by. */
export function PopoverPanel({
  layer: { isOpen, onOpenChange, trigger, contentId },
  className,
  align = 'start',
  sideOffset = 6,
  ...props
}: PopoverPanelProps & { layer: Layer }) {
  const wentElsewhere = useRef(false);
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Anchor virtualRef={trigger as RefObject<HTMLElement>} />
      <Primitive.Portal>
        <Primitive.Content
          id={contentId}
          align={align}
          sideOffset={sideOffset}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // Its own button closes it by itself.
            if (event.target instanceof Node && trigger.current?.contains(event.target))
              event.preventDefault();
            else wentElsewhere.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!wentElsewhere.current) trigger.current?.focus();
            wentElsewhere.current = false;
          }}
          className={cn(
            'z-50 w-64 rounded-lg border bg-popover p-3 shadow-floating focus-visible:outline-none',
            'data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=open]:animate-in',
            className,
          )}
          {...props}
        />
      </Primitive.Portal>
    </Primitive.Root>
  );
}
