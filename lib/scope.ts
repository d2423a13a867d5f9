import { AsyncLocalStorage } from 'node:async_hooks';
import { isScoped, type Role } from '~/lib/roles';

/**
 * The scope of whoever asks: a custom role or an API key may be of some portfolios alone, and then all that is read and
 * written for who has it goes through a role of the database to which PostgreSQL shows the rows of those portfolios (`scope_rules`). So no
 * read has to remember it: `db()` asks here. What is asked in a scoped person's name outside of their scope is a fault of
 * ours, and ends there.
 */

/** The id of the role or key whose scope it is; null: the whole house. */
type Scope = string | null;

/** Who asks: a person by their role, a key by itself, a job of ours for all. */
type Asker = { kind: string; id?: string; role?: Role; portfolioIds?: readonly string[] };

const scoping = new AsyncLocalStorage<Scope>();
let rendered: () => Scope = () => null;

/** Who a role's people are to the database. */
export function scopeOf(role: Role): Scope {
  return isScoped(role) ? role.id : null;
}

function scopeOfAsker({ id, role, portfolioIds = [] }: Asker): Scope {
  if (role !== undefined) return scopeOf(role);
  return portfolioIds.length > 0 ? (id ?? null) : null;
}

/** Whose scope is in force where this is asked. */
export function scopeInForce(): Scope {
  const within = scoping.getStore();
  return within === undefined ? rendered() : within;
}

/** Runs `work` in the scope of a role, and what it calls. */
export function inScope<Result>(role: Role, work: () => Result): Result {
  return scoping.run(scopeOf(role), work);
}

/** The same in the scope of who asks, or asked for what a job of ours does. */
export function inScopeOf<Result>(asker: Asker, work: () => Result): Result {
  return scoping.run(scopeOfAsker(asker), work);
}

/** Runs what is told everybody of the house and is nobody's: that a page may say it to whoever has a scope too. */
export function ofTheHouse<Result>(work: () => Result): Result {
  return scoping.run(null, work);
}

/** Where nothing runs around the work, as while a page is rendered: who says whose page it is (lib/session.ts). */
export function scopeRendered(by: () => Scope): void {
  rendered = by;
}

/** Throws where somebody who sees some portfolios alone is about to see more. */
export function requireScope(asker: Asker): void {
  const scope = scopeOfAsker(asker);
  if (scope !== null && scope !== scopeInForce())
    throw new Error('Somebody with a scope was about to read outside of it.');
}
