import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { listKeys, makeKey, revokeKey, rotateKey } from '~/lib/api/keys';
import { MONEY_SCOPES, permissionsOf, SCOPE_NAMES } from '~/lib/api/scopes';
import { db } from '~/lib/db';
import { can, ROLES } from '~/lib/roles';
import { ask, someKey } from '~/lib/testing/api';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

let admin: OperatorActor;
let other: OperatorActor;

beforeAll(async () => {
  admin = await someOperator('admin');
  other = await someOperator('approver');
});

const stateOf = async (id: string) => (await listKeys(ANYBODY)).find((key) => key.id === id)?.state;
const refused = (code: string) => expect.objectContaining({ code });

describe('a key', () => {
  it('is shown once: what is kept of it is a hash, its beginning and its end', async () => {
    const { id, secret = '' } = await makeKey(admin, { name: 'Reader', scopes: ['wallets:read'] });
    expect(secret).toMatch(/^mk_test_[\da-f]{64}$/);
    const rows = await db().apiKeySecret.findMany({ where: { keyId: id } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.shown).toBe(`${secret.slice(0, 12)}…${secret.slice(-4)}`);
    const [row] = await db().$queryRaw<{ all: string }[]>`
      SELECT (SELECT string_agg(to_jsonb(k)::text, '') FROM api_keys k)
        || (SELECT string_agg(to_jsonb(s)::text, '') FROM api_key_secrets s)
        || (SELECT string_agg(to_jsonb(a)::text, '') FROM audit_entries a) AS all`;
    expect(row?.all).not.toContain(secret.slice(12, 40));
    expect(await stateOf(id)).toBe('active');
  });

  it('that may move money waits for a second person, and no less in PostgreSQL', async () => {
    const { id } = await makeKey(admin, { name: 'Payouts', scopes: ['withdrawals:write'] });
    expect(await stateOf(id)).toBe('waiting');
    await expect(db().apiKey.update({ where: { id }, data: { activeSince: new Date() } })).rejects.toThrow(
      /made by two people/,
    );
    await approveWaiting(other, { action: 'key.make', subjectId: id });
    expect(await stateOf(id)).toBe('active');
  });

  it('is made by an admin alone, and twice under one request id is one', async () => {
    const expiresAt = { days: 30 };
    const input = { name: 'Once', scopes: ['wallets:read'], expiresAt, requestId: 'one form' } as const;
    await expect(makeKey(other, input)).rejects.toEqual(refused('forbidden'));
    const [one, again] = [await makeKey(admin, input), await makeKey(admin, input)];
    expect(again).toEqual({ id: one.id });
  });

  it('says what doesn’t fit', async () => {
    const wrong = { name: ' ', scopes: [], addresses: ['10.0.0.0/33'], expiresAt: new Date(0) };
    await expect(makeKey(admin, wrong)).rejects.toMatchObject({
      fields: { name: 'required', scopes: 'required', addresses: 'address_format', expiresAt: 'in_the_past' },
    });
  });

  it('that is revoked ends for good, and nobody lets it in any more', async () => {
    const { id } = await makeKey(admin, { name: 'Payouts', scopes: ['deposits:write'] });
    await revokeKey(admin, { keyId: id, reason: 'Leaked' });
    expect(await stateOf(id)).toBe('revoked');
    await expect(approveWaiting(other, { action: 'key.make', subjectId: id })).rejects.toThrow();
    await expect(rotateKey(admin, { keyId: id, overlapHours: 1 })).rejects.toEqual(refused('conflict'));
    await expect(db().apiKey.update({ where: { id }, data: { revokedAt: null } })).rejects.toThrow();
  });

  it('that may move money has a new secret once a second person says so, and no less in PostgreSQL', async () => {
    const { id, secret: first } = await someKey(['withdrawals:write']);
    const { secret: second = '', waits } = await rotateKey(admin, { keyId: id, overlapHours: 0 });
    expect(waits).toBe(true);
    expect((await ask(first, 'listWithdrawals')).body.code).toBe('scope_missing');
    expect((await ask(second, 'listWithdrawals')).body.code).toBe('key_not_approved');
    await expect(
      db().apiKeySecret.updateMany({
        where: { keyId: id, activeSince: null },
        data: { activeSince: new Date() },
      }),
    ).rejects.toThrow(/made by two people/);

    // Another takes the place of what waits: its secret may never have been seen.
    const { secret: third = '' } = await rotateKey(admin, { keyId: id, overlapHours: 0 });
    expect((await listKeys(ANYBODY)).find((key) => key.id === id)).toMatchObject({ isRotating: true });
    await expect(approveWaiting(admin, { action: 'key.rotate', subjectId: id })).rejects.toEqual(
      refused('own_request'),
    );
    await approveWaiting(other, { action: 'key.rotate', subjectId: id });
    expect((await ask(first, 'listWithdrawals')).body.code).toBe('key_rotated');
    expect((await ask(second, 'listWithdrawals')).body.code).toBe('key_not_approved');
    expect((await ask(third, 'listWithdrawals')).body.code).toBe('scope_missing');
  });

  it('that is revoked lets no new secret of it in', async () => {
    const { id, maker } = await someKey(['withdrawals:write']);
    const { secret = '' } = await rotateKey(admin, { keyId: id, overlapHours: 1 });
    await revokeKey(maker, { keyId: id, reason: 'Leaked' });
    await expect(approveWaiting(other, { action: 'key.rotate', subjectId: id })).rejects.toThrow();
    expect((await ask(secret, 'listWithdrawals')).body.code).toBe('key_revoked');
  });

  it('keeps its scopes: more of them is another key', async () => {
    const { id } = await makeKey(admin, { name: 'Reader', scopes: ['wallets:read'] });
    await expect(
      db().apiKey.update({ where: { id }, data: { scopes: ['withdrawals:write'] } }),
    ).rejects.toThrow();
  });
});

describe('scopes', () => {
  it('are the same in PostgreSQL', async () => {
    const [row] = await db().$queryRaw<{ scopes: string; money: string }[]>`
      SELECT pg_get_constraintdef(c.oid) AS scopes, p.prosrc AS money FROM pg_constraint c, pg_proc p
      WHERE c.conname = 'api_keys_scopes_check' AND p.proname = 'check_key_made'`;
    const words = (text = '') => [...text.matchAll(/'([a-z_]+:[a-z]+)'/g)].map(([, word]) => word).sort();
    expect(words(row?.scopes)).toEqual([...SCOPE_NAMES].sort());
    expect(words(row?.money)).toEqual([...MONEY_SCOPES].sort());
  });

  it('decide on nothing, change no settings, and give nothing that no role has', () => {
    const all = permissionsOf(SCOPE_NAMES);
    expect(all.filter((permission) => /:(approve|decide|release|block)$/.test(permission))).toEqual([]);
    expect(all.filter((permission) => /^(settings|operators|keys)/.test(permission))).toEqual([]);
    expect(all.filter((permission) => !ROLES.some((role) => can(role, permission)))).toEqual([]);
  });
});
