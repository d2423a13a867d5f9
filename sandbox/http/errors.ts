/** A refusal in Fintoc's words: HTTP status, code, and the parameter at fault. */
export class FintocError extends Error {
  override name = 'FintocError';
  readonly status: number;
  readonly code: string;
  readonly param: string | null;

  constructor(status: number, code: string, message: string, param: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/** The documented error envelope. */
export function errorBody(error: FintocError) {
  return {
    error: {
      type: errorType(error.status),
      code: error.code,
      message: error.message,
      param: error.param,
      doc_url: 'https://docs.fintoc.com/reference/errors',
    },
  };
}

export function missingResource(what: string, id: string): FintocError {
  return new FintocError(404, 'missing_resource', `No such ${what}: ${id}`);
}

// Which type goes with which status is not documented beyond these three.
function errorType(status: number): string {
  if (status === 401) return 'authentication_error';
  return status >= 500 ? 'api_error' : 'invalid_request_error';
}
