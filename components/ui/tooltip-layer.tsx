'use client';

import { Popper } from 'radix-ui/internal';
import * as Portal from 'radix-ui/portal';
import type { ReactNode, RefObject } from 'react';

type HintProps = {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  side: 'top' | 'right' | 'bottom' | 'left';
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  children: ReactNode;
};

/** What a hint is drawn by. */
export function Hint({ id, anchor, side, children, ...pointer }: HintProps) {
  return (
    <Popper.Root>
      <Popper.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Portal.Root>
        <Popper.Content
          id={id}
          role="tooltip"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="fade-in-0 z-50 max-w-72 animate-in rounded-md bg-foreground px-2 py-1 font-medium text-background text-xs shadow-floating"
          {...pointer}
        >
          {children}
        </Popper.Content>
      </Portal.Root>
    </Popper.Root>
  );
}
