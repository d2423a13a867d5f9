'use client';

import { createContext } from 'react';

/** Closes what is shown beside a list. */
export const PeekContext = createContext<() => void>(() => undefined);
