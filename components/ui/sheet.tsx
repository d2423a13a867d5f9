'use client';

import type { ReactNode } from 'react';
import { dialogLayer } from './dialog';
import type { SheetPanelProps } from './dialog-layer';
import {
  LayerClose,
  type LayerProps,
  LayerRoot,
  LayerTrigger,
  type LayerTriggerProps,
  useLayer,
} from './layer';
import { useOnDemand } from './on-demand';

export const Sheet: (props: LayerProps) => ReactNode = LayerRoot;
export const SheetClose: (props: LayerTriggerProps) => ReactNode = LayerClose;

export function SheetTrigger(props: LayerTriggerProps) {
  const { onOpenChange } = useLayer();
  return <LayerTrigger of={dialogLayer} popup="dialog" onClick={() => onOpenChange(true)} {...props} />;
}

/** A panel from the side: the menu on phones, details beside a list. */
export function SheetContent(props: SheetPanelProps) {
  const layer = useLayer();
  const drawn = useOnDemand(dialogLayer, layer.isOpen);
  return drawn ? <drawn.SheetPanel layer={layer} {...props} /> : null;
}
