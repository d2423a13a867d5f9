import { Prisma } from '~/prisma/generated/client';

/** The entries of a cash account that neither stand for a movement at Fintoc nor are exempt from it. */
export const UNMATCHED = Prisma.sql`
  NOT EXISTS (SELECT 1 FROM proof_movements m WHERE m.entry_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM proof_exemptions x WHERE x.entry_id = e.id)`;
