'use client';

import { createContext } from 'react';

/** The id of who is signed in as this page was rendered; null outside of the console. */
export const OperatorContext = createContext<string | null>(null);

/** Their e-mail: whoever signs in again over a page of theirs need not type it. */
export const OperatorEmailContext = createContext<string | undefined>(undefined);
