'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useContext, useEffect, useRef } from 'react';
import { FormContext } from '~/components/form/form-context';
import { useFailureMessage, useFieldMessage } from '~/components/form/form-messages';
import {
  EarlierNotice,
  RestoredNotice,
  SenderNotice,
  StartOver,
  UnansweredNotice,
} from '~/components/form/form-notices';
import { Alert } from '~/components/ui/alert';

/** What went wrong, above the fields. It takes the focus, and its entries lead to the fields. */
export function FormErrors() {
  const t = useTranslations('form');
  const form = useContext(FormContext);
  const failureMessage = useFailureMessage();
  const box = useRef<HTMLDivElement>(null);
  const state = form?.state;

  useEffect(() => {
    // Over an ended session, and over who has to show that it is they, stands a dialog, which has the focus.
    if (state && !['idle', 'ok', 'look', 'signed_out', 'step_up'].includes(state.status))
      box.current?.focus();
  }, [state]);

  if (form?.isRestored && state?.status === 'idle') return <RestoredNotice />;
  if (!state || state.status === 'idle' || state.status === 'ok' || state.status === 'look') return null;
  return (
    <div ref={box} tabIndex={-1} className="scroll-mt-20 rounded-lg focus:outline-none">
      {state.status === 'error' ? (
        <Alert
          tone="danger"
          role="alert"
          title={t('failed')}
          action={state.code === 'request_reused' ? <StartOver /> : undefined}
        >
          {failureMessage(state)}
        </Alert>
      ) : state.status === 'invalid' ? (
        <Alert
          tone="danger"
          role="alert"
          title={t('summary', { count: Object.keys(state.fieldErrors).length })}
        >
          <FieldErrorList errors={state.fieldErrors} labels={form?.labels ?? new Map()} box={box} />
        </Alert>
      ) : state.status === 'signed_out' || state.status === 'step_up' || state.status === 'other_operator' ? (
        <SenderNotice state={state} />
      ) : (
        <UnansweredNotice state={state} />
      )}
      {form?.isUnknown && (state.status === 'invalid' || state.status === 'error') ? <EarlierNotice /> : null}
    </div>
  );
}

type FieldErrorListProps = {
  errors: Record<string, string>;
  labels: ReadonlyMap<string, string>;
  box: RefObject<HTMLDivElement | null>;
};

function FieldErrorList({ errors, labels, box }: FieldErrorListProps) {
  const fieldMessage = useFieldMessage();

  function focusField(name: string) {
    const control = box.current?.closest('form')?.elements.namedItem(name);
    const first = control instanceof RadioNodeList ? control[0] : control;
    if (first instanceof HTMLElement) first.focus();
  }

  return (
    <ul className="grid gap-0.5">
      {Object.entries(errors).map(([name, error]) => (
        <li key={name}>
          {labels.has(name) ? (
            <button
              type="button"
              onClick={() => focusField(name)}
              className="rounded-sm text-left underline underline-offset-2"
            >
              {labels.get(name)}: {fieldMessage(error)}
            </button>
          ) : (
            fieldMessage(error)
          )}
        </li>
      ))}
    </ul>
  );
}
