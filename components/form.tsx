'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  createContext,
  type ReactNode,
  useActionState,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useFormStatus } from 'react-dom';
import { toast } from 'sonner';
import { useFailureMessage, useFieldMessage } from '~/components/form-messages';
import { Alert } from '~/components/ui/alert';
import { Button, type ButtonProps } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';
import { FieldContext } from '~/components/ui/field-context';
import type { FormState } from '~/lib/form-state';

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>;

type FormContextValue = { state: FormState; labels: Map<string, string> };
const FormContext = createContext<FormContextValue | null>(null);

type FormProps = {
  action: FormAction;
  children: ReactNode;
  /** Values that go along unseen: the id of what is changed. */
  hidden?: Record<string, string>;
  /** A toast once it worked. */
  success?: string;
  onSuccess?: (state: Extract<FormState, { status: 'ok' }>) => void;
  className?: string;
};

/**
 * A form on a server action. Errors stand beside their fields and together above them, what was typed is kept, and a
 * `requestId` goes along, so that a form which is sent twice is done once.
 */
export function Form({ action, children, hidden = {}, success, onSuccess, className }: FormProps) {
  const [state, formAction] = useActionState<FormState, FormData>(action, { status: 'idle' });
  const [labels] = useState(() => new Map<string, string>());
  const requestId = useRequestId(state);
  const finished = useRef(onSuccess);
  finished.current = onSuccess;

  useEffect(() => {
    if (state.status !== 'ok') return;
    if (success) toast.success(success);
    finished.current?.(state);
  }, [state, success]);

  return (
    <FormContext value={{ state, labels }}>
      <form action={formAction} noValidate className={cn('grid gap-4', className)}>
        <input type="hidden" name="requestId" value={requestId} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <FormErrors />
        {children}
      </form>
    </FormContext>
  );
}

/** A new id for each thing to be done: minted when the form appears, and again once it has worked. */
function useRequestId(state: FormState): string {
  const [requestId, setRequestId] = useState('');
  useEffect(() => {
    if (state.status === 'idle' || state.status === 'ok') setRequestId(newId());
  }, [state]);
  return requestId;
}

/** crypto.randomUUID exists only over https and on localhost; this is the same, anywhere. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** What went wrong, above the fields. It takes the focus, and its links lead to the fields. */
function FormErrors() {
  const t = useTranslations('form');
  const form = useContext(FormContext);
  const failureMessage = useFailureMessage();
  const box = useRef<HTMLDivElement>(null);
  const state = form?.state;

  useEffect(() => {
    if (state?.status === 'invalid' || state?.status === 'error') box.current?.focus();
  }, [state]);

  if (state?.status !== 'invalid' && state?.status !== 'error') return null;
  return (
    <div ref={box} tabIndex={-1} className="rounded-lg focus:outline-none">
      {state.status === 'error' ? (
        <Alert tone="danger" role="alert" title={t('failed')}>
          {failureMessage(state)}
        </Alert>
      ) : (
        <Alert
          tone="danger"
          role="alert"
          title={t('summary', { count: Object.keys(state.fieldErrors).length })}
        >
          <FieldErrorList errors={state.fieldErrors} labels={form?.labels ?? new Map()} box={box} />
        </Alert>
      )}
    </div>
  );
}

type FieldErrorListProps = {
  errors: Record<string, string>;
  labels: ReadonlyMap<string, string>;
  box: React.RefObject<HTMLDivElement | null>;
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
          <button
            type="button"
            onClick={() => focusField(name)}
            className="text-left underline underline-offset-2"
          >
            {labels.has(name) ? `${labels.get(name)}: ` : ''}
            {fieldMessage(error)}
          </button>
        </li>
      ))}
    </ul>
  );
}

type FieldProps = {
  name: string;
  label: string;
  /** One control: `<Input />`, `<Select options={…} />`, … It takes name, id and aria from here. */
  children: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  /** For several controls under one label, such as a `RadioGroup`. */
  group?: boolean;
  /** Label beside the control, for `Checkbox` and `Switch`. */
  inline?: boolean;
  className?: string;
};

/** A control with its label, hint and error, wired for screen readers. */
export function Field({
  name,
  label,
  children,
  hint,
  required = false,
  group,
  inline,
  className,
}: FieldProps) {
  const t = useTranslations('common');
  const id = useId();
  const form = useContext(FormContext);
  const fieldMessage = useFieldMessage();
  form?.labels.set(name, label);

  const state = form?.state;
  const error = state?.status === 'invalid' ? state.fieldErrors[name] : undefined;
  const values = state?.status === 'invalid' || state?.status === 'error' ? state.values : undefined;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const context = {
    id,
    name,
    // A box that was left unticked is missing from what was sent.
    defaultValue: values && inline ? (values[name] ?? '') : values?.[name],
    required,
    invalid: error !== undefined,
    describedBy: [hintId, errorId].filter(Boolean).join(' ') || undefined,
  };
  const labelText = (
    <>
      {label}
      {required || inline ? null : (
        <span className="font-normal text-muted-foreground"> · {t('optional')}</span>
      )}
    </>
  );
  const messages = (
    <>
      {hint ? (
        <div id={hintId} className="text-muted-foreground text-sm">
          {hint}
        </div>
      ) : null}
      {error ? (
        <div id={errorId} className="font-medium text-danger text-sm">
          {fieldMessage(error)}
        </div>
      ) : null}
    </>
  );

  if (group) {
    return (
      <FieldContext value={context}>
        <fieldset className={cn('grid gap-1.5', className)}>
          <legend className="mb-1.5 font-medium text-sm">{labelText}</legend>
          {children}
          {messages}
        </fieldset>
      </FieldContext>
    );
  }
  if (inline) {
    return (
      <FieldContext value={context}>
        <div className={cn('flex items-start gap-2.5 max-sm:min-h-11', className)}>
          <span className="mt-0.5 inline-flex">{children}</span>
          <div className="grid gap-0.5">
            <label htmlFor={id} className="font-medium text-sm">
              {labelText}
            </label>
            {messages}
          </div>
        </div>
      </FieldContext>
    );
  }
  return (
    <FieldContext value={context}>
      <div className={cn('grid content-start gap-1.5', className)}>
        <label htmlFor={id} className="font-medium text-sm">
          {labelText}
        </label>
        {children}
        {messages}
      </div>
    </FieldContext>
  );
}

/** The button that sends the form. While it is being sent, it says so and can't be pressed again. */
export function SubmitButton({ children, variant = 'primary', ...props }: ButtonProps) {
  const t = useTranslations('form');
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant={variant} disabled={pending} {...props}>
      {pending ? <LoaderCircle role="img" aria-label={t('pending')} className="animate-spin" /> : null}
      {children}
    </Button>
  );
}

/** The row of buttons under a form. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>;
}
