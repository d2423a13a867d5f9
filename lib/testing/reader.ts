import type { KeyActor } from '~/lib/actor';
import type { Reader } from '~/lib/people/sight';

/** A reader who sees everybody, for what a test is not about. */
const READER: KeyActor = {
  kind: 'key',
  id: 'test',
  name: 'test',
  scopes: ['console:read', 'people:read'],
  limits: {},
  portfolioIds: [],
};

export const ANYBODY: Reader = READER;

/** One for whom everybody's personal data is masked. */
export const OUTSIDER: Reader = { ...READER, scopes: ['console:read'] };
