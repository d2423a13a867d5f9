import { currentOnboarding } from '~/lib/entities/kyb';

/** For whom an entity's KYB waits: us, with what; Fintoc's review; or nobody. */
export type KybWait = 'not_started' | 'to_complete' | 'rejected' | 'fintoc' | null;

type EntityFacts = {
  isRoot: boolean;
  status: string | null;
  onboardings: readonly { status: string; reviewedAt: Date | null; createdAt: Date }[];
};

/** Fintoc's words for an entity that needs no KYB of ours any more, and for one that Fintoc itself is at. */
export const OVER = ['operational', 'canceled'];
export const AT_FINTOC = ['under_review', 'paused'];

/** The same as the SQL of lib/entities/kyb-waiting-query.ts, of one entity. One with an account was approved, whatever is shown of it. */
export function kybWait({ isRoot, status, onboardings }: EntityFacts, hasAccount = false): KybWait {
  if (isRoot || hasAccount || (status && OVER.includes(status))) return null;
  const onboarding = currentOnboarding(onboardings);
  if (onboarding?.status === 'approved') return null;
  if (onboarding?.status === 'submitted' || (status && AT_FINTOC.includes(status))) return 'fintoc';
  if (onboarding?.status === 'rejected' || status === 'rejected') return 'rejected';
  return onboarding && onboarding.status !== 'cancelled' ? 'to_complete' : 'not_started';
}
