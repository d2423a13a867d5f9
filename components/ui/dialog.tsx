'use client';

import type { ReactNode } from 'react';
import type { DialogPanelProps } from './dialog-layer';
import {
  LayerClose,
  type LayerProps,
  LayerRoot,
  LayerTrigger,
  type LayerTriggerProps,
  useLayer,
} from './layer';
import { onDemand, useOnDemand } from './on-demand';

export const dialogLayer = onDemand(() => import('./dialog-layer'));

export const Dialog: (props: LayerProps) => ReactNode = LayerRoot;
export const DialogClose: (props: LayerTriggerProps) => ReactNode = LayerClose;

export function DialogTrigger(props: LayerTriggerProps) {
  const { onOpenChange } = useLayer();
  return <LayerTrigger of={dialogLayer} popup="dialog" onClick={() => onOpenChange(true)} {...props} />;
}

/** A centred dialog; on phones it rises from the bottom edge. Title and description name it for screen readers. */
export function DialogContent(props: DialogPanelProps) {
  const layer = useLayer();
  const drawn = useOnDemand(dialogLayer, layer.isOpen);
  return drawn ? <drawn.DialogPanel layer={layer} {...props} /> : null;
}

/** The row of buttons at the end of a dialog: the way out first, the act last. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>;
}
