import { createHmac, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { SignatureRefusal } from '~/lib/rails/rail';

/** Fintoc's codes for a refused request signature. Each goes with HTTP 401. */
export type JwsRefusal =
  | 'missing_active_jws_public_key'
  | 'missing_jws_signature_header'
  | 'invalid_jws_signature_header'
  | 'invalid_jws_signature_algorithm'
  | 'invalid_jws_signature_nonce'
  | 'invalid_jws_signature_timestamp'
  | 'invalid_jws_signature_timestamp_format'
  | 'invalid_jws_signature_timestamp_value'
  | 'invalid_jws_ts';

export type JwsVerdict = { ok: true; nonce: string; ts: number } | { ok: false; code: JwsRefusal };

const DEFAULT_WINDOW_SECONDS = 300;
const CRITICAL = ['ts', 'nonce'];

/** The value of `Fintoc-JWS-Signature` for a body: `protected.signature`, two segments, the body left out. */
export function createJwsSignature(
  body: string | Buffer,
  privateKey: string,
  { nonce = randomBytes(16).toString('hex'), ts = Math.floor(Date.now() / 1000) } = {},
): string {
  const header = base64url(JSON.stringify({ alg: 'RS256', nonce, ts, crit: CRITICAL }));
  const signature = sign('sha256', Buffer.from(`${header}.${base64url(body)}`), createPrivateKey(privateKey));
  return `${header}.${signature.toString('base64url')}`;
}

/**
 * Checks a request signature over the raw body, byte for byte. That a nonce is used once needs memory, so the caller
 * checks it with the nonce returned. How far the clocks may differ is not documented by Fintoc: five minutes here.
 */
export function verifyJwsSignature(request: {
  header: string | undefined;
  body: string | Buffer;
  publicKey: string | undefined;
  nowSeconds?: number;
  windowSeconds?: number;
}): JwsVerdict {
  const { header, body, publicKey, windowSeconds = DEFAULT_WINDOW_SECONDS } = request;
  const nowSeconds = request.nowSeconds ?? Math.floor(Date.now() / 1000);
  if (!header) return refuse('missing_jws_signature_header');
  if (!publicKey) return refuse('missing_active_jws_public_key');
  const [protectedHeader, signature, ...rest] = header.split('.');
  if (!protectedHeader || !signature || rest.length > 0) return refuse('invalid_jws_signature_header');
  const claims = parseClaims(protectedHeader);
  if (!claims || !isCritical(claims.crit)) return refuse('invalid_jws_signature_header');
  if (claims.alg !== 'RS256') return refuse('invalid_jws_signature_algorithm');
  const { nonce, ts } = claims;
  if (typeof nonce !== 'string' || !/^[\w-]{8,128}$/.test(nonce))
    return refuse('invalid_jws_signature_nonce');
  if (ts === undefined || ts === null) return refuse('invalid_jws_signature_timestamp');
  if (typeof ts !== 'number' || !Number.isInteger(ts))
    return refuse('invalid_jws_signature_timestamp_format');
  if (ts <= 0) return refuse('invalid_jws_signature_timestamp_value');
  const signed = Buffer.from(`${protectedHeader}.${base64url(body)}`);
  if (!verify('sha256', signed, createPublicKey(publicKey), Buffer.from(signature, 'base64url')))
    return refuse('invalid_jws_signature_header');
  // Last, so that a forger learns nothing about the clock, and a stale retry is told exactly what is wrong with it.
  if (Math.abs(nowSeconds - ts) > windowSeconds) return refuse('invalid_jws_ts');
  return { ok: true, nonce, ts };
}

/** The value of `Fintoc-Signature` for a delivery: `t=…,v1=…`, without spaces, which the SDK does not trim. */
export function createWebhookSignature(
  body: string | Buffer,
  secret: string,
  timestampSeconds = Math.floor(Date.now() / 1000),
): string {
  const v1 = createHmac('sha256', secret).update(`${timestampSeconds}.`).update(body).digest('hex');
  return `t=${timestampSeconds},v1=${v1}`;
}

function refuse(code: JwsRefusal): JwsVerdict {
  return { ok: false, code };
}

function isCritical(crit: unknown): boolean {
  return (
    Array.isArray(crit) && crit.length === CRITICAL.length && CRITICAL.every((name) => crit.includes(name))
  );
}

function parseClaims(segment: string): Record<string, unknown> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function base64url(bytes: string | Buffer): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Why a signature was refused: the SDK tells its reasons apart by their texts alone. */
export function signatureRefusal(message: string): SignatureRefusal {
  if (message.includes('Missing')) return 'no_signature';
  if (message.includes('Unable to extract')) return 'malformed_signature';
  return message.includes('Timestamp outside') ? 'stale_signature' : 'wrong_secret';
}
