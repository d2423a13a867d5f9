'use client';

import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode } from 'react';
import { type LayerProps, LayerRoot, LayerTrigger, type LayerTriggerProps, useLayer } from './layer';
import type {
  MenuItemProps,
  MenuLabelProps,
  MenuPanelProps,
  RadioGroupProps,
  RadioItemProps,
} from './menu-layer';
import { onDemand, useOnDemand } from './on-demand';

const menuLayer = onDemand(() => import('./menu-layer'));

export const DropdownMenu: (props: LayerProps) => ReactNode = LayerRoot;

export function DropdownMenuTrigger(props: LayerTriggerProps) {
  const { isOpen, onOpenChange } = useLayer();
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.ctrlKey) return;
    onOpenChange(!isOpen);
    // What opens takes the focus itself.
    if (!isOpen) event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    onOpenChange(event.key === 'ArrowDown' || !isOpen);
  };
  // Without a pointer or a key: by voice, by a screen reader, or from before the page heard it.
  const onClick = ({ detail }: MouseEvent) => {
    if (detail === 0) onOpenChange(true);
  };
  return <LayerTrigger of={menuLayer} popup="menu" {...{ onPointerDown, onKeyDown, onClick }} {...props} />;
}

/** The menu's panel. Not modal: the page behind stays reachable, for screen readers too. */
export function DropdownMenuContent(props: MenuPanelProps) {
  const layer = useLayer();
  const drawn = useOnDemand(menuLayer, layer.isOpen);
  return drawn ? <drawn.MenuPanel layer={layer} {...props} /> : null;
}

/** One act. `danger` for those that take something away. */
export function DropdownMenuItem(props: MenuItemProps) {
  const drawn = useOnDemand(menuLayer);
  return drawn ? <drawn.MenuItem {...props} /> : null;
}

export function DropdownMenuRadioGroup(props: RadioGroupProps) {
  const drawn = useOnDemand(menuLayer);
  return drawn ? <drawn.RadioGroup {...props} /> : null;
}

/** One of several choices; the chosen one carries a check mark. */
export function DropdownMenuRadioItem(props: RadioItemProps) {
  const drawn = useOnDemand(menuLayer);
  return drawn ? <drawn.RadioItem {...props} /> : null;
}

export function DropdownMenuLabel(props: MenuLabelProps) {
  const drawn = useOnDemand(menuLayer);
  return drawn ? <drawn.MenuLabel {...props} /> : null;
}

export function DropdownMenuSeparator() {
  return <hr className="-mx-1 my-1 h-px border-0 bg-border" />;
}
