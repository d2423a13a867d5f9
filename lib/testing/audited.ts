import { openedEntries } from '~/lib/audit/sealed';
import { db } from '~/lib/db';
import type { Prisma } from '~/prisma/generated/client';

/** What the audit log has of something, the oldest first, with what stands sealed in it opened. */
export async function audited(where: Prisma.AuditEntryWhereInput) {
  return openedEntries(db(), await db().auditEntry.findMany({ where, orderBy: { id: 'asc' } }));
}
