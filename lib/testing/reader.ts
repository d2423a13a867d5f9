import type { Reader } from '~/lib/people/sight';

/** A reader who sees everybody, for what a test is not about. */
export const ANYBODY: Reader = {
  kind: 'key',
  id: 'test',
  name: 'test',
  scopes: ['console:read', 'people:read'],
};

/** One for whom everybody's personal data is masked. */
export const OUTSIDER: Reader = { ...ANYBODY, scopes: ['console:read'] };
