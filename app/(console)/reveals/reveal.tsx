'use client';

import { useEffect, useRef } from 'react';
import { RevealClock } from '~/app/(console)/reveals/reveal-clock';
import { RevealDialog } from '~/app/(console)/reveals/reveal-dialog';
import type { Sight } from '~/lib/people/masking';

type RevealProps = {
  sight: Sight;
  /** Whose data, as the page names them; null where they have no name. */
  name: string | null;
};

/** Beside masked data: the way to see it for a while, and while it is seen, for how long still. */
export function Reveal({ sight: { reveal, revealable }, name }: RevealProps) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(reveal?.id);

  useEffect(() => {
    if (shown.current === reveal?.id) return;
    shown.current = reveal?.id;
    // What was pressed left the page; the focus goes to what took its place, unless it is somewhere else by now.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) box.current?.querySelector('button')?.focus();
    });
  }, [reveal?.id]);

  if (!reveal && !revealable) return null;
  return (
    // On one line with a section's title, whether masked or seen: nothing moves when it changes.
    <div ref={box} className="-mb-0.5 max-sm:-mb-2.5">
      {reveal ? <RevealClock reveal={reveal} /> : null}
      {revealable ? <RevealDialog person={revealable} name={name} /> : null}
    </div>
  );
}
