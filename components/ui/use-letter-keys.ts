import { useSyncExternalStore } from 'react';

const NAME = 'monedero.letter-keys';
const listeners = new Set<() => void>();

/**
 * Whether keys of one letter work, for who dictates by voice or presses them by accident (WCAG 2.1.4). It is kept in
 * this browser.
 */
export function useLetterKeys(): [on: boolean, turn: (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(NAME) !== 'off',
    () => true,
  );
  return [on, turn];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function turn(on: boolean): void {
  if (on) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, 'off');
  for (const listener of listeners) listener();
}
