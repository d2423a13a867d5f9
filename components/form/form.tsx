'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useContext, useId, useRef, useState } from 'react';
import { FormContext } from '~/components/form/form-context';
import { FormErrors } from '~/components/form/form-errors';
import { useFieldMessage } from '~/components/form/form-messages';
import { type FormAction, useSending } from '~/components/form/use-sending';
import { SessionEnded } from '~/components/layout/session-ended';
import { StepUp } from '~/components/layout/step-up';
import { Button, type ButtonProps } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';
import { FieldContext } from '~/components/ui/field-context';
import { Label } from '~/components/ui/label';
import { toast } from '~/components/ui/toast';
import type { FormState } from '~/lib/form-state';

type FormProps<Look> = {
  /** Which of the page's forms this is, in no language: what is typed is kept under it. */
  act: string;
  action: FormAction<Look>;
  children: ReactNode;
  /** Values that go along unseen: the id of what is changed. */
  hidden?: Record<string, string>;
  /** A toast once it worked. */
  success?: string;
  onSuccess?: (state: Extract<FormState, { status: 'ok' }>) => void;
  className?: string;
  /** Where the action asks to look first: what is shown in place of the fields, with a `SubmitButton` of its own. */
  look?: (look: Look) => ReactNode;
};

/**
 * A form on a server action. What was typed stays until it worked, whatever comes between; errors stand beside their
 * fields and together above them, and a `requestId` goes along, so that a form which is sent twice is done once.
 */
export function Form<Look>({
  act,
  action,
  children,
  hidden = {},
  success,
  onSuccess,
  className,
  look,
}: FormProps<Look>) {
  const form = useRef<HTMLFormElement>(null);
  const [labels] = useState(() => new Map<string, string>());
  // What the action did may take this form off the page.
  const { state, submit, sendAgain, ...sending } = useSending({ act, action }, form, (done) => {
    if (success) toast.success(success);
    onSuccess?.(done);
  });
  const looking = look && state.status === 'look' ? look(state.look) : null;
  return (
    <FormContext value={{ state, labels, ...sending }}>
      <form ref={form} method="post" onSubmit={submit} noValidate className={cn('grid gap-4', className)}>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <FormErrors />
        {looking}
        {/* Out of sight and still sent: what is looked at is what was typed. */}
        <div className={looking ? 'hidden' : 'contents'}>{children}</div>
      </form>
      <SessionEnded ended={state.status === 'signed_out' ? state : null} isUnknown={sending.isUnknown} />
      <StepUp asked={state.status === 'step_up' ? state : null} onProven={sendAgain} />
    </FormContext>
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
  const id = useId();
  const form = useContext(FormContext);
  form?.labels.set(name, label);

  const state = form?.state;
  const error = state?.status === 'invalid' ? state.fieldErrors[name] : undefined;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const context = {
    id,
    name,
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
    <div
      className={cn(
        'grid grid-cols-[auto_minmax(0,1fr)] items-start gap-2.5 max-sm:min-h-11 max-sm:content-center',
        className,
      )}
    >
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

/** The button that sends the form. It waits until the page is alive, and while it is being sent, and says so. */
export function SubmitButton({ children, variant = 'primary', disabled, ...props }: ButtonProps) {
  const t = useTranslations('form');
  const { isPending = false, isReady = true } = useContext(FormContext) ?? {};
  return (
    <Button type="submit" variant={variant} {...props} disabled={disabled || isPending || !isReady}>
      {isPending ? <LoaderCircle role="img" aria-label={t('pending')} className="animate-spin" /> : null}
      {children}
    </Button>
  );
}

/** The row of buttons under a form. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>;
}
