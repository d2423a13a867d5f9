/** Whose an id is. Pure. */

/** Its ids bear no name: it was alone. */
export const FIRST_RAIL = 'fintoc';

/**
 * Whose an id is, and the rail's own text of it. Every rail but the first writes its name before what it calls a thing
 * (`dummy:7`), so an id is unique on its rail and is never another's; PostgreSQL holds that too (rail_has_id).
 */
export function railAndId(id: string): { rail: string; own: string } {
  const at = id.indexOf(':');
  return at < 0 ? { rail: FIRST_RAIL, own: id } : { rail: id.slice(0, at), own: id.slice(at + 1) };
}
