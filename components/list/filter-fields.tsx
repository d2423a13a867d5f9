'use client';

import { useTimeZone, useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { AmountInput } from '~/components/form/amount-field';
import type { ChipFilter, FilterValues } from '~/components/list/filters';
import { dayOf, NAMED_DAYS, namedDays } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';
import { useZoneName } from '~/components/words/zone-name';
import { parseAmount } from '~/lib/money';

type Apply = (changes: Record<string, string | undefined>, done?: boolean) => Promise<boolean>;
type FieldsProps<Filter = unknown> = { filter: Filter; values: FilterValues; onApply: Apply };

/** Any of several; each click filters at once. */
export function ChoiceFields({
  filter,
  values,
  onApply,
}: FieldsProps<Extract<ChipFilter, { kind: 'select' }>>) {
  const [chosen, setChosen] = useState(() => (values[filter.name] ?? '').split(',').filter(Boolean));

  function toggle(value: string, on: boolean) {
    const next = on ? [...chosen, value] : chosen.filter((other) => other !== value);
    setChosen(next);
    void onApply({ [filter.name]: next.join(',') }, false).then((isApplied) => {
      if (!isApplied) setChosen(chosen);
    });
  }

  return (
    <fieldset className="-m-1.5 max-h-80 overflow-y-auto">
      <legend className="sr-only">{filter.label}</legend>
      {filter.options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control.
        <label
          key={option.value}
          className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm hover:bg-accent max-sm:min-h-11"
        >
          <Checkbox
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option.value, event.target.checked)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

/** Whole days of the operator's zone. The address carries calendar days, so they can't shift. */
export function DateFields({ values, onApply }: Omit<FieldsProps, 'filter'>) {
  const t = useTranslations('common.filters');
  const zone = useTimeZone() ?? 'UTC';
  const zoneName = useZoneName();
  const id = useId();
  const [from, setFrom] = useState(values.from ?? '');
  const [to, setTo] = useState(values.to ?? '');
  const today = dayOf(new Date(), zone);

  function submit(event: FormEvent) {
    event.preventDefault();
    // Two days the wrong way round are still a range.
    const swapped = from && to && from > to;
    void onApply(swapped ? { from: to, to: from } : { from, to });
  }

  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="grid grid-cols-2 gap-1.5">
        {NAMED_DAYS.map((name) => (
          <Button key={name} size="sm" onClick={() => void onApply(namedDays(name, today))}>
            {t(name)}
          </Button>
        ))}
      </div>
      <div className="grid gap-1">
        <Label htmlFor={`${id}-day`}>{t('exactDay')}</Label>
        <Input
          id={`${id}-day`}
          type="date"
          value={from === to ? from : ''}
          onChange={({ target }) => {
            setFrom(target.value);
            setTo(target.value);
          }}
        />
      </div>
      <div className="grid gap-1">
        <Label htmlFor={`${id}-from`}>{t('from')}</Label>
        <Input id={`${id}-from`} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      </div>
      <div className="grid gap-1">
        <Label htmlFor={`${id}-to`}>{t('to')}</Label>
        <Input id={`${id}-to`} type="date" value={to} onChange={(event) => setTo(event.target.value)} />
      </div>
      <p className="text-muted-foreground text-xs">{t('dateHint', { zone: zoneName(zone) })}</p>
      <Button type="submit" variant="primary">
        {t('apply')}
      </Button>
    </form>
  );
}

/** From and up to an amount, both included. */
export function AmountFields({
  filter,
  values,
  onApply,
}: FieldsProps<Extract<ChipFilter, { kind: 'amount' }>>) {
  const t = useTranslations('common.filters');
  const id = useId();
  const [min, setMin] = useState(values.min ?? '');
  const [max, setMax] = useState(values.max ?? '');
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const readable = [min, max].every(
      (text) => text.trim() === '' || parseAmount(text, filter.asset) !== null,
    );
    setWrong(!readable);
    if (readable) void onApply({ min: min.trim(), max: max.trim() });
  }

  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="grid gap-1">
        <Label htmlFor={`${id}-exact`}>{t('exactAmount')}</Label>
        <AmountInput
          id={`${id}-exact`}
          value={min === max ? min : ''}
          onText={(text) => {
            setMin(text);
            setMax(text);
          }}
          aria-describedby={`${id}-error`}
        />
      </div>
      <div className="grid grid-cols-2 gap-2">
        <div className="grid gap-1">
          <Label htmlFor={`${id}-min`}>{t('minimum')}</Label>
          <AmountInput id={`${id}-min`} value={min} onText={setMin} aria-describedby={`${id}-error`} />
        </div>
        <div className="grid gap-1">
          <Label htmlFor={`${id}-max`}>{t('maximum')}</Label>
          <AmountInput id={`${id}-max`} value={max} onText={setMax} aria-describedby={`${id}-error`} />
        </div>
      </div>
      <p id={`${id}-error`} role="status" className="text-danger text-xs empty:hidden">
        {wrong ? t('amountInvalid') : ''}
      </p>
      <Button type="submit" variant="primary">
        {t('apply')}
      </Button>
    </form>
  );
}
