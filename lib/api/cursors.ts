import { createHash } from 'node:crypto';
import type { Operation } from '~/lib/api/operation';

/*
 * A cursor is of the list that gave it: the key of a row that another list ends with would begin this one somewhere. Over
 * HTTP it begins with a few letters of whose it is.
 */

const LETTERS = 6;

/** Those of a list; null of the events, whose cursor is kept for ever and has a form of its own. */
function ofList({ id }: Operation): string | null {
  if (id === 'listEvents') return null;
  return createHash('sha256').update(id).digest('base64url').slice(0, LETTERS);
}

type Query = Record<string, string | string[]>;

/** What was asked, with the cursor as this list reads it. One of another list is none. */
export function ownCursor(operation: Operation, query: Query): Query {
  const letters = ofList(operation);
  const { cursor } = query;
  if (letters === null || typeof cursor !== 'string') return query;
  return { ...query, cursor: cursor.startsWith(letters) ? cursor.slice(LETTERS) : '' };
}

/** A page with its cursor as callers hold it. */
export function withCursor(operation: Operation, answer: unknown): unknown {
  const letters = ofList(operation);
  const { next_cursor: cursor } = answer as { next_cursor?: string | null };
  return letters === null || !cursor ? answer : { ...(answer as object), next_cursor: letters + cursor };
}
