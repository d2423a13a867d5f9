import type format from 'use-intl/format-message';
import { isolated } from '~/lib/text';

type Values = NonNullable<Parameters<typeof format>[2]>;

/** What was typed elsewhere is set apart from the sentence around it, so that it takes nothing else of it along. */
export function isolatedValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(value) : value,
    ]),
  );
}
