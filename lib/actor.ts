import { DomainError } from '~/lib/errors';
import { can, type Permission, type RoleName } from '~/lib/roles';

/** Who does it. An operator acts from somewhere; the system and Fintoc act by themselves. */
export type Actor =
  | { kind: 'operator'; id: string; name: string; role: RoleName; ip?: string; userAgent?: string }
  | { kind: 'system'; name: string }
  | { kind: 'fintoc'; name: string };

export type OperatorActor = Extract<Actor, { kind: 'operator' }>;

export const SYSTEM: Actor = { kind: 'system', name: 'worker' };
export const FINTOC: Actor = { kind: 'fintoc', name: 'Fintoc' };

/** Every verb that an operator can reach starts with this. Throws `forbidden`. */
export function authorize(actor: Actor, permission: Permission): void {
  if (actor.kind === 'operator' && !can(actor.role, permission)) {
    throw new DomainError('forbidden', `The role ${actor.role} may not ${permission}.`, { permission });
  }
}
