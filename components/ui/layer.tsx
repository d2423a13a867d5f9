'use client';

import * as Slot from 'radix-ui/slot';
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useId,
  useRef,
  useState,
} from 'react';
import { cn } from './cn';
import { type OnDemand, useOnDemand } from './on-demand';

/** What stands over a page, and the button that opened it. */
export type Layer = {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: RefObject<HTMLElement | null>;
  triggerId: string;
  contentId: string;
};

const LayerContext = createContext<Layer | null>(null);

export function useLayer(): Layer {
  const layer = useContext(LayerContext);
  if (!layer) throw new Error('A part of a layer stands outside of it.');
  return layer;
}

export type LayerProps = {
  /** Left out, it opens and closes by itself. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

/** Holds what opens and what is opened together. What draws it is loaded with the first press: pages have more buttons than presses. */
export function LayerRoot({ open, onOpenChange, children }: LayerProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLElement>(null);
  const [triggerId, contentId] = [useId(), useId()];
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  return (
    <LayerContext value={{ isOpen: open ?? isOpen, onOpenChange: change, trigger, triggerId, contentId }}>
      {children}
    </LayerContext>
  );
}

export type LayerTriggerProps = ComponentProps<'button'> & { asChild?: boolean };

/** The button that opens. It is busy from the press until there is something to open. */
export function LayerTrigger({
  of,
  popup,
  asChild = false,
  className,
  ...props
}: LayerTriggerProps & { of: OnDemand<unknown>; popup: 'dialog' | 'menu' }) {
  const { isOpen, trigger, triggerId, contentId } = useLayer();
  const isThere = useOnDemand(of, isOpen) !== null;
  const Trigger = asChild ? Slot.Root : 'button';
  return (
    <Trigger
      type="button"
      id={triggerId}
      ref={trigger as RefObject<HTMLButtonElement | null>}
      aria-haspopup={popup}
      aria-expanded={isOpen}
      aria-controls={isOpen && isThere ? contentId : undefined}
      aria-busy={(isOpen && !isThere) || undefined}
      data-state={isOpen ? 'open' : 'closed'}
      onPointerEnter={of.load}
      onFocus={of.load}
      className={cn('aria-busy:cursor-progress aria-busy:opacity-70', className)}
      {...props}
    />
  );
}

/** A button within that closes. */
export function LayerClose({ asChild = false, ...props }: LayerTriggerProps) {
  const { onOpenChange } = useLayer();
  const Close = asChild ? Slot.Root : 'button';
  return <Close type="button" onClick={() => onOpenChange(false)} {...props} />;
}
