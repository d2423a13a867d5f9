import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { publicId } from '~/lib/api/ids';
import { DATA_POLICY } from '~/lib/entrance/policy';

const REFUSALS = {
  not_an_address: [400, 'La dirección no se entiende.', 'The address makes no sense.'],
  no_action: [400, 'Lo enviado no se entiende.', 'What was sent makes no sense.'],
  foreign_origin: [
    403,
    'Esto se envía solo desde las páginas de Monedero.',
    'This is sent from Monedero’s own pages only.',
  ],
  signed_out: [401, 'Inicia sesión para enviar esto.', 'Sign in to send this.'],
  no_token: [401, 'Falta el token de las métricas.', 'The token of the metrics is missing.'],
  method: [405, 'Aquí no se pide así.', 'Nothing here is asked that way.'],
  too_slow: [408, 'El envío tardó demasiado.', 'It took too long to arrive.'],
  too_large: [413, 'Es demasiado grande.', 'It is too large.'],
  foreign_host: [421, 'Monedero no está en esta dirección.', 'Monedero is not at this address.'],
  one_caller: [
    429,
    'Demasiadas solicitudes a la vez; intenta de nuevo en unos segundos.',
    'Too many requests at once; try again in a few seconds.',
  ],
  full: [
    503,
    'Hay mucha demanda; intenta de nuevo en unos segundos.',
    'There is much to do; try again in a few seconds.',
  ],
  starting: [
    503,
    'Monedero está arrancando; intenta de nuevo en unos segundos.',
    'Monedero is starting; try again in a few seconds.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type Refusal = keyof typeof REFUSALS;
/** What the API behind us says as well has one code, whoever says it. */
const CODES: Partial<Record<Refusal, string>> = {
  method: 'method_not_allowed',
  too_large: 'body_too_large',
  full: 'busy',
};
const RETRY_SECONDS = '5';

/** An answer of the entrance itself, in words: a problem (RFC 9457) for programs, both languages for people. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  code: Refusal,
  headers: Record<string, string>,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const [status, spanish, english] = REFUSALS[code];
  const isProgram = /^\/api\/v1([/?]|$)/.test(request.url ?? '');
  const requestId = publicId('request', randomUUID());
  const text = isProgram ? problemOf(code, requestId) : `${spanish}\n${english}\n`;
  // What is still under way of its body, nobody reads.
  const rest = request.readableEnded ? {} : { connection: 'close' };
  response.writeHead(status, {
    ...headers,
    ...rest,
    ...(isProgram && { 'request-id': requestId }),
    ...((status === 429 || status === 503) && { 'retry-after': RETRY_SECONDS }),
    'content-type': isProgram ? 'application/problem+json' : 'text/plain; charset=utf-8',
    'content-security-policy': DATA_POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(text);
}

function problemOf(refusal: Refusal, requestId: string): string {
  const [status, , detail] = REFUSALS[refusal];
  const code = CODES[refusal] ?? refusal;
  const type = `urn:monedero:problem:${code}`;
  return JSON.stringify({ type, title: detail, status, detail, code, request_id: requestId });
}
