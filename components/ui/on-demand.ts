import { useEffect, useSyncExternalStore } from 'react';

const RETRY_MS = 1_000;
/** After a page is alive, where a browser doesn't tell that it has nothing to do. */
const IDLE_MS = 1_500;

/** Something that no page needs before somebody presses a button of it. */
export type OnDemand<Part> = {
  /** Null until it is there. */
  get: () => Part | null;
  load: () => void;
  subscribe: (listener: () => void) => () => void;
};

const parts = new Set<() => void>();
let isIdle = false;

/**
 * Loads by `bring` when it is first wanted; what didn't arrive is asked for again. Once a page rests it comes by itself,
 * unless it is of no use without a network.
 */
export function onDemand<Part>(bring: () => Promise<Part>, { atRest = true } = {}): OnDemand<Part> {
  let part: Part | null = null;
  let isComing = false;
  const listeners = new Set<() => void>();

  const load = () => {
    if (part || isComing) return;
    isComing = true;
    bring().then(
      (brought) => {
        part = brought;
        for (const tell of listeners) tell();
      },
      () =>
        setTimeout(() => {
          isComing = false;
          load();
        }, RETRY_MS),
    );
  };

  if (atRest) parts.add(load);
  if (atRest && isIdle) whenIdle(load);
  return {
    get: () => part,
    load,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The part, or null while it isn't there. `wanted` asks for it. */
export function useOnDemand<Part>(
  { get, load, subscribe }: OnDemand<Part>,
  wanted: boolean = false,
): Part | null {
  const part = useSyncExternalStore(subscribe, get, nothing);
  useEffect(() => {
    if (wanted) load();
  }, [wanted, load]);
  return part;
}

/** Renders nothing. What is left for later comes once the page rests, so that it is there also without a network. */
export function useTheRest(): void {
  useEffect(
    () =>
      whenIdle(() => {
        isIdle = true;
        for (const load of parts) load();
      }),
    [],
  );
}

function nothing(): null {
  return null;
}

function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(work, { timeout: 2 * IDLE_MS });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, IDLE_MS);
  return () => clearTimeout(timer);
}
