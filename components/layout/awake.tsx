'use client';

import { useEffect } from 'react';

/** The server keeps it to the minute. */
const EVERY_MS = 60_000;

/** Tells that somebody is at work here: a page alone, which asks for news by itself, keeps nobody signed in. */
export function Awake() {
  useEffect(() => {
    // The page's own opening told it.
    let toldAt = Date.now();
    const tell = () => {
      if (Date.now() - toldAt < EVERY_MS) return;
      toldAt = Date.now();
      // Without an answer, the next press tells it again.
      fetch('/api/awake', { method: 'POST' }).catch(() => {});
    };
    const presses = ['pointerdown', 'keydown'] as const;
    for (const press of presses) document.addEventListener(press, tell, { passive: true });
    return () => {
      for (const press of presses) document.removeEventListener(press, tell);
    };
  }, []);
  return null;
}
