'use client';

import * as Slot from 'radix-ui/slot';
import { type PointerEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { onDemand, useOnDemand } from './on-demand';

const tooltipLayer = onDemand(() => import('./tooltip-layer'));

/** A pointer that rests so long means it. */
const REST_MS = 250;
/** From the button over to its hint, which may be read with the pointer on it. */
const LEAVE_MS = 100;

type TooltipProps = {
  content: ReactNode;
  /** One element that can take focus: a tooltip that only a mouse finds is no help. */
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** A short hint on hover and focus. Never the only place where something is said. */
export function Tooltip({ content, children, side = 'top', open, onOpenChange }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isPressed = useRef(false);
  const [isHinted, setHinted] = useState(false);
  const isOpen = open ?? isHinted;
  const layer = useOnDemand(tooltipLayer, isOpen);

  const change = (next: boolean) => {
    clearTimeout(timer.current);
    if (next === isOpen) return;
    setHinted(next);
    onOpenChange?.(next);
  };
  const changeIn = (ms: number, next: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(change, ms, next);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEscape(isOpen, () => change(false));

  return (
    <>
      <Slot.Root
        ref={anchor}
        aria-describedby={isOpen && layer ? id : undefined}
        onPointerEnter={(event: PointerEvent) => {
          tooltipLayer.load();
          if (event.pointerType !== 'touch') changeIn(REST_MS, true);
        }}
        onPointerLeave={() => changeIn(LEAVE_MS, false)}
        onPointerDown={() => {
          isPressed.current = true;
          change(false);
        }}
        onClick={() => change(false)}
        onFocus={() => {
          if (!isPressed.current) change(true);
          isPressed.current = false;
        }}
        onBlur={() => change(false)}
      >
        {children}
      </Slot.Root>
      {isOpen && layer ? (
        <layer.Hint
          id={id}
          anchor={anchor}
          side={side}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => changeIn(LEAVE_MS, false)}
        >
          {content}
        </layer.Hint>
      ) : null}
    </>
  );
}

/** Who presses it while a hint is open closes only that: what lies below stays. */
function useEscape(isOpen: boolean, onEscape: () => void): void {
  const close = useEffectEvent(onEscape);
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    };
    // Before the document, where dialogs listen.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isOpen]);
}
