import type { ApprovalAction } from '~/lib/approvals/actions';
import type { Tx } from '~/lib/db';
import type { ApprovalRule } from '~/prisma/generated/client';

/** The version of an action's rule that is in force. */
export function currentRule(tx: Tx, action: ApprovalAction): Promise<ApprovalRule> {
  return tx.approvalRule.findFirstOrThrow({
    where: { action, fromAt: { lte: new Date() } },
    orderBy: { version: 'desc' },
  });
}

/** Of two who change a rule at once the second one starts from what the first one made. */
export async function lockRules(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.approval_rules'))`;
}
