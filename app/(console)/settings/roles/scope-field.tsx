'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Field } from '~/components/form/form';
import type { Chosen } from '~/components/form/lookup-field';
import { Button } from '~/components/ui/button';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { Skeleton } from '~/components/ui/skeleton';

const lookups = onDemand(() => import('~/components/form/lookup-fields'));

type ScopeFieldProps = { hint: string; chosen: readonly Chosen[]; onChange: (chosen: Chosen[]) => void };

/** The portfolios that a role or a key is of, each found by typing. Their ids leave as one text, joined by commas. */
export function ScopeField({ hint, chosen, onChange }: ScopeFieldProps) {
  const t = useTranslations('roles.scope');
  const text = useRef<HTMLInputElement>(null);
  const drawn = useOnDemand(lookups, true);
  function change(now: Chosen[]) {
    onChange(now);
    // A press is a change of the form too.
    text.current?.dispatchEvent(new Event('change', { bubbles: true }));
  }
  return (
    <Field name="portfolioIds" label={t('label')} hint={hint} group className="max-w-md">
      <input ref={text} name="portfolioIds" value={chosen.map(({ id }) => id).join()} readOnly hidden />
      {chosen.length > 0 ? (
        <ul aria-label={t('chosen')} className="grid gap-1">
          {chosen.map(({ id, name }) => (
            <li key={id} className="flex min-h-8 items-center justify-between gap-2 text-sm">
              <span className="min-w-0 break-words font-medium">{name}</span>
              <Button
                type="button"
                size="sm"
                aria-label={t('remove', { name })}
                onClick={() => change(chosen.filter((each) => each.id !== id))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {drawn ? (
        <drawn.Lookup
          of="portfolios"
          search={t('search')}
          label={t('label')}
          chosen={undefined}
          onChoose={({ value, label, hint }) => {
            if (chosen.every(({ id }) => id !== value))
              change([...chosen, { id: value, name: `${label} · ${hint}` }]);
          }}
          short
        />
      ) : (
        <Skeleton className="h-8 max-sm:h-11" />
      )}
    </Field>
  );
}
