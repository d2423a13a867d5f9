'use client';

import { createContext } from 'react';
import type { FormState } from '~/lib/form-state';

/** What a form tells its fields: how the last sending ended. Fields leave their labels for the list of errors. */
export const FormContext = createContext<{ state: FormState; labels: Map<string, string> } | null>(null);
