'use client';

import { useFormatter } from 'next-intl';
import { createContext, useContext, useEffect, useState } from 'react';

/** The inbox's now: the server's when it rendered, and what has passed here since. Ages hang on no other clock. */
export const ApprovalClock = createContext(new Date(0));

const MINUTE_MS = 60_000;

/** Goes on from the moment that the server gave with the page. */
export function useClock(served: Date): Date {
  const [elapsed, setElapsed] = useState(0);
  const from = served.getTime();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what has passed counts from what the server gave last.
  useEffect(() => {
    const start = performance.now();
    setElapsed(0);
    const timer = setInterval(() => setElapsed(performance.now() - start), MINUTE_MS);
    return () => clearInterval(timer);
  }, [from]);

  return new Date(from + elapsed);
}

/** How long ago something was, or how long it is until then, in words. */
export function useAgo(): (at: Date) => string {
  const formatter = useFormatter();
  const now = useContext(ApprovalClock);
  return (at) => formatter.relativeTime(at, now);
}

const SOON_MS = 24 * 3_600_000;

/** Whether something is less than a day away. */
export function useSoon(): (at: Date) => boolean {
  const now = useContext(ApprovalClock);
  return (at) => at.getTime() - now.getTime() < SOON_MS;
}
