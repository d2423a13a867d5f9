'use client';

import { createContext } from 'react';
import type { FormAction } from '~/components/form/use-sending';

/** What keeps and forgets the views of lists; null outside of the console. */
export const ViewActionsContext = createContext<{ save: FormAction; forget: FormAction } | null>(null);
