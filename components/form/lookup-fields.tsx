'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { LOOKUPS, type LookupOf } from '~/components/form/lookup-sources';
import type { ChipFilter, FilterValues } from '~/components/list/filters';
import { queries } from '~/components/live/queries';
import { cn } from '~/components/ui/cn';
import { controlClasses } from '~/components/ui/input';
import { Link } from '~/components/ui/link';

const TYPING_PAUSE_MS = 200;

/** One record that a look-up offers. */
export type Found = { value: string; label: string; hint: string };

type LookupFieldsProps = {
  filter: Extract<ChipFilter, { kind: 'lookup' }>;
  values: FilterValues;
  onApply: (changes: Record<string, string | undefined>) => Promise<boolean>;
};

/** One record of many, found by typing; the first click filters. */
export function LookupFields({ filter, values, onApply }: LookupFieldsProps) {
  const { name, of, search, label } = filter;
  return (
    <Lookup
      of={of}
      search={search}
      label={label}
      chosen={values[name]}
      onChoose={({ value }) => void onApply({ [name]: value })}
    />
  );
}

type LookupProps = {
  of: LookupOf;
  search: string;
  /** What is being chosen. */
  label: string;
  chosen: string | undefined;
  onChoose: (found: Found) => void;
  /** Among other fields: fewer are seen at once. */
  short?: boolean;
};

/** One record of many, found by typing. */
export function Lookup({ of, search, label, chosen, onChoose, short = false }: LookupProps) {
  const t = useTranslations('common.filters');
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  const { data, isPlaceholderData, isPending, isError } = useQuery(
    {
      queryKey: ['lookup', of, wanted],
      queryFn: ({ signal }) => lookUp(LOOKUPS[of].source, wanted, signal),
      placeholderData: keepPreviousData,
    },
    queries,
  );
  const found = data ?? [];
  const isNothing = !isError && !isPending && !isPlaceholderData && found.length === 0;

  useEffect(() => {
    const timer = setTimeout(() => setWanted(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="grid gap-2">
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-muted-foreground"
        />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={search}
          placeholder={search}
          autoComplete="off"
          spellCheck={false}
          className={cn(controlClasses, 'h-8 pl-8 max-sm:h-11')}
        />
      </div>
      <p role="status" className="px-1 text-muted-foreground text-sm empty:hidden">
        {isError ? t('lookupFailed') : null}
        {isNothing && wanted !== '' ? t('lookupEmpty') : null}
        {isNothing && wanted === '' ? <NoneYet of={of} /> : null}
      </p>
      <ul
        aria-label={label}
        className={cn('-mx-1.5 overflow-y-auto empty:hidden', short ? 'max-h-36' : 'max-h-72')}
      >
        {found.map((each) => (
          <li key={each.value}>
            <button
              type="button"
              aria-pressed={chosen === each.value}
              onClick={() => onChoose(each)}
              className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-accent max-sm:min-h-11"
            >
              <span className="grid min-w-0 flex-1 leading-tight">
                <span className="truncate font-medium">{each.label}</span>
                <span className="truncate text-muted-foreground text-xs">{each.hint}</span>
              </span>
              {chosen === each.value ? <Check aria-hidden className="size-4 shrink-0 text-link" /> : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Before anything was typed nothing is found only where there is nothing: that it is missing, and where it is made. */
function NoneYet({ of }: { of: LookupOf }) {
  const t = useTranslations('common.filters');
  return t.rich(`lookupNone.${of}`, {
    page: (chunks) => (
      <Link href={LOOKUPS[of].madeOn} className="rounded-sm text-link underline underline-offset-2">
        {chunks}
      </Link>
    ),
  });
}

async function lookUp(source: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const response = await fetch(`${source}?q=${encodeURIComponent(text)}`, { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`${source} answered ${response.status}`);
  const { found } = (await response.json()) as { found: Found[] };
  return found;
}
