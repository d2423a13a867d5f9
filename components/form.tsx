'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useActionState, useContext, useEffect, useId, useRef, useState } from 'react';
import { useFormStatus } from 'react-dom';
import { toast } from 'sonner';
import { FormContext } from '~/components/form-context';
import { FormErrors } from '~/components/form-errors';
import { useFieldMessage } from '~/components/form-messages';
import { Button, type ButtonProps } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';
import { FieldContext } from '~/components/ui/field-context';
import { Label } from '~/components/ui/label';
import type { FormState } from '~/lib/form-state';

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>;

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
  // Said here and not in an effect: what the action changed may have taken this form off the page.
  const [state, formAction] = useActionState<FormState, FormData>(
    async (previous, data) => {
      const next = await action(previous, data);
      if (next.status === 'ok' && success) toast.success(success);
      return next;
    },
    { status: 'idle' },
  );
  const [labels] = useState(() => new Map<string, string>());
  const requestId = useRequestId(state);
  const finished = useRef(onSuccess);
  finished.current = onSuccess;

  useEffect(() => {
    if (state.status === 'ok') finished.current?.(state);
  }, [state]);

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
  const id = useId();
  const form = useContext(FormContext);
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
  const Layout = group ? GroupLayout : inline ? InlineLayout : StackedLayout;
  return (
    <FieldContext value={context}>
      <Layout
        id={id}
        label={label}
        optional={!required}
        messages={<FieldMessages hint={hint} hintId={hintId} error={error} errorId={errorId} />}
        className={className}
      >
        {children}
      </Layout>
    </FieldContext>
  );
}

type LayoutProps = {
  id: string;
  label: string;
  optional: boolean;
  messages: ReactNode;
  children: ReactNode;
  className: string | undefined;
};

function StackedLayout({ id, label, optional, messages, children, className }: LayoutProps) {
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <Label htmlFor={id}>
        {label}
        {optional ? <OptionalMark /> : null}
      </Label>
      {children}
      {messages}
    </div>
  );
}

function GroupLayout({ label, optional, messages, children, className }: LayoutProps) {
  return (
    <fieldset className={cn('grid gap-1.5', className)}>
      <legend className="mb-1.5 font-medium text-sm">
        {label}
        {optional ? <OptionalMark /> : null}
      </legend>
      {children}
      {messages}
    </fieldset>
  );
}

/** A box can always be left unticked, so it needs no word on being optional. */
function InlineLayout({ id, label, messages, children, className }: LayoutProps) {
  return (
    <div className={cn('flex items-start gap-2.5 max-sm:min-h-11', className)}>
      <span className="mt-0.5 inline-flex">{children}</span>
      <div className="grid gap-0.5">
        <Label htmlFor={id}>{label}</Label>
        {messages}
      </div>
    </div>
  );
}

function OptionalMark() {
  const t = useTranslations('common');
  return <span className="font-normal text-muted-foreground"> · {t('optional')}</span>;
}

type FieldMessagesProps = { hint: ReactNode; hintId?: string; error?: string; errorId?: string };

function FieldMessages({ hint, hintId, error, errorId }: FieldMessagesProps) {
  const fieldMessage = useFieldMessage();
  return (
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
