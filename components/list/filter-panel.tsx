'use client';

import { LookupFields } from '~/components/form/lookup-fields';
import { MomentFields } from '~/components/form/moment-fields';
import { AmountFields, ChoiceFields, DateFields } from '~/components/list/filter-fields';
import type { ChipFilter, FilterValues } from '~/components/list/filters';

type FilterFieldsProps = {
  filter: ChipFilter;
  values: FilterValues;
  onApply: (changes: Record<string, string | undefined>, done?: boolean) => Promise<boolean>;
};

/** The fields of one filter, of whatever kind it is. */
export function FilterFields({ filter, values, onApply }: FilterFieldsProps) {
  switch (filter.kind) {
    case 'select':
      return <ChoiceFields filter={filter} values={values} onApply={onApply} />;
    case 'dates':
      return <DateFields values={values} onApply={onApply} />;
    case 'amount':
      return <AmountFields filter={filter} values={values} onApply={onApply} />;
    case 'lookup':
      return <LookupFields filter={filter} values={values} onApply={onApply} />;
    case 'moment':
      return <MomentFields filter={filter} values={values} onApply={onApply} />;
  }
}
