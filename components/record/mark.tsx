'use client';

import { Clock, Copy, RotateCw } from 'lucide-react';
import { Tooltip } from '~/components/ui/tooltip';

const ICONS = { late: Clock, recovered: RotateCw, twin: Copy } as const;

/** A small sign beside a movement or a deposit; what it means comes on hover and focus, and to screen readers as its name. */
export function Mark({ kind, label }: { kind: keyof typeof ICONS; label: string }) {
  const Icon = ICONS[kind];
  return (
    <Tooltip content={label}>
      <button
        type="button"
        aria-label={label}
        className="relative z-10 inline-flex size-6 shrink-0 items-center justify-center rounded-md text-warning hover:bg-accent"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
    </Tooltip>
  );
}
