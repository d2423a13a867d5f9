'use client';

import type { ReactNode } from 'react';
import type { ExternalToast } from 'sonner';
import { onDemand, useOnDemand } from './on-demand';
import type { Say } from './toast-layer';

const toastLayer = onDemand(() => import('./toast-layer'));

type Kind = 'success' | 'error' | 'warning' | 'info';

let say: Say | null = null;
/** Said before there was a place for it. */
const unsaid: ((say: Say) => void)[] = [];

function tell(what: (say: Say) => void): void {
  if (say) what(say);
  else {
    unsaid.push(what);
    toastLayer.load();
  }
}

const of = (kind: Kind) => (title: ReactNode, options?: ExternalToast) =>
  tell((say) => void say[kind](title, options));

/** Says something at the edge of the page. */
export const toast = Object.assign(
  (title: ReactNode, options?: ExternalToast) => tell((say) => void say(title, options)),
  {
    success: of('success'),
    error: of('error'),
    warning: of('warning'),
    info: of('info'),
    /** Of what was never said nothing has to go, and nothing is loaded for it. */
    dismiss: (id: string) => {
      if (say || unsaid.length > 0) tell((say) => void say.dismiss(id));
    },
  },
);

/** Where toasts appear; mounted once, by the providers. */
export function Toaster() {
  const drawn = useOnDemand(toastLayer);
  return drawn ? <drawn.ToastLayer onReady={speak} /> : null;
}

function speak(ready: Say): void {
  say = ready;
  for (const what of unsaid.splice(0)) what(ready);
}
