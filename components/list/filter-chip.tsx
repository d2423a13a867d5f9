'use client';

import { Plus, X } from 'lucide-react';
import { useFormatter, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ChipFilter, FilterValues } from '~/components/list/filters';
import { dayOf, isDay } from '~/components/list/search-params';
import { nameOfDays } from '~/components/list/view-query';
import { cn } from '~/components/ui/cn';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { Popover, PopoverContent, PopoverTrigger } from '~/components/ui/popover';
import { useMomentWords } from '~/components/words/moment-words';

const fields = onDemand(() => import('~/components/list/filter-panel'));

export type FilterChipProps = {
  filter: ChipFilter;
  values: FilterValues;
  /** What the address says of it means nothing: the list is empty. */
  unreadable: boolean;
  /** Answers whether the address could be changed. */
  onChange: (changes: Record<string, string | undefined>) => Promise<boolean>;
};

/** One filter: a dashed chip that opens its fields; once set, a solid one that says its value and can be removed. */
export function FilterChip({ filter, values, unreadable, onChange }: FilterChipProps) {
  const t = useTranslations('common.filters');
  const [open, setOpen] = useState(false);
  const drawn = useOnDemand(fields, open);
  const words = useSummary(filter, values);
  const said = Object.values(values).filter(Boolean).join(' – ');
  const summary = unreadable ? t('unreadable', { value: said }) : words;
  const active = summary !== null;

  function apply(changes: Record<string, string | undefined>, done = true) {
    if (done) setOpen(false);
    return onChange(changes);
  }

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <span
        className={cn(
          'inline-flex h-8 max-w-full items-center rounded-md border text-sm transition-colors max-sm:h-11',
          active ? 'border-border-strong bg-card shadow-raised' : 'border-control/70 border-dashed',
          unreadable && 'border-danger',
        )}
      >
        <PopoverTrigger
          className={cn(
            'inline-flex h-full min-w-0 items-center gap-1.5 rounded-md px-2.5 hover:bg-accent',
            active ? 'rounded-r-none' : 'text-muted-foreground hover:text-foreground',
          )}
        >
          {active ? null : <Plus aria-hidden className="size-3.5 shrink-0" />}
          <span className={active ? 'text-muted-foreground' : undefined}>{filter.label}</span>
          {active ? (
            <span className={cn('truncate font-medium', unreadable ? 'text-danger' : 'text-link')}>
              {summary}
            </span>
          ) : null}
        </PopoverTrigger>
        {active ? (
          <RemoveButton
            label={t('remove', { name: filter.label })}
            onRemove={() =>
              void onChange(Object.fromEntries(Object.keys(values).map((name) => [name, undefined])))
            }
          />
        ) : null}
      </span>
      <PopoverContent
        aria-label={filter.label}
        className={filter.kind === 'lookup' ? 'w-80 max-w-[calc(100vw-1rem)]' : undefined}
      >
        {drawn ? <drawn.FilterFields filter={filter} values={values} onApply={apply} /> : null}
      </PopoverContent>
    </Popover>
  );
}

type UnreadableChipProps = { name: string; value: string; onRemove: () => void };

/** Something in the address that can't be read and has no chip of its own: it is on, so the list is empty. */
export function UnreadableChip({ name, value, onRemove }: UnreadableChipProps) {
  const t = useTranslations('common.filters');
  return (
    <span className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-md border border-danger bg-card pl-2.5 text-sm max-sm:h-11">
      <span className="text-muted-foreground">{name}</span>
      <span className="truncate font-medium text-danger">{t('unreadable', { value })}</span>
      <RemoveButton label={t('remove', { name })} onRemove={onRemove} />
    </span>
  );
}

function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onRemove}
      className="inline-flex h-full w-7 shrink-0 items-center justify-center rounded-r-md border-l text-muted-foreground hover:bg-accent hover:text-foreground max-sm:w-11"
    >
      <X aria-hidden className="size-3.5" />
    </button>
  );
}

/** What an active filter says; null when it is off. */
export function useSummary(filter: ChipFilter, values: FilterValues): string | null {
  const t = useTranslations('common.filters');
  const formatter = useFormatter();
  const momentWords = useMomentWords();
  const zone = useTimeZone() ?? 'UTC';

  if (filter.kind === 'moment') return momentWords(values[filter.name]);

  if (filter.kind === 'lookup') return filter.chosen;

  if (filter.kind === 'select') {
    const chosen = (values[filter.name] ?? '').split(',');
    const labels = filter.options
      .filter((option) => chosen.includes(option.value))
      .map((option) => option.label);
    if (labels.length === 0) return null;
    return labels.length <= 2 ? labels.join(', ') : t('selected', { count: labels.length });
  }

  if (filter.kind === 'dates') {
    // A calendar day has no zone; UTC on both sides keeps it from shifting.
    const day = (text = '') =>
      isDay(text)
        ? formatter.dateTime(new Date(`${text}T00:00:00Z`), {
            day: 'numeric',
            month: 'short',
            year: 'numeric',
            timeZone: 'UTC',
          })
        : null;
    const [from, to] = [day(values.from), day(values.to)];
    if (from && to) {
      const days = from === to ? from : t('range', { from, to });
      const name = nameOfDays(values, dayOf(new Date(), zone));
      return name ? t('named', { name: t(name), days }) : days;
    }
    if (from) return t('since', { date: from });
    return to ? t('until', { date: to }) : null;
  }

  const { min, max } = values;
  if (min && min === max) return t('exactly', { amount: min });
  if (min && max) return t('between', { min, max });
  if (min) return t('atLeast', { amount: min });
  return max ? t('atMost', { amount: max }) : null;
}
