'use client';

import { useTimeZone, useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import type { ChipFilter, FilterValues } from '~/components/list/filters';
import { addDays, dayOf } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';
import { useZoneName } from '~/components/words/zone-name';

const CLOCKS = ['effective', 'posted'] as const;

type MomentFieldsProps = {
  filter: Extract<ChipFilter, { kind: 'moment' }>;
  values: FilterValues;
  onApply: (changes: Record<string, string | undefined>) => Promise<boolean>;
};

/** A day, whole, or a minute of it, in the operator's zone; and by which of the two clocks to look back. */
export function MomentFields({ filter, values, onApply }: MomentFieldsProps) {
  const t = useTranslations('common.moment');
  const zone = useTimeZone() ?? 'UTC';
  const zoneName = useZoneName();
  const id = useId();
  const [typedDay = '', typedTime = ''] = (values[filter.name] ?? '').split('T');
  const [day, setDay] = useState(typedDay);
  const [time, setTime] = useState(typedTime);
  const [clock, setClock] = useState(values.clock || 'effective');
  const today = dayOf(new Date(), zone);
  const presets = [
    { label: t('yesterday'), day: addDays(today, -1) },
    { label: t('lastMonth'), day: addDays(`${today.slice(0, 7)}-01`, -1) },
  ];

  function apply(moment: string) {
    const byClock = filter.clock ? { clock: moment && clock !== 'effective' ? clock : undefined } : {};
    void onApply({ [filter.name]: moment, ...byClock });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    apply(day && time ? `${day}T${time}` : day);
  }

  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="grid gap-1.5">
        {presets.map((preset) => (
          <Button key={preset.label} size="sm" onClick={() => apply(preset.day)}>
            {preset.label}
          </Button>
        ))}
      </div>
      <div className="grid gap-3">
        <div className="grid gap-1">
          <Label htmlFor={`${id}-day`}>{t('day')}</Label>
          <Input
            id={`${id}-day`}
            type="date"
            required
            max={today}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </div>
        <div className="grid gap-1">
          <Label htmlFor={`${id}-time`}>{t('time')}</Label>
          <Input
            id={`${id}-time`}
            type="time"
            value={time}
            onChange={(event) => setTime(event.target.value)}
          />
        </div>
      </div>
      {filter.clock ? (
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium text-sm">{t('clock')}</legend>
          {CLOCKS.map((value) => (
            <label
              key={value}
              className="flex min-h-7 cursor-pointer items-center gap-2 text-sm max-sm:min-h-11"
            >
              <input
                type="radio"
                name={`${id}-clock`}
                value={value}
                checked={clock === value}
                onChange={() => setClock(value)}
                className="size-4 shrink-0 appearance-none rounded-full border border-control bg-card checked:border-[5px] checked:border-primary"
              />
              {t(`clocks.${value}`)}
            </label>
          ))}
        </fieldset>
      ) : null}
      <p className="text-muted-foreground text-xs">{t('hint', { zone: zoneName(zone) })}</p>
      <Button type="submit" variant="primary">
        {t('apply')}
      </Button>
    </form>
  );
}
