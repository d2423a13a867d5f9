'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ClabeHint } from '~/components/form/clabe-hint';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { normalizeClabe } from '~/lib/clabe';
import { ACCOUNT_TYPES, type DestinationKind, type Institution, partsOf } from '~/lib/rails/destination';

/** Longer than any destination: what is pasted too long is refused, and not cut without a word. */
const MOST_TYPED = 120;

/** What has fields of its own here. */
const KNOWN = ['clabe', 'card', 'phone', 'tef'] as const;
type Known = (typeof KNOWN)[number];

type DestinationFieldProps = {
  /** Of the number; what has to be said beside it is `<name>Bank`, `<name>TaxId` and `<name>Type`. */
  name: string;
  /** What the rails here pay to. */
  kinds: readonly DestinationKind[];
  /** The banks that may have to be named with it. */
  banks: readonly Institution[];
  /** What it is called where it is a CLABE. */
  clabeLabel: string;
  /** The paying wallet's own, which it can't pay to. */
  own?: string | null;
  initial?: string | undefined;
};

/** Where money goes, as somebody types it: a CLABE is checked meanwhile, all else by its rail when it is sent. */
export function DestinationField({ kinds, ...rest }: DestinationFieldProps) {
  const known = KNOWN.filter((kind) => kinds.includes(kind));
  return known.length === kinds.length ? (
    <KnownFields {...rest} kinds={known} />
  ) : (
    <FreeField {...rest} kinds={kinds} />
  );
}

type KnownFieldsProps = Omit<DestinationFieldProps, 'kinds'> & { kinds: readonly Known[] };

function KnownFields({ name, kinds, banks, clabeLabel, own = null, initial = '' }: KnownFieldsProps) {
  const t = useTranslations('form.destination');
  const words = useTranslations('withdrawals.facts.destinations');
  const [first = 'clabe'] = kinds;
  const [kind, setKind] = useState<Known>(initial === '' ? first : kindOf(initial));
  const [typed, setTyped] = useState(partsOf(initial).number);
  const isClabe = kind === 'clabe';
  return (
    <div className="grid gap-4">
      {kinds.length > 1 ? (
        <Field name={`${name}Kind`} label={t('kind')} required>
          <Select
            value={kind}
            onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? first)}
            options={kinds.map((value) => ({ value, label: words(value) }))}
          />
        </Field>
      ) : null}
      {isClabe ? null : <AtBank name={name} kind={kind} banks={banks} initial={initial} />}
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

function kindOf(destination: string): Known {
  const { bank, type, number } = partsOf(destination);
  if (type !== undefined) return 'tef';
  if (bank === undefined) return 'clabe';
  return number.length === 10 ? 'phone' : 'card';
}

type AtBankProps = {
  name: string;
  kind: Exclude<Known, 'clabe'>;
  banks: readonly Institution[];
  initial: string;
};

/** At which bank it is, and of a Chilean account what it is and whose. */
function AtBank({ name, kind, banks, initial }: AtBankProps) {
  const t = useTranslations('form.destination');
  const { taxId, bank, type } = partsOf(initial);
  const isTef = kind === 'tef';
  return (
    <>
      {isTef ? (
        <Field name={`${name}TaxId`} label={t('rut')} hint={t('rutHint')} required>
          <Input
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            defaultValue={taxId}
            className="font-mono uppercase"
          />
        </Field>
      ) : null}
      <Field name={`${name}Bank`} label={t('bank')} hint={isTef ? undefined : t('bankHint')} required>
        <Select
          placeholder={t('chooseBank')}
          defaultValue={bank ?? ''}
          options={banks
            .filter(({ kinds }) => kinds.includes(kind))
            .map(({ id, name: label }) => ({ value: id, label }))}
        />
      </Field>
      {isTef ? (
        <Field name={`${name}Type`} label={t('type')} required>
          <Select
            defaultValue={type ?? ACCOUNT_TYPES[0]}
            options={ACCOUNT_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
          />
        </Field>
      ) : null}
    </>
  );
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
