'use client';

import { Check } from 'lucide-react';
import { Menu as Primitive } from 'radix-ui/internal';
import { type ComponentProps, type RefObject, useRef } from 'react';
import { cn } from './cn';
import type { Layer } from './layer';

const itemClasses = cn(
  'relative flex min-h-8 select-none items-center gap-2 rounded-md px-2 text-sm outline-none max-sm:min-h-11',
  'data-highlighted:bg-accent data-disabled:pointer-events-none data-disabled:opacity-50',
  '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground',
);

export type MenuPanelProps = ComponentProps<typeof Primitive.Content>;

/** What a menu is drawn by. */
export function MenuPanel({
  layer: { isOpen, onOpenChange, trigger, triggerId, contentId },
  className,
  sideOffset = 6,
  ...props
}: MenuPanelProps & { layer: Layer }) {
  const wentElsewhere = useRef(false);
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange} modal={false}>
      <Primitive.Anchor virtualRef={trigger as RefObject<HTMLElement>} />
      <Primitive.Portal>
        <Primitive.Content
          id={contentId}
          aria-labelledby={triggerId}
          sideOffset={sideOffset}
          collisionPadding={8}
          onInteractOutside={() => {
            wentElsewhere.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!wentElsewhere.current) trigger.current?.focus();
            wentElsewhere.current = false;
          }}
          className={cn(
            'z-50 max-h-(--radix-popper-available-height) min-w-44 overflow-y-auto rounded-lg border bg-popover p-1 shadow-floating',
            'data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=open]:animate-in',
            className,
          )}
          {...props}
        />
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export type MenuItemProps = ComponentProps<typeof Primitive.Item> & { danger?: boolean };

export function MenuItem({ className, danger = false, ...props }: MenuItemProps) {
  return (
    <Primitive.Item
      className={cn(
        itemClasses,
        danger && 'text-danger data-highlighted:bg-danger-soft [&_svg]:text-danger',
        className,
      )}
      {...props}
    />
  );
}

export type RadioGroupProps = ComponentProps<typeof Primitive.RadioGroup>;

export function RadioGroup(props: RadioGroupProps) {
  return <Primitive.RadioGroup {...props} />;
}

export type RadioItemProps = ComponentProps<typeof Primitive.RadioItem>;

export function RadioItem({ className, children, ...props }: RadioItemProps) {
  return (
    <Primitive.RadioItem className={cn(itemClasses, 'pr-8', className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="absolute right-2">
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}

export type MenuLabelProps = ComponentProps<typeof Primitive.Label>;

export function MenuLabel({ className, ...props }: MenuLabelProps) {
  return (
    <Primitive.Label
      className={cn('px-2 pt-2 pb-1 font-medium text-muted-foreground text-xs', className)}
      {...props}
    />
  );
}
