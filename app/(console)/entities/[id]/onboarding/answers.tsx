'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, createContext, type ReactNode, useContext } from 'react';
import { Field } from '~/components/form/form';
import { useFieldMessage } from '~/components/form/form-messages';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { RadioGroup, type RadioOption } from '~/components/ui/radio-group';
import { Select, type SelectOption } from '~/components/ui/select';
import type { Answers, Issues } from '~/lib/entities/kyb-parts';

type Given = { answers: Answers; problems: Issues; rejections: Record<string, string> };

/** What the fields of a step start with, what is wrong with them, and what Fintoc said of them. */
export const GivenContext = createContext<Given>({ answers: {}, problems: {}, rejections: {} });

/** What a field starts with. */
export function useAnswer(name: string): string | undefined {
  return useContext(GivenContext).answers[name];
}

type AnswerProps = { name: string; label: string; hint?: ReactNode; optional?: boolean; wide?: boolean };

export function TextAnswer({
  name,
  label,
  hint,
  optional = false,
  wide,
  ...props
}: AnswerProps & Omit<ComponentProps<typeof Input>, 'name'>) {
  const notes = useNotes(name, hint);
  return (
    <Field
      name={name}
      label={label}
      hint={notes}
      required={!optional}
      className={wide ? 'sm:col-span-2' : undefined}
    >
      <Input autoComplete="off" defaultValue={useAnswer(name)} {...props} />
    </Field>
  );
}

type ChoiceAnswerProps = AnswerProps & {
  options: readonly SelectOption[];
  onChange?: ComponentProps<typeof Select>['onChange'];
};

export function ChoiceAnswer({ name, label, hint, options, onChange }: ChoiceAnswerProps) {
  const notes = useNotes(name, hint);
  return (
    <Field name={name} label={label} hint={notes} required>
      <Select options={options} defaultValue={useAnswer(name)} onChange={onChange} />
    </Field>
  );
}

type CardAnswerProps = AnswerProps & {
  options: readonly RadioOption[];
  onValueChange?: (value: string) => void;
};

export function CardAnswer({ name, label, hint, options, onValueChange }: CardAnswerProps) {
  const notes = useNotes(name, hint);
  const answer = useAnswer(name);
  return (
    <Field name={name} label={label} hint={notes} required group className="sm:col-span-2">
      <RadioGroup
        className="sm:grid-cols-2"
        options={options}
        {...(answer === undefined ? {} : { defaultValue: answer })}
        {...(onValueChange ? { onValueChange } : {})}
      />
    </Field>
  );
}

type TickAnswerProps = Pick<AnswerProps, 'name' | 'label'> & {
  onChange?: ComponentProps<'input'>['onChange'];
};

export function TickAnswer({ name, label, onChange }: TickAnswerProps) {
  const notes = useNotes(name);
  return (
    <Field name={name} label={label} hint={notes} inline>
      <Checkbox defaultChecked={useAnswer(name) === 'on'} onChange={onChange} />
    </Field>
  );
}

/** Under a field: what Fintoc rejected of it, what is wrong with it as it was saved, and how to fill it in. */
export function useNotes(name: string, hint?: ReactNode): ReactNode {
  const t = useTranslations('entities.form');
  const fieldMessage = useFieldMessage();
  const { problems, rejections } = useContext(GivenContext);
  const [problem, rejection] = [problems[name], rejections[name]];
  // Without a word there is no line for it either.
  if (!problem && !rejection) return hint;
  return (
    <>
      {rejection ? (
        <span className="block font-medium text-danger">{t('fintocSays', { reason: rejection })}</span>
      ) : null}
      {problem ? <span className="block font-medium text-danger">{fieldMessage(problem)}</span> : null}
      {hint}
    </>
  );
}
