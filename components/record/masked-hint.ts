import type { Sight } from '~/lib/people/masking';

/** Says that data is masked to who can do nothing about it; others have a button that says so. Takes the words of `reveals`. */
export function maskedHint(t: (key: 'never') => string, { seen, revealable }: Sight): string | undefined {
  return seen || revealable ? undefined : t('never');
}
