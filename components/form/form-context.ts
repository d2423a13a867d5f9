'use client';

import { createContext } from 'react';
import type { FormState } from '~/lib/form-state';

export type FormContextValue = {
  state: FormState;
  /** Fields leave their labels for the list of errors. */
  labels: Map<string, string>;
  /** The page's scripts are alive: what is sent now arrives as it was typed. */
  isReady: boolean;
  isPending: boolean;
  /** Something was sent from here, and nobody knows what became of it, whatever the last answer says. */
  isUnknown: boolean;
  /** What was typed before the page was left or loaded again stands in it. */
  isRestored: boolean;
  /** Back from a look to the fields. */
  edit: () => void;
  /** Throws away what was typed, and begins another. */
  startOver: () => void;
};

/** What a form tells its fields, its notices and its button. */
export const FormContext = createContext<FormContextValue | null>(null);
