'use client';

import { ChevronDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { type FilterChipProps, useSummary } from '~/components/list/filter-chip';
import { FilterFields } from '~/components/list/filter-panel';
import { type ChipFilter, stateOf } from '~/components/list/filters';
import { cn } from '~/components/ui/cn';

type FilterRowsProps = {
  filters: readonly ChipFilter[];
  read: { unreadable: readonly string[] };
  params: { get: (name: string) => string | null };
  onChange: FilterChipProps['onChange'];
};

/** The filters of a list as a phone's sheet has them, one of them open at a time. */
export function FilterRows({ filters, read, params, onChange }: FilterRowsProps) {
  const [shown, setShown] = useState<string | null>(null);
  return filters.map((filter) => (
    <FilterRow
      key={filter.name}
      filter={filter}
      {...stateOf(filter, params, read)}
      open={shown === filter.name}
      onOpen={(isOpen) => setShown(isOpen ? filter.name : null)}
      onChange={onChange}
    />
  ));
}

type FilterRowProps = FilterChipProps & { open: boolean; onOpen: (isOpen: boolean) => void };

/** A line that opens its fields below it. */
function FilterRow({ filter, values, unreadable, onChange, open, onOpen }: FilterRowProps) {
  const t = useTranslations('common.filters');
  const id = useId();
  const words = useSummary(filter, values);
  const summary = unreadable
    ? t('unreadable', { value: Object.values(values).filter(Boolean).join(' – ') })
    : words;

  function apply(changes: Record<string, string | undefined>, done = true) {
    if (done) onOpen(false);
    return onChange(changes);
  }

  return (
    <div className="border-b">
      <div className="flex items-center">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onOpen(!open)}
          className="flex min-h-12 min-w-0 flex-1 items-center gap-2 text-left text-base"
        >
          <span className="flex-1">{filter.label}</span>
          {summary === null ? null : (
            <span className={cn('truncate font-medium', unreadable ? 'text-danger' : 'text-link')}>
              {summary}
            </span>
          )}
          <ChevronDown
            aria-hidden
            className={cn('size-4 shrink-0 text-muted-foreground transition-transform', open && 'rotate-180')}
          />
        </button>
        {summary === null ? null : (
          <button
            type="button"
            aria-label={t('remove', { name: filter.label })}
            onClick={() =>
              void onChange(Object.fromEntries(Object.keys(values).map((name) => [name, undefined])))
            }
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-md text-muted-foreground"
          >
            <X aria-hidden className="size-4" />
          </button>
        )}
      </div>
      {open ? (
        <div id={id} className="pt-1.5 pb-4">
          <FilterFields filter={filter} values={values} onApply={apply} />
        </div>
      ) : null}
    </div>
  );
}
