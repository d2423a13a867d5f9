'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Field } from '~/components/form/form';
import type { LookupOf } from '~/components/form/lookup-sources';
import { Button } from '~/components/ui/button';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { Skeleton } from '~/components/ui/skeleton';

const lookups = onDemand(() => import('~/components/form/lookup-fields'));

/** A record under its name. */
export type Chosen = { id: string; name: string };

type LookupFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  of: LookupOf;
  search: string;
  initial: Chosen | null;
  /** What is said of the chosen one. */
  words: (name: string) => string;
  /** The button that takes the choice back. */
  clear: string;
};

/**
 * A record that is found by typing, as a field of a form. Its id and its name are texts out of sight, so that a reload
 * gives the choice back with all else that was typed; the name is not sent.
 */
export function LookupField({ name, label, initial, words, clear, of, search, ...field }: LookupFieldProps) {
  const [{ id, name: called }, setChosen] = useState<Chosen>(initial ?? NOBODY);
  const text = useRef<HTMLInputElement>(null);
  const drawn = useOnDemand(lookups, id === '');
  // Read as it is told: by the time that React asks, the box may say something else again.
  const told = (typed: Partial<Chosen>) => setChosen((before) => ({ ...before, ...typed }));
  function choose(chosen: Chosen) {
    setChosen(chosen);
    // A press is a change of the form too.
    text.current?.dispatchEvent(new Event('change', { bubbles: true }));
  }
  return (
    <Field name={name} label={label} group {...field}>
      <input ref={text} name={name} value={id} onChange={({ target }) => told({ id: target.value })} hidden />
      <input
        name={`$${name}`}
        value={called}
        onChange={({ target }) => told({ name: target.value })}
        hidden
      />
      {id === '' && !drawn ? <Skeleton className="h-8 max-sm:h-11" /> : null}
      {id === '' && drawn ? (
        <drawn.Lookup
          of={of}
          search={search}
          label={label}
          chosen={undefined}
          onChoose={(found) => choose({ id: found.value, name: found.label })}
          short
        />
      ) : null}
      {id === '' ? null : (
        <p role="status" className="flex flex-wrap items-center justify-between gap-2 text-sm">
          <span className="min-w-0 break-words font-medium">{words(called)}</span>
          <Button type="button" size="sm" onClick={() => choose(NOBODY)}>
            {clear}
          </Button>
        </p>
      )}
    </Field>
  );
}

const NOBODY: Chosen = { id: '', name: '' };
