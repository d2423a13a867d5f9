'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ClabeHint } from '~/components/form/clabe-hint';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { normalizeClabe } from '~/lib/clabe';
import { type DestinationKind, type Institution, partsOf } from '~/lib/rails/destination';

/** Longer than any destination: what is pasted too long is refused, and not cut without a word. */
const MOST_TYPED = 120;

/** What is one number, in Mexico. */
const NUMBERS = ['clabe', 'card', 'phone'] as const;
type NumberKind = (typeof NUMBERS)[number];

type DestinationFieldProps = {
  /** Of the number; the bank beside it, where it has to be said, is `<name>Bank`. */
  name: string;
  /** What the rails here pay to. */
  kinds: readonly DestinationKind[];
  /** The banks that a card or a phone may be of. */
  banks: readonly Institution[];
  /** What it is called where it is a CLABE. */
  clabeLabel: string;
  /** The paying wallet's own, which it can't pay to. */
  own?: string | null;
  initial?: string | undefined;
};

/** Where money goes, as somebody types it: a CLABE is checked meanwhile, all else by its rail when it is sent. */
export function DestinationField({ kinds, ...rest }: DestinationFieldProps) {
  const numbers = NUMBERS.filter((kind) => kinds.includes(kind));
  return numbers.length === kinds.length ? (
    <NumberFields {...rest} kinds={numbers} />
  ) : (
    <FreeField {...rest} kinds={kinds} />
  );
}

type NumberFieldsProps = Omit<DestinationFieldProps, 'kinds'> & { kinds: readonly NumberKind[] };

function NumberFields({ name, kinds, banks, clabeLabel, own = null, initial = '' }: NumberFieldsProps) {
  const t = useTranslations('form.destination');
  const words = useTranslations('withdrawals.facts.destinations');
  const { bank, number } = partsOf(initial);
  const [kind, setKind] = useState<NumberKind>(kindOf(bank, number));
  const [typed, setTyped] = useState(number);
  const isClabe = kind === 'clabe';
  return (
    <div className="grid gap-4">
      {kinds.length > 1 ? (
        <Field name={`${name}Kind`} label={t('kind')} required>
          <Select
            value={kind}
            onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? 'clabe')}
            options={kinds.map((value) => ({ value, label: words(value) }))}
          />
        </Field>
      ) : null}
      {isClabe ? null : (
        <Field name={`${name}Bank`} label={t('bank')} hint={t('bankHint')} required>
          <Select
            placeholder={t('chooseBank')}
            defaultValue={bank ?? ''}
            options={banks.map(({ id, name: label }) => ({ value: id, label }))}
          />
        </Field>
      )}
      <Field
        name={name}
        label={isClabe ? clabeLabel : t(`number.${kind}`)}
        hint={
          isClabe ? (
            <ClabeHint typed={typed} own={own !== null && normalizeClabe(typed) === own} />
          ) : (
            t(`digits.${kind}`)
          )
        }
        required
      >
        <Input
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={MOST_TYPED}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="font-mono"
        />
      </Field>
    </div>
  );
}

function kindOf(bank: string | undefined, number: string): NumberKind {
  if (bank === undefined) return 'clabe';
  return number.length === 10 ? 'phone' : 'card';
}

function FreeField({ name, kinds, initial = '' }: DestinationFieldProps) {
  const t = useTranslations('form.destination');
  const words = useTranslations('withdrawals.facts.destinations');
  const [typed, setTyped] = useState(initial);
  return (
    <Field
      name={name}
      label={t('label')}
      hint={t('hint', { kinds: kinds.map((kind) => words(kind)).join(', ') })}
      required
    >
      <Input
        autoComplete="off"
        spellCheck={false}
        maxLength={MOST_TYPED}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="font-mono"
      />
    </Field>
  );
}
