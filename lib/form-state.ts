import type { ErrorCode, ErrorDetails } from '~/lib/errors';

/** How a form's last sending ended. What was typed stays where it was typed, whatever this is. */
export type FormState<Look = unknown> =
  | { status: 'idle' }
  /** `secret` is what was made and is shown this once; `to` is the page where it goes on. */
  | { status: 'ok'; id: string | null; secret?: string; to?: string }
  /** Nothing is done yet: somebody looks at what will be first. */
  | { status: 'look'; look: Look }
  | { status: 'invalid'; fieldErrors: Record<string, string> }
  | { status: 'error'; code: ErrorCode; details: ErrorDetails }
  /** Nobody is signed in any more: nothing was done. */
  | { status: 'signed_out' }
  /** They have to show first that it is they: nothing was done, and the same is sent again. */
  | { status: 'step_up' }
  /** Somebody else is, than who filled the form in: nothing was done. */
  | { status: 'other_operator'; id: string; name: string }
  | Unanswered;

/** Nobody knows whether it was done; sent again under the same request id, it is done once. */
export type Unanswered =
  /** The answer was lost on its way; `slow`: it has not come yet. */
  | { status: 'unanswered'; slow: boolean }
  /** The server failed at it, and logged it under `digest`. */
  | { status: 'defect'; digest: string }
  /** The server is of another version than this page, and knows its forms no more. */
  | { status: 'outdated' };

/** The field in which a form says who filled it in. No verb's input starts with a dollar sign. */
export const FILLED_IN_BY = '$filledInBy';
/** Says that what will be was looked at. */
export const LOOKED_AT = '$lookedAt';
/** The name of a button that leafs through what is looked at, with its cursor: it is looked at again, and nothing is done. */
export const LEAFS_TO = '$leafsTo';
