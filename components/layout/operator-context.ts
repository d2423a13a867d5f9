'use client';

import { createContext } from 'react';

/** The id of who is signed in as this page was rendered; null outside of the console. */
export const OperatorContext = createContext<string | null>(null);
