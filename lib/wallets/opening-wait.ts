import { type KybWait, kybWait } from '~/lib/entities/kyb-waiting';
import { reasonOf } from '~/lib/reasons';

/** What an opening wallet waits for. itself: it goes on alone; whatever else is a person's or Fintoc's to do. */
export type OpeningWait = 'itself' | 'fintoc' | 'person' | `kyb_${Exclude<KybWait, 'fintoc' | null>}`;

type OpeningFacts = {
  openingStep: string;
  openingError: string | null;
  entity: Parameters<typeof kybWait>[0] | null;
};

/** Of a wallet whose status is `opening`. What Fintoc refused for good is tried again in vain until somebody acts. */
export function openingWait({ openingStep, openingError, entity }: OpeningFacts): OpeningWait {
  if (openingStep === 'kyb' && entity) {
    const wait = kybWait(entity);
    if (wait === null) return 'itself';
    return wait === 'fintoc' ? 'fintoc' : `kyb_${wait}`;
  }
  if (openingError === null || reasonOf(openingError).retry === 'itself') return 'itself';
  return reasonOf(openingError).fixer === 'fintoc' ? 'fintoc' : 'person';
}
