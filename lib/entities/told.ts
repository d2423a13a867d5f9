import type { Queryable } from '~/lib/db';
import { saveOnboarding } from '~/lib/entities/entities';
import { entityIn, isOfOnboarding, onboardingIn } from '~/lib/rails/fintoc/events';

/** What events tell of the holders of accounts: Fintoc's KYB. */
type Told = { type: string; body: string };

export function tellsOfHolder({ type }: Told): boolean {
  return isOfOnboarding(type);
}

/** The entities that events speak of by id alone. */
export function holdersOf(events: Told[]): string[] {
  const ids = events.filter(tellsOfHolder).map(entityIn);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** Takes in what an event says of a KYB. Throws UnknownEntity, Unreadable. */
export async function saveTold(client: Queryable, event: Told): Promise<void> {
  await saveOnboarding(client, onboardingIn(event));
}
