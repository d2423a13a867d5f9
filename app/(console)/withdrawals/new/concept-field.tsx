'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '~/components/form/form';
import { PrintedHint } from '~/components/form/printed-hint';
import { Input } from '~/components/ui/input';
import { lengthOf } from '~/lib/text';
import type { PayingFacts } from '~/lib/withdrawals/paying';

/** More than any rail takes: what is pasted too long is refused, and not cut without a word. */
export const MOST_TYPED = 120;

/** What a payment is for, with how much of it there is room for and what the bank will print of it. */
export function ConceptField({ paying: { conceptMax: max, writing }, initial = '' }: ConceptFieldProps) {
  const t = useTranslations('withdrawals.new');
  const [concept, setConcept] = useState(initial);
  return (
    <Field
      name="comment"
      label={t('concept')}
      hint={
        <>
          {t('conceptHint', { used: lengthOf(concept), max })}
          {writing === 'spei' ? <PrintedHint typed={concept} /> : null}
        </>
      }
    >
      <Input
        autoComplete="off"
        maxLength={MOST_TYPED}
        value={concept}
        onChange={(event) => setConcept(event.target.value)}
      />
    </Field>
  );
}

type ConceptFieldProps = { paying: PayingFacts; initial?: string | undefined };
