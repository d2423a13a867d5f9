'use client';

import { createContext } from 'react';

/** What was done and by whom, empty where nobody did it by hand. */
export type News = { act: string; by: string; at: Date };

/** What dialogs tell the offers that they stand among, and hear of them. */
export const OffersContext = createContext<{
  /** A dialog has opened, or closed. */
  onOpen: (isOpen: boolean) => void;
  /** What somebody else did since to what it is about; null while that stands as it did. */
  newsOf: (about: string) => News | 'unknown' | null;
} | null>(null);
