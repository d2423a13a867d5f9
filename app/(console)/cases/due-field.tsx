'use client';

import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { Select } from '~/components/ui/select';

const HOURS = [1, 4, 8, 24, 48, 72, 168, 336];

/** In how long a case is due, from now on. */
export function DueField({
  label,
  placeholder,
  hint,
}: {
  label: string;
  placeholder: string;
  hint?: string;
}) {
  const t = useTranslations('cases');
  return (
    <Field name="dueInHours" label={label} hint={hint}>
      <Select
        placeholder={placeholder}
        options={HOURS.map((hours) => ({
          value: String(hours),
          label: hours % 24 === 0 ? t('days', { days: hours / 24 }) : t('hours', { hours }),
        }))}
      />
    </Field>
  );
}
