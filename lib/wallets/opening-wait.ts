import { type KybWait, kybWait } from '~/lib/entities/kyb-waiting';
import { type Remedy, reasonOf } from '~/lib/reasons';

/** In place of an opening's own error, while the books stand still. */
export const STANDSTILL = 'standstill';

/** What an opening wallet waits for. itself: it goes on alone; whatever else is a person's or Fintoc's to do. */
export type OpeningWait = 'itself' | 'fintoc' | 'person' | `kyb_${Exclude<KybWait, 'fintoc' | null>}`;

type OpeningFacts = {
  openingStep: string;
  openingError: string | null;
  entity: Parameters<typeof kybWait>[0] | null;
};

/** What Fintoc mends without being asked. */
const WITHOUT_ASKING: readonly Remedy[] = ['none', 'again'];

/** Of a wallet whose status is `opening`. What Fintoc refused for good is tried again in vain until somebody acts. */
export function openingWait({ openingStep, openingError, entity }: OpeningFacts): OpeningWait {
  // After a restore nothing is opened, whatever it waited for before.
  if (openingError === STANDSTILL) return 'person';
  if (openingStep === 'kyb' && entity) {
    const wait = kybWait(entity);
    if (wait === null) return 'itself';
    return wait === 'fintoc' ? 'fintoc' : `kyb_${wait}`;
  }
  if (openingError === null) return 'itself';
  const { retry, fixer, remedy } = reasonOf(openingError);
  if (retry === 'itself') return 'itself';
  return fixer === 'fintoc' && WITHOUT_ASKING.includes(remedy) ? 'fintoc' : 'person';
}
