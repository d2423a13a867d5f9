'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ClabeHint } from '~/components/form/clabe-hint';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { normalizeClabe } from '~/lib/clabe';
import type { DestinationKind } from '~/lib/rails/destination';

/** Longer than any destination: what is pasted too long is refused, and not cut without a word. */
const MOST_TYPED = 120;

type DestinationFieldProps = {
  name: string;
  /** What the rails here pay to. */
  kinds: readonly DestinationKind[];
  /** What it is called where it can be nothing but a CLABE. */
  clabeLabel: string;
  /** The paying wallet's own, which it can't pay to. */
  own?: string | null;
  initial?: string | undefined;
};

/** Where money goes, as somebody types it: a CLABE is checked meanwhile, all else by its rail when it is sent. */
export function DestinationField({
  name,
  kinds,
  clabeLabel,
  own = null,
  initial = '',
}: DestinationFieldProps) {
  const t = useTranslations('form.destination');
  const facts = useTranslations('withdrawals.facts.destinations');
  const [typed, setTyped] = useState(initial);
  const isClabe = kinds.every((kind) => kind === 'clabe');
  const hint = isClabe ? (
    <ClabeHint typed={typed} own={own !== null && normalizeClabe(typed) === own} />
  ) : (
    t('hint', { kinds: kinds.map((kind) => facts(kind)).join(', ') })
  );
  return (
    <Field name={name} label={isClabe ? clabeLabel : t('label')} hint={hint} required>
      <Input
        inputMode={isClabe ? 'numeric' : 'text'}
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
