'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ClabeHint } from '~/components/form/clabe-hint';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import { formatClabe } from '~/lib/clabe';

/** The CLABE, checked as it is typed. */
export function SettlementField({ number }: { number: string }) {
  const t = useTranslations('settings.fintoc.settlement');
  const [typed, setTyped] = useState(formatClabe(number));
  return (
    <Field
      name="number"
      label={t('number')}
      hint={typed === '' ? t('hint') : <ClabeHint typed={typed} own={false} />}
    >
      <Input
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={30}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="font-mono"
      />
    </Field>
  );
}
