'use client';

import type { ReactNode } from 'react';
import { type LayerProps, LayerRoot, LayerTrigger, type LayerTriggerProps, useLayer } from './layer';
import { onDemand, useOnDemand } from './on-demand';
import type { PopoverPanelProps } from './popover-layer';

const popoverLayer = onDemand(() => import('./popover-layer'));

export const Popover: (props: LayerProps) => ReactNode = LayerRoot;

export function PopoverTrigger(props: LayerTriggerProps) {
  const { isOpen, onOpenChange } = useLayer();
  return <LayerTrigger of={popoverLayer} popup="dialog" onClick={() => onOpenChange(!isOpen)} {...props} />;
}

/** A small panel beside what opened it. Give it an `aria-label`. */
export function PopoverContent(props: PopoverPanelProps) {
  const layer = useLayer();
  const drawn = useOnDemand(popoverLayer, layer.isOpen);
  return drawn ? <drawn.PopoverPanel layer={layer} {...props} /> : null;
}
