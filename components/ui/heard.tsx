'use client';

import type { ReactNode, SyntheticEvent } from 'react';
import type { EarlyEvent } from '~/components/ui/keep-press';

/**
 * Stands around all that React shows, and marks each press and each form sent that React passes on to it. That React
 * knows an element says less: it does while it wakes up, and passes nothing on then.
 */
export function Heard({ children }: { children: ReactNode }) {
  return (
    <div className="contents" onClickCapture={mark} onSubmitCapture={mark}>
      {children}
    </div>
  );
}

function mark({ nativeEvent }: SyntheticEvent): void {
  (nativeEvent as EarlyEvent).isHeard = true;
}
