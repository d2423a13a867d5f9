import { currentOnboarding } from '~/lib/kyb';
import { Prisma } from '~/prisma/generated/client';

/** For whom an entity's KYB waits: us, with what; Fintoc's review; or nobody. */
export type KybWait = 'not_started' | 'to_complete' | 'rejected' | 'fintoc' | null;

type EntityFacts = {
  isRoot: boolean;
  status: string | null;
  onboardings: readonly { status: string; reviewedAt: Date | null; createdAt: Date }[];
};

/** Fintoc's words for an entity that needs no KYB of ours any more, and for one that Fintoc itself is at. */
const OVER = ['operational', 'canceled'];
const AT_FINTOC = ['under_review', 'paused'];

/** The same as the SQL below, of one entity. One with an account was approved, whatever is shown of it. */
export function kybWait({ isRoot, status, onboardings }: EntityFacts, hasAccount = false): KybWait {
  if (isRoot || hasAccount || (status && OVER.includes(status))) return null;
  const onboarding = currentOnboarding(onboardings);
  if (onboarding?.status === 'approved') return null;
  if (onboarding?.status === 'submitted' || (status && AT_FINTOC.includes(status))) return 'fintoc';
  if (onboarding?.status === 'rejected' || status === 'rejected') return 'rejected';
  return onboarding && onboarding.status !== 'cancelled' ? 'to_complete' : 'not_started';
}

/** Entities whose KYB waits for us: rejected, not started, or with something missing. */
export const WAITS_FOR_US: Prisma.EntityWhereInput = {
  isRoot: false,
  accounts: { none: {} },
  onboardings: { none: { status: { in: ['submitted', 'approved'] } } },
  OR: [{ status: null }, { status: { notIn: [...OVER, ...AT_FINTOC] } }],
};

/** What an entity `e` waits with, as `kybWait` says. */
export const KYB_WAIT = Prisma.sql`CASE
  WHEN e.is_root OR e.status = ANY (${OVER}) OR EXISTS (SELECT 1 FROM accounts a WHERE a.entity_id = e.id)
    OR EXISTS (SELECT 1 FROM onboardings o WHERE o.entity_id = e.id AND o.status = 'approved') THEN NULL
  WHEN EXISTS (SELECT 1 FROM onboardings o WHERE o.entity_id = e.id AND o.status = 'submitted')
    OR e.status = ANY (${AT_FINTOC}) THEN 'fintoc'
  WHEN EXISTS (SELECT 1 FROM onboardings o WHERE o.entity_id = e.id AND o.status NOT IN ('rejected', 'cancelled'))
    THEN CASE WHEN e.status = 'rejected' THEN 'rejected' ELSE 'to_complete' END
  WHEN e.status = 'rejected' OR (
    SELECT o.status FROM onboardings o WHERE o.entity_id = e.id
    ORDER BY coalesce(o.reviewed_at, o.created_at) DESC LIMIT 1) = 'rejected' THEN 'rejected'
  ELSE 'not_started' END`;
