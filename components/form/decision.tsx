import type { ReactNode } from 'react';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import type { FormAction } from '~/components/form/use-sending';

/** What can be decided on something that waits, and how each is asked: who refuses it or takes it back says why. */
const LOOKS = {
  approve: { triggerVariant: 'primary' },
  decline: { triggerVariant: 'secondary', reason: 'required', danger: true },
  cancel: { triggerVariant: 'ghost', reason: 'required', danger: true },
} as const;

type DecisionProps = {
  of: keyof typeof LOOKS;
  action: FormAction;
  hidden: Record<string, string>;
  /** The words of this decision in the messages of its noun. */
  words: (key: 'action' | 'title' | 'consequence' | 'done') => string;
  /** Where they differ from the words. */
  title?: ReactNode;
  consequence?: ReactNode;
  confirm?: ReactNode;
  /** All that the decision is about. */
  children?: ReactNode;
};

/** The button and the dialog of one decision on something that waits. */
export function Decision({ of, words, title, consequence, confirm, ...asked }: DecisionProps) {
  return (
    <ConfirmDialog
      {...LOOKS[of]}
      act={of}
      {...asked}
      trigger={words('action')}
      title={title ?? words('title')}
      consequence={consequence ?? words('consequence')}
      confirm={confirm ?? words('action')}
      success={words('done')}
    />
  );
}
