'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { formatAmount, readAmount } from '~/lib/money';

type AmountInputProps = Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange'> & {
  value: string;
  onText: (text: string) => void;
};

/** A box for one amount. */
export function AmountInput({ value, onText, ...props }: AmountInputProps) {
  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      maxLength={64}
      className="tabular-nums"
      {...props}
      value={value}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

type AmountFieldProps = {
  name: string;
  label: string;
  asset: string;
  hint?: ReactNode;
  required?: boolean;
  /** What stands there at first. */
  initial?: string | undefined;
  /** For who shows more of what is typed. */
  onText?: (text: string) => void;
};

/** An amount in a form. Under it stands how it was understood, as it is typed. */
export function AmountField({
  name,
  label,
  asset,
  hint,
  required = false,
  initial = '',
  onText,
}: AmountFieldProps) {
  const [text, setText] = useState(initial);
  function keep(typed: string) {
    setText(typed);
    onText?.(typed);
  }
  return (
    <Field
      name={name}
      label={label}
      hint={<AmountHint text={text} asset={asset} hint={hint} />}
      required={required}
    >
      <AmountInput value={text} onText={keep} />
    </Field>
  );
}

/** Its own hint while nothing is typed; then the amount as it is read, or why it isn't. */
export function AmountHint({ text, asset, hint }: { text: string; asset: string; hint: ReactNode }) {
  return (
    <>
      {hint ? <span className="block">{hint}</span> : null}
      <span role="status" className="block empty:hidden">
        <Understood text={text} asset={asset} />
      </span>
    </>
  );
}

function Understood({ text, asset }: { text: string; asset: string }) {
  const t = useTranslations('form');
  const invalid = useTranslations('invalid');
  const locale = useLocale();
  // A mark at the end waits for what follows it.
  if (/^$|[.,]$/.test(text.trim())) return null;
  const reading = readAmount(text, asset);
  if (!reading.ok) return <span className="text-warning">{invalid(`amount_${reading.reason}`)}</span>;
  return t('understood', { amount: formatAmount(reading.amount, asset, locale), asset });
}
