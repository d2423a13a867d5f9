import type { ErrorCode, ErrorDetails } from '~/lib/errors';

/** How a form's last sending ended. Typed values come back, because React resets a form after its action. */
export type FormState =
  | { status: 'idle' }
  /** `secret` is what was made and is shown this once. */
  | { status: 'ok'; id: string | null; secret?: string }
  | { status: 'invalid'; fieldErrors: Record<string, string>; values: Record<string, string> }
  | { status: 'error'; code: ErrorCode; details: ErrorDetails; values: Record<string, string> };
