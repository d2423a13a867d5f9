import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { makeKey, rotateKey } from '~/lib/api/keys';
import { renewRecoveryCodes, setUpTotp } from '~/lib/people/own-factors';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { tablesWith } from '~/lib/testing/kept';
import { tamper } from '~/lib/testing/tampering';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let secret: string;
let admin: OperatorActor;

beforeAll(async () => {
  ({ secret } = await someKey());
  admin = await someOperator('admin');
});

const endpoint = { name: 'Backend', url: 'https://example.com/hook', event_types: ['*'] };
const under = (key: string) => ({ headers: { 'idempotency-key': key } });

/** Everything that is told once. */
const TOLD: Record<string, () => Promise<string>> = {
  'the secret of a new webhook endpoint': async () =>
    (await ask(secret, 'createWebhookEndpoint', { body: endpoint })).body.secret,
  'the secret that replaces it': async () => {
    const { id } = (await ask(secret, 'createWebhookEndpoint', { body: endpoint })).body;
    return (await ask(secret, 'rotateWebhookSecret', { params: { id } })).body.secret;
  },
  'the secret of a new key': async () =>
    (await makeKey(admin, { name: 'Reader', scopes: ['wallets:read'] })).secret ?? '',
  'the secret of a rotated key': async () => {
    const { id } = await makeKey(admin, { name: 'Reader', scopes: ['wallets:read'] });
    return (await rotateKey(admin, { keyId: id, overlapHours: 1 })).secret ?? '';
  },
  'the secret of an authenticator': async () =>
    new URL((await setUpTotp(admin)).secret).searchParams.get('secret') ?? '',
  'a recovery code': async () => {
    await setUpTotp(admin);
    await tamper('UPDATE operator_totps SET confirmed_at = now() WHERE operator_id = $1', [admin.id]);
    return (await renewRecoveryCodes(admin)).secret.split('\n')[0] ?? '';
  },
};

describe('what is told once', () => {
  it.each(Object.entries(TOLD))('stands in no table: %s', async (_what, tell) => {
    const told = await tell();
    expect(told.length).toBeGreaterThan(12);
    expect(await tablesWith(told)).toEqual([]);
    // That a table is looked at in earnest.
    expect(await tablesWith(admin.name)).toContain('operators');
  });

  it('is answered again under the same Idempotency-Key, also where nobody can read what was kept', async () => {
    const key = randomUUID();
    const first = await ask(secret, 'createWebhookEndpoint', { ...under(key), body: endpoint });
    const again = await ask(secret, 'createWebhookEndpoint', { ...under(key), body: endpoint });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    // As it is once another SECRETS_KEY has taken the place of the one before.
    await tamper('UPDATE api_requests SET body = $2 WHERE idempotency_key = $1', [key, 'AAAA.AAAA.AAAA']);
    const anew = await ask(secret, 'createWebhookEndpoint', { ...under(key), body: endpoint });
    expect([anew.status, anew.body.id, anew.body.secret]).toEqual([201, first.body.id, first.body.secret]);
  });
});
