import type { IncomingHttpHeaders } from 'node:http';
import { verifyJwsSignature } from '~/lib/rails/fintoc/signature';
import { FintocError } from '~/sandbox/http/errors';
import { rows, type Sandbox } from '~/sandbox/state';

/** Accepts the secret key alone, as Fintoc documents it, and behind `Bearer`, as its Ruby SDK sends it. */
export function authenticate(sandbox: Sandbox, authorization: string | undefined): void {
  const key = authorization?.replace(/^Bearer\s+/i, '').trim();
  if (!key) throw new FintocError(401, 'authentication', 'No API key was given in the Authorization header.');
  if (key.startsWith('sk_live_')) throw new FintocError(401, 'invalid_api_key_mode', 'This is test mode.');
  if (key !== sandbox.config.secretKey)
    throw new FintocError(401, 'invalid_api_key', 'This API key is not valid.');
}

/** Checks the request's signature over its raw body, and uses up its nonce even if the request is then refused. */
export async function requireSignature(
  sandbox: Sandbox,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<void> {
  const header = headers['fintoc-jws-signature'];
  const { jwsPublicKey, jwsWindowSeconds } = sandbox.config;
  const verdict = verifyJwsSignature({
    header: Array.isArray(header) ? header[0] : header,
    body,
    publicKey: jwsPublicKey,
    windowSeconds: jwsWindowSeconds,
  });
  if (!verdict.ok) throw new FintocError(401, verdict.code, 'The request signature is not acceptable.');
  const fresh = await rows(
    sandbox.pool,
    'insert into sandbox.nonces (nonce) values ($1) on conflict (nonce) do nothing returning nonce',
    [verdict.nonce],
  );
  if (fresh.length === 0) throw new FintocError(401, 'jws_nonce_already_used', 'This nonce was used before.');
}
