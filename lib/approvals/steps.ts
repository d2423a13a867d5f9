import { z } from 'zod';
import { STEP_ROLES, type StepRole } from '~/lib/approvals/rule-words';
import type { Role } from '~/lib/roles';

/** What a step is kept for is a built-in role: whoever has another one decides where a step is kept for nobody. */
export function stepRole(role: Role): string {
  return typeof role === 'string' ? role : 'custom';
}

/** One after the other, each by so many people. */
const stepsShape = z
  .array(z.object({ people: z.number().int().min(1).max(9), role: z.enum(STEP_ROLES).optional() }))
  .min(1)
  .max(4);
export type Steps = z.output<typeof stepsShape>;

export function stepsOf(json: unknown): Steps {
  return stepsShape.parse(json);
}

/** How many people beside who asked it takes. */
export function peopleNeeded(steps: Steps): number {
  return steps.reduce((sum, { people }) => sum + people, 0);
}

/** For which role the next decision is, after so many people approved; null: for whoever may decide. */
export function roleNext(steps: Steps, approving: number): StepRole | null {
  let upto = 0;
  for (const { people, role } of steps) {
    upto += people;
    if (upto > approving) return role ?? null;
  }
  return null;
}

/**
 * What several rules ask for together: of each role as many people as the one that wants the most, and as many in all as
 * the one that wants the most. Those of no role come first, admins last.
 */
export function strictest(all: readonly Steps[]): Steps {
  const [first, ...others] = all;
  if (!first || others.length === 0) return first ?? [{ people: 1 }];
  const most = (count: (steps: Steps) => number) => Math.max(...all.map(count));
  const roles = STEP_ROLES.map((role) => ({
    role,
    people: most((steps) => peopleNeeded(steps.filter((step) => step.role === role))),
  })).filter(({ people }) => people > 0);
  const anybody = most(peopleNeeded) - peopleNeeded(roles);
  return [...(anybody > 0 ? [{ people: anybody }] : []), ...roles];
}
