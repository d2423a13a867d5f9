import type { ReactNode } from 'react';
import type { FormAction } from '~/components/form/use-sending';

/** What can be done with one row of several, by the action that its own page has. */
export type SelectedAct = {
  key: string;
  action: FormAction;
  /** What the action calls the row's id. */
  idName: string;
  label: string;
  title: string;
  consequence: ReactNode;
  danger?: boolean;
  /** What else the action asks for, the same for all. */
  fields?: ReactNode;
};

export type SelectableRow = {
  id: string;
  /** What it is called in a line. */
  name: string;
  money?: { amount: bigint; asset: string };
  /** The keys of the acts that are possible for it. */
  acts: readonly string[];
  /** What its action needs beside what is typed, by act. */
  hidden?: Record<string, string>;
};
