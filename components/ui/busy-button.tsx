import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';

type BusyButtonProps = { isBusy: boolean; busy: ReactNode; children: ReactNode };

/** Sends a form that takes the width it has, and says so while it does. It keeps the focus meanwhile. */
export function BusyButton({ isBusy, busy, children }: BusyButtonProps) {
  return (
    <Button type="submit" variant="primary" size="lg" aria-disabled={isBusy} className="mt-1 w-full">
      {isBusy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {isBusy ? busy : children}
    </Button>
  );
}
