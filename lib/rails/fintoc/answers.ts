import { type Answer, RailError } from '~/lib/rails/failures';

/**
 * What an answer of Fintoc's says of the money. Pure.
 *
 * Between us and Fintoc stand proxies and firewalls that answer in its place, with any status, before or after Fintoc
 * did what was asked. So only an answer in Fintoc's own envelope says anything, and only a code that is known says that
 * nothing was made.
 */
export class FintocError extends RailError {
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** Fintoc's own, else http_<status>, timeout or connection. */
  readonly code: string;
  readonly param: string | null;
  /** Whether Fintoc itself said it. */
  readonly isTold: boolean;

  constructor(
    message: string,
    facts: { status: number | null; code: string; param?: string | null; isTold?: boolean },
  ) {
    super(message);
    this.name = 'FintocError';
    this.status = facts.status;
    this.code = facts.code;
    this.param = facts.param ?? null;
    this.isTold = facts.isTold ?? false;
  }

  /**
   * refused: Fintoc answered that it did nothing, and would say so again under the same key.
   * refused_now: the same, but what it lacked may come (funds, an account that is active): a new key may fare better.
   * not_now: it did nothing this time (rate limit, credentials): the same key may be sent again. Of an earlier request
   * under that key it says nothing.
   * unknown: everything else. It may have done it.
   */
  get verdict(): Answer {
    return this.isTold ? (VERDICTS[`${this.status} ${this.code}`] ?? verdictOfStatus(this)) : 'unknown';
  }

  /** A proxy's 404 says nothing of the object. */
  get isMissing(): boolean {
    return this.isTold && this.code === 'missing_resource';
  }

  get isOfOneObject(): boolean {
    return this.isTold && (this.status === 403 || this.status === 404);
  }
}

/**
 * By status and code, from the lists of Fintoc's SDKs. What these statuses carry besides is not known to mean that
 * nothing was made: a conflict may be about the very same request, under way or done.
 */
const VERDICTS: Readonly<Record<string, Answer>> = {
  // The same request, signature and all, was there before: a proxy repeats what it got no answer to.
  '401 jws_nonce_already_used': 'unknown',
  '402 insufficient_funds': 'refused_now',
  '402 payment_required': 'refused_now',
  '403 account_not_active': 'refused_now',
  '403 entity_not_operational': 'refused_now',
  '403 invalid_account': 'refused',
  '403 invalid_recipient_account': 'refused',
  '403 recipient_blocked_account': 'refused',
  '403 forbidden_entity': 'not_now',
  '403 forbidden_account': 'not_now',
  '403 forbidden_account_number': 'not_now',
  '403 forbidden_account_verification': 'not_now',
  '403 forbidden_request': 'not_now',
  '403 invalid_api_version': 'not_now',
  '403 product_access_required': 'not_now',
  '403 missing_allowed_cidr_blocks': 'not_now',
  '403 allowed_cidr_blocks_does_not_contain_ip': 'not_now',
  '404 missing_resource': 'refused',
  '404 organization_without_entities': 'not_now',
  '409 insufficient_balance': 'refused_now',
  '409 invalid_transfer_status': 'refused',
  '409 invalid_transfer_direction': 'refused',
  '409 account_number_limit_reached': 'refused',
  '429 rate_limit_exceeded': 'not_now',
};

/**
 * Fintoc reads a request before it acts on it: whatever code says that it can't be read, nothing was made. How it says
 * that a key or a request was there before nobody has seen: by whatever status, something may have been made then.
 */
function verdictOfStatus({ status, code }: FintocError): Answer {
  if (/idempoten|duplicat/.test(code)) return 'unknown';
  if (status === 400 || status === 422) return 'refused';
  return status === 401 ? 'not_now' : 'unknown';
}

/** Of Fintoc's documented error object: reference/errors-object. */
const TYPES: ReadonlySet<unknown> = new Set([
  'api_error',
  'authentication_error',
  'link_error',
  'institution_error',
  'invalid_request_error',
  'new_contact_error',
  'amount_error',
]);
const CODE = /^[a-z][a-z0-9_]{2,79}$/;

/** Reads what the HTTP client threw: it carries the secret key in its config, and goes no further. */
export function toFintocError(error: unknown): FintocError {
  const { response, code, message } = error as {
    response?: { status: number; data?: unknown };
    code?: string;
    message?: string;
  };
  if (!response) {
    return new FintocError(`No answer from Fintoc (${code ?? message ?? 'unknown'}).`, {
      status: null,
      code: code === 'ECONNABORTED' || code === 'ETIMEDOUT' ? 'timeout' : 'connection',
    });
  }
  const { status } = response;
  const told = envelopeOf(response.data);
  if (told)
    return new FintocError(told.message, { status, code: told.code, param: told.param, isTold: true });
  return new FintocError(`Not Fintoc’s own answer: ${status}.`, { status, code: `http_${status}` });
}

function envelopeOf(data: unknown): { code: string; message: string; param: string | null } | null {
  const { error } = (typeof data === 'object' && data !== null ? data : {}) as { error?: unknown };
  if (typeof error !== 'object' || error === null) return null;
  const { type, code, message, param } = error as Record<string, unknown>;
  if (!TYPES.has(type) || typeof code !== 'string' || !CODE.test(code)) return null;
  return {
    code,
    message: typeof message === 'string' && message !== '' ? message : code,
    param: typeof param === 'string' ? param : null,
  };
}
