'use client';

import { Search, X } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { COLUMN_PLACE } from '~/components/list/column-choice';
import { HIDE } from '~/components/list/columns-query';
import { FilterChip, UnreadableChip } from '~/components/list/filter-chip';
import { FilterSheet } from '~/components/list/filter-sheet';
import { type ChipFilter, paramNames, stateOf } from '~/components/list/filters';
import { withoutPage } from '~/components/list/page-query';
import type { ReadAddress } from '~/components/list/read-address';
import { SavedViews } from '~/components/list/saved-views';
import { useGo } from '~/components/live/go';
import { Button } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';
import { controlClasses } from '~/components/ui/input';

const TYPING_PAUSE_MS = 350;
/** Of the names that mean nothing here. */
const MOST_NAMED = 5;

type FilterBarProps = {
  /** What the search field looks in: "Nombre, RFC o CLABE". No field without it. It is `?q=` in the address. */
  search?: string;
  filters?: readonly ChipFilter[];
  /** What the list could not read in the address, and what it doesn't know. */
  read: Pick<ReadAddress<unknown>, 'unreadable' | 'unknown'>;
  /** What is filtered, where a page has two bars. */
  label?: string;
};

/** The filters of a list. The address is their only state: what is seen can be linked to, and Back undoes it. */
export function FilterBar({ search, filters = [], read, label }: FilterBarProps) {
  const t = useTranslations('common.filters');
  const { go, isGoing } = useGo();
  const pathname = usePathname();
  const params = useSearchParams();
  const [clearings, setClearings] = useState(0);

  const names = ['q', ...filters.flatMap(paramNames)];
  // What no chip or field is for, such as another record's id.
  const strayed = read.unreadable.filter((name) => !names.includes(name));
  // A phone has room for a few: of more it shows how many are on, and the list.
  const collapses = filters.length > 2;
  const on = filters.filter((filter) => paramNames(filter).some((name) => params.has(name))).length;
  const active = [...names, ...strayed].some((name) => params.has(name));

  function change(changes: Record<string, string | undefined>): Promise<boolean> {
    const next = withoutPage(new URLSearchParams(params.toString()));
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const query = next.toString();
    return go(`${pathname}${query ? `?${query}` : ''}`, { replace: true, scroll: false });
  }

  function clearAll() {
    // A new field, because one that is being typed in may not have reached the address yet.
    setClearings(clearings + 1);
    void change(Object.fromEntries([...names, ...strayed].map((name) => [name, undefined])));
  }

  return (
    <search
      aria-label={label ?? t('label')}
      aria-busy={isGoing}
      className="mb-3 flex flex-wrap items-center gap-2 empty:hidden"
    >
      {search === undefined ? null : (
        <SearchField
          key={clearings}
          label={search}
          value={params.get('q') ?? ''}
          onChange={(q) => change({ q })}
        />
      )}
      {collapses ? (
        <FilterSheet {...{ filters, read, params, active: on, onChange: change, onClear: clearAll }} />
      ) : null}
      <div className={cn('contents', collapses && 'max-sm:hidden')}>
        {filters.map((filter) => (
          <FilterChip
            key={filter.name}
            filter={filter}
            {...stateOf(filter, params, read)}
            onChange={change}
          />
        ))}
      </div>
      <Unreadable search={search} read={read} strayed={strayed} params={params} onChange={change} />
      {active ? (
        <Button
          variant="ghost"
          size="sm"
          onClick={clearAll}
          className={collapses ? 'max-sm:hidden' : undefined}
        >
          {t('clearAll')}
        </Button>
      ) : null}
      {label === undefined ? (
        <div className="flex items-center gap-1 sm:ml-auto">
          <div id={COLUMN_PLACE} className="max-sm:hidden" />
          <SavedViews filtered={active || params.has(HIDE)} />
        </div>
      ) : null}
      {read.unknown.length > 0 ? (
        <p className="w-full text-muted-foreground text-xs wrap-anywhere">
          {t('unknown', { count: read.unknown.length, names: read.unknown.slice(0, MOST_NAMED).join(', ') })}
        </p>
      ) : null}
    </search>
  );
}

type UnreadableProps = {
  search: string | undefined;
  read: Pick<ReadAddress<unknown>, 'unreadable'>;
  /** What no chip or field is for. */
  strayed: readonly string[];
  params: { get: (name: string) => string | null; getAll: (name: string) => string[] };
  onChange: (changes: Record<string, string | undefined>) => Promise<boolean>;
};

/** What of the address nobody can read, beside what chips say of themselves. */
function Unreadable({ search, read, strayed, params, onChange }: UnreadableProps) {
  return (
    <>
      {read.unreadable.includes('q') ? (
        <UnreadableChip
          name={search ?? 'q'}
          value={params.get('q') ?? ''}
          onRemove={() => void onChange({ q: undefined })}
        />
      ) : null}
      {strayed
        .filter((name) => name !== 'q')
        .map((name) => (
          <UnreadableChip
            key={name}
            name={name}
            value={params.getAll(name).join(', ')}
            onRemove={() => void onChange({ [name]: undefined })}
          />
        ))}
    </>
  );
}

type SearchFieldProps = { label: string; value: string; onChange: (text: string) => Promise<boolean> };

function SearchField({ label, value, onChange }: SearchFieldProps) {
  const t = useTranslations('common.filters');
  const [text, setText] = useState(value);
  const sent = useRef<string | null>(value);

  // Back, or "clear filters", changes the address behind the field's back.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = wanted;
      void onChange(wanted).then((isThere) => {
        // Once the server is back the page is rendered again, and this is asked for again.
        if (!isThere) sent.current = null;
      });
    }, TYPING_PAUSE_MS);
    // Who follows a link in the meantime has left: the filter would call them back.
    const leave = ({ target }: MouseEvent) => {
      if (!(target instanceof Element && target.closest('a'))) return;
      sent.current = wanted;
      clearTimeout(timer);
    };
    document.addEventListener('click', leave, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('click', leave, true);
    };
  }, [text, onChange]);

  return (
    <div className="relative max-sm:min-w-32 max-sm:flex-1 sm:w-72">
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-muted-foreground"
      />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        className={cn(controlClasses, 'text-ellipsis h-8 pr-8 pl-8 max-sm:h-11')}
      />
      {text === '' ? null : (
        <button
          type="button"
          onClick={() => setText('')}
          aria-label={t('clearSearch')}
          className="absolute inset-y-0 right-1 my-auto flex size-6 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground max-sm:size-11"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
