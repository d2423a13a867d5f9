'use client';

import { useSyncExternalStore } from 'react';

export type Connection = {
  /** The server has not answered the last question: what is shown may not be so any more. */
  isLost: boolean;
  /** Nobody is signed in any more. */
  isSignedOut: boolean;
  /** They are just signing out themselves: nothing is asked any more, and no session is found to have ended. */
  isLeaving: boolean;
  /** When the server last said that this page shows what is so, in ms; null where no page asks. */
  freshAt: number | null;
  /** How often somebody wanted to leave while it was lost. */
  refusals: number;
};

const PING_TIMEOUT_MS = 3_000;
/** A page asks every two seconds; what was answered within this is as good as now. */
const RECENT_MS = 2_500;

/** One browser tab has one connection; forms, live pages, links and the banner tell each other through it. */
let current: Connection = { isLost: false, isSignedOut: false, isLeaving: false, freshAt: null, refusals: 0 };
let answeredAt = 0;
const listeners = new Set<() => void>();

function change(to: Partial<Connection>): void {
  current = { ...current, ...to };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const BEFORE: Connection = current;

export function useConnection(): Connection {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => BEFORE,
  );
}

/** For what only waits for the server: it is not rendered again at every sign of life. */
export function useIsLost(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => current.isLost,
    () => BEFORE.isLost,
  );
}

export function useIsLeaving(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => current.isLeaving,
    () => BEFORE.isLeaving,
  );
}

/** The server answered a live page; `signed_out` where it wanted to know who asks. */
export function reportAnswer(answer: 'fresh' | 'signed_out'): void {
  answeredAt = Date.now();
  if (answer === 'fresh') change({ isLost: false, isSignedOut: false, freshAt: answeredAt });
  else change({ isLost: false, isSignedOut: true });
}

/** The server answered what a form or a page of this tab asked of it. */
export function reportReached(): void {
  answeredAt = Date.now();
  if (current.isLost) change({ isLost: false });
}

/** Whether an answer said that nobody is signed in any more. */
export function isSignedOut(): boolean {
  return current.isSignedOut;
}

export function reportSignIn(): void {
  change({ isSignedOut: false });
}

export function reportLeaving(isLeaving: boolean): void {
  change({ isLeaving });
}

/** Pages that no longer ask don't say how fresh they are. */
export function forgetFreshness(): void {
  change({ freshAt: null });
}

export function reportLoss(): void {
  if (!current.isLost) change({ isLost: true });
}

/** What the server answers where it is asked for nothing at all; a proxy before it, whose server is gone, says else. */
const ALIVE = 204;

/** Asks the server for nothing at all, and answers whether it is there. */
export async function ping(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PING_TIMEOUT_MS);
    const { status } = await fetch('/api/alive', { cache: 'no-store', signal });
    if (status !== ALIVE) throw new Error(`Asked whether it is alive, what is there answers ${status}.`);
  } catch {
    reportLoss();
    return false;
  }
  reportReached();
  return true;
}

export function wasReachedWithin(ms: number): boolean {
  return !current.isLost && Date.now() - answeredAt <= ms;
}

/**
 * Whether a page can be left for another: where the server may be gone, it is asked first, and who can't leave is told
 * by the banner. The browser's own error page would take everything on this one away.
 */
export async function canLeave(): Promise<boolean> {
  const isThere = await isServerThere();
  if (!isThere) change({ refusals: current.refusals + 1 });
  return isThere;
}

/** The same for what asks by itself: nobody who only looks on is told of it. */
export async function isServerThere(): Promise<boolean> {
  return isSurelyThere() || (await ping());
}

/** It answered a moment ago: nothing needs to be asked. */
export function isSurelyThere(): boolean {
  return navigator.onLine && wasReachedWithin(RECENT_MS);
}
