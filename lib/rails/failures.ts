/** What a rail doesn't do, and what it says that nobody here can read. Pure. */

/** What a rail says of what it was asked for. refused: it did nothing and wouldn't; refused_now: it may later on. */
export type Answer = 'refused' | 'refused_now' | 'not_now' | 'unknown';

/** A rail that did not do what it was asked for, or didn't answer. */
export abstract class RailError extends Error {
  /** The rail's own code, or what kept it from answering. */
  abstract readonly code: string;
  /** Of what was asked, the part that it is about. */
  abstract readonly param: string | null;
  /** Whether the rail itself said it. */
  abstract readonly isTold: boolean;
  abstract readonly verdict: Answer;
  /** Whether the rail itself says that there is no such object. */
  abstract readonly isMissing: boolean;
  /** Whether it is about this object alone, so that the next one may be had. */
  abstract readonly isOfOneObject: boolean;
}

/** Whether a rail answered that it did nothing, for good or for now. */
export function isRefusal(error: unknown): boolean {
  return error instanceof RailError && (error.verdict === 'refused' || error.verdict === 'refused_now');
}

/** Whether a rail itself says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof RailError && error.isMissing;
}

/** An object of a rail's that is not of the shape that we know. */
export abstract class Unreadable extends Error {
  abstract readonly raw: unknown;
  abstract readonly id: string | null;
  /** When it happened, if that can be read. */
  abstract readonly at: Date | null;
  /** Whether it may be of this withdrawal: only a mark that can be read and says otherwise rules that out. */
  abstract mayBeOf(withdrawalId: string): boolean;
}

/** Gets each object of a list that can't be read. Without one the list ends with an error: it may be what was sought. */
export type Aside = (item: Unreadable) => unknown;
