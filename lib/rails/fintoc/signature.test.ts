import { constants, createSign, generateKeyPairSync } from 'node:crypto';
import { JWSSignature, WebhookSignature } from 'fintoc';
import { describe, expect, test } from 'vitest';
import { createJwsSignature, createWebhookSignature, verifyJwsSignature } from '~/lib/rails/fintoc/signature';

const { privateKey, publicKey } = keyPair();
const other = keyPair();
const body = JSON.stringify({ amount: 100, comment: 'Pago del año ñandú 🦤' });
const now = 1_790_000_000;

describe('request signature', () => {
  test("the SDK's signature over accents and emoji is accepted", () => {
    const header = new JWSSignature(privateKey).generateHeader(body);
    expect(verifyJwsSignature({ header, body: Buffer.from(body), publicKey })).toMatchObject({ ok: true });
  });

  test('ours is made of two segments and is accepted, with its nonce given back', () => {
    const header = createJwsSignature(body, privateKey, { nonce: 'a'.repeat(32), ts: now });
    expect(header.split('.')).toHaveLength(2);
    expect(verifyJwsSignature({ header, body, publicKey, nowSeconds: now })).toEqual({
      ok: true,
      nonce: 'a'.repeat(32),
      ts: now,
    });
  });

  test('any change of the body is refused', () => {
    const header = createJwsSignature(body, privateKey);
    expect(refusal({ header, body: `${body} ` })).toBe('invalid_jws_signature_header');
  });

  test("somebody else's key is refused", () => {
    expect(refusal({ header: createJwsSignature(body, other.privateKey) })).toBe(
      'invalid_jws_signature_header',
    );
  });

  test('nothing is accepted while no public key is registered', () => {
    const header = createJwsSignature(body, privateKey);
    expect(verifyJwsSignature({ header, body, publicKey: undefined })).toEqual({
      ok: false,
      code: 'missing_active_jws_public_key',
    });
  });

  test('what is not two segments of base64url JSON is refused as a header', () => {
    expect(refusal({ header: undefined })).toBe('missing_jws_signature_header');
    for (const header of ['x', 'a.b.c', 'a..b', '.', 'bm90anNvbg.c2ln', 'bnVsbA.c2ln'])
      expect(refusal({ header })).toBe('invalid_jws_signature_header');
  });

  test('each claim has its own refusal, even when properly signed', () => {
    const claims = { alg: 'RS256', nonce: 'f'.repeat(32), ts: now, crit: ['ts', 'nonce'] };
    const cases: [Record<string, unknown>, string][] = [
      [{ ...claims, alg: 'none' }, 'invalid_jws_signature_algorithm'],
      [{ ...claims, alg: 'HS256' }, 'invalid_jws_signature_algorithm'],
      [{ ...claims, crit: undefined }, 'invalid_jws_signature_header'],
      [{ ...claims, crit: ['ts', 'nonce', 'b64'] }, 'invalid_jws_signature_header'],
      [{ ...claims, nonce: '' }, 'invalid_jws_signature_nonce'],
      [{ ...claims, nonce: 7 }, 'invalid_jws_signature_nonce'],
      [{ ...claims, ts: undefined }, 'invalid_jws_signature_timestamp'],
      [{ ...claims, ts: String(now) }, 'invalid_jws_signature_timestamp_format'],
      [{ ...claims, ts: now + 0.5 }, 'invalid_jws_signature_timestamp_format'],
      [{ ...claims, ts: -1 }, 'invalid_jws_signature_timestamp_value'],
      [{ ...claims, ts: now - 301 }, 'invalid_jws_ts'],
      [{ ...claims, ts: now + 301 }, 'invalid_jws_ts'],
    ];
    for (const [forged, code] of cases)
      expect(refusal({ header: signClaims(forged), nowSeconds: now })).toBe(code);
    expect(
      verifyJwsSignature({ header: signClaims(claims), body, publicKey, nowSeconds: now + 300 }).ok,
    ).toBe(true);
  });
});

describe('webhook signature', () => {
  test("the SDK's verifier accepts it, for text and for bytes", () => {
    const header = createWebhookSignature(body, 'whsec_test');
    expect(header).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(() => WebhookSignature.verifyHeader(body, header, 'whsec_test')).not.toThrow();
    expect(createWebhookSignature(Buffer.from(body), 'whsec_test', now)).toBe(
      createWebhookSignature(body, 'whsec_test', now),
    );
  });

  test("the SDK's verifier refuses another secret, another body and an old one", () => {
    const header = createWebhookSignature(body, 'whsec_test');
    expect(() => WebhookSignature.verifyHeader(body, header, 'whsec_other')).toThrow();
    expect(() => WebhookSignature.verifyHeader(`${body} `, header, 'whsec_test')).toThrow();
    const old = createWebhookSignature(body, 'whsec_test', now - 10_000_000);
    expect(() => WebhookSignature.verifyHeader(body, old, 'whsec_test')).toThrow(/tolerance/);
  });
});

function refusal(request: { header: string | undefined; body?: string; nowSeconds?: number }) {
  const verdict = verifyJwsSignature({ body, publicKey, ...request });
  return verdict.ok ? 'accepted' : verdict.code;
}

function signClaims(claims: Record<string, unknown>): string {
  const header = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const signature = createSign('sha256')
    .update(`${header}.${Buffer.from(body).toString('base64url')}`)
    .sign({ key: privateKey, padding: constants.RSA_PKCS1_PADDING });
  return `${header}.${signature.toString('base64url')}`;
}

function keyPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
