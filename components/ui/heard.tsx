'use client';

import type { ReactNode, SyntheticEvent } from 'react';
import type { EarlyEvent } from '~/components/ui/keep-press';

/**
 * Stands around all that React shows, and marks each press that React passes on to it. That an element is known to React
 * says less: it is while React wakes up, and a press that then finds a file missing is passed on to nobody.
 */
export function Heard({ children }: { children: ReactNode }) {
  return (
    <div className="contents" onClickCapture={mark}>
      {children}
    </div>
  );
}

function mark({ nativeEvent }: SyntheticEvent): void {
  (nativeEvent as EarlyEvent).isHeard = true;
}
