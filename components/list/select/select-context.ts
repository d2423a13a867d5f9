'use client';

import { createContext } from 'react';

type Choosing = {
  has: (id: string) => boolean;
  /** Whether anything can be done with it. */
  can: (id: string) => boolean;
  toggle: (id: string) => void;
  extendTo: (id: string) => void;
  all: boolean;
  count: number;
  toggleAll: () => void;
};

/** What is chosen of the list that a row stands in; null where nothing is. */
export const SelectContext = createContext<Choosing | null>(null);
