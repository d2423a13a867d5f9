import { AT_FINTOC, OVER } from '~/lib/entities/kyb-waiting';
import { Prisma } from '~/prisma/generated/client';

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
