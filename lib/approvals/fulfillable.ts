import { STEP_ROLES, type StepRole } from '~/lib/approvals/rule-words';
import { peopleNeeded, type Steps } from '~/lib/approvals/steps';
import type { Tx } from '~/lib/db';

/** How many people of each role there are who decide; `others` by a role that people made, for open steps alone. */
export type Deciders = Record<StepRole, number> & { others: number };

/** Of these people, those who decide and whose account is open, by role; left out, of everybody. */
export async function countDeciders(client: Tx, among?: readonly string[]): Promise<Deciders> {
  const open = { disabledAt: null, ...(among && { id: { in: [...among] } }) };
  const rows = await client.operator.groupBy({
    by: ['role'],
    where: { ...open, role: { in: [...STEP_ROLES] } },
    _count: true,
  });
  const others = await client.operator.count({
    where: { ...open, customRole: { permissions: { has: 'approvals:decide' } } },
  });
  const count = (role: StepRole) => rows.find((row) => row.role === role)?._count ?? 0;
  return { approver: count('approver'), admin: count('admin'), others };
}

/** Whether there are as many people as these steps want, of each role and in all: each decides once. */
export function canBeFulfilled(steps: Steps, deciders: Deciders): boolean {
  const all = STEP_ROLES.reduce((sum, role) => sum + deciders[role], deciders.others);
  return (
    peopleNeeded(steps) <= all &&
    STEP_ROLES.every((role) => peopleNeeded(steps.filter((step) => step.role === role)) <= deciders[role])
  );
}
