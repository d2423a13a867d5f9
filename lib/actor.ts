import { DomainError } from '~/lib/errors';
import { can, type Job, jobMay, nameOfRole, needsProof, type Permission, type Role } from '~/lib/roles';
import { requireScope } from '~/lib/scope';

/** What one request of a key may move, and all of 24 hours together, in an asset's smallest unit; null: any amount. */
export type KeyLimit = { each: bigint | null; day: bigint | null };

/**
 * Who does it: a member of staff from somewhere, a caller with a key, a job of ours, or what the rail itself did, which
 * is written down under its name and asks nobody.
 */
export type Actor =
  | {
      kind: 'operator';
      id: string;
      name: string;
      role: Role;
      ip?: string;
      userAgent?: string;
      /** Of the browser that asks, where one does. */
      sessionId?: string;
      /** False where nobody showed for some minutes that it is still they who sit at that browser (people/step-up.ts). */
      isProven?: boolean;
    }
  | {
      kind: 'key';
      id: string;
      name: string;
      scopes: readonly Permission[];
      limits: Readonly<Record<string, KeyLimit>>;
      /** Its scope: it sees what is of these portfolios. None: the whole house. */
      portfolioIds: readonly string[];
      ip?: string;
    }
  | { kind: 'system'; name: Job }
  | { kind: 'rail'; name: string };

export type OperatorActor = Extract<Actor, { kind: 'operator' }>;
export type KeyActor = Extract<Actor, { kind: 'key' }>;
/** Who may ask for what somebody else decides on. */
export type Requester = OperatorActor | KeyActor;

/** The person behind a posting; nobody where a key or the system did it, which the audit names. */
export function operatorOf(actor: Actor): { operatorId?: string } {
  return actor.kind === 'operator' ? { operatorId: actor.id } : {};
}

/** A job of ours as the one who acts. */
export function system(job: Job): Actor {
  return { kind: 'system', name: job };
}

/**
 * Every verb starts with this. Throws `forbidden` for everybody who is not named for the permission: an operator by
 * role, a key by its scopes, a job by its table; `step_up` for who has to show first that it is they.
 */
export function authorize(actor: Actor, permission: Permission): void {
  if (!may(actor, permission))
    throw new DomainError('forbidden', `${nameOf(actor)} may not ${permission}.`, { permission });
  if (needsProof(permission)) requireProof(actor);
}

/** For what somebody does to their own account. Throws `step_up` where they have to show first that it is they. */
export function requireProof(actor: Actor): void {
  if (actor.kind === 'operator' && actor.isProven === false)
    throw new DomainError('step_up', `${actor.name} has to show anew that it is they.`);
}

/** The same as a question: for what is shown to some and masked for others. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'operator':
      // Whatever asks who may what goes on to read: somebody with a scope by their own connection alone.
      requireScope(actor);
      return can(actor.role, permission);
    case 'key':
      requireScope(actor);
      return actor.scopes.includes(permission);
    case 'system':
      return jobMay(actor.name, permission);
    case 'rail':
      return false;
  }
}

function nameOf(actor: Actor): string {
  return actor.kind === 'operator' ? `The role ${nameOfRole(actor.role)}` : `The ${actor.kind} ${actor.name}`;
}

/** Who it was as one word, for what belongs to who asked for it. */
export function actorId(actor: Actor): string {
  return actor.kind === 'operator' || actor.kind === 'key' ? actor.id : `${actor.kind}:${actor.name}`;
}
