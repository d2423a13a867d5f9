import { describe, expect, it, vi } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { ensureLocalEndpoint, listEndpoints, registerEndpoint } from '~/lib/inbox/endpoints';
import { unseal } from '~/lib/secrets';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, fintocEvent, fintocTransfer } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

const someEvent = () => fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
const secretsByAge = async () => {
  const rows = await db().inboxEndpoint.findMany({ orderBy: { createdAt: 'desc' } });
  return rows.map(({ encryptedSecret }) => unseal(encryptedSecret));
};

/** The receiver keeps the secrets for five seconds. */
async function later(seconds: number, run: () => Promise<void>): Promise<void> {
  const at = Date.now() + seconds * 1_000;
  const clock = vi.spyOn(Date, 'now').mockReturnValue(at);
  try {
    await run();
  } finally {
    clock.mockRestore();
  }
}

describe('a rotated webhook secret', () => {
  it('of before stays good until the next rotation, and Fintoc delivers to one endpoint only', async () => {
    await registerEndpoint(system('setup'));
    await later(6, async () => {
      const [now, before] = await secretsByAge();
      expect(await deliver(someEvent(), now)).toBe(200);
      expect(await deliver(someEvent(), before)).toBe(200);
    });
    await registerEndpoint(system('setup'));
    await later(12, async () => {
      const [now, before, old] = await secretsByAge();
      expect(await deliver(someEvent(), now)).toBe(200);
      expect(await deliver(someEvent(), before)).toBe(200);
      expect(await deliver(someEvent(), old)).toBe(401);
    });
    expect(await fintoc.api('GET', '/v1/webhook_endpoints')).toHaveLength(1);
  });

  it('is nowhere in the clear: not in its row, not in the audit log, not in a list', async () => {
    const secrets = await secretsByAge();
    expect(secrets.length).toBeGreaterThan(2);
    const kept = JSON.stringify([
      await db().inboxEndpoint.findMany(),
      await db().auditEntry.findMany({ omit: { id: true } }),
      await listEndpoints(),
    ]);
    for (const secret of secrets) expect(kept).not.toContain(secret);
  });

  it('rotates once by a form that is sent again because its answer was lost', async () => {
    const [admin, requestId] = [await someOperator('admin'), crypto.randomUUID()];
    const before = (await secretsByAge()).length;
    await registerEndpoint(admin, { requestId });
    await registerEndpoint(admin, { requestId });
    expect(await secretsByAge()).toHaveLength(before + 1);
    expect(await fintoc.api('GET', '/v1/webhook_endpoints')).toHaveLength(1);
  });

  it('is an admin’s to rotate', async () => {
    await expect(registerEndpoint(await someOperator('operator'))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('rotated by several at the same moment, Fintoc delivers to the newest alone', async () => {
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 4 }, () => registerEndpoint(system('setup'))));
      const [newest] = await listEndpoints();
      expect(await fintoc.api('GET', '/v1/webhook_endpoints')).toMatchObject([{ id: newest?.id }]);
    }
  });

  it('is not rotated by workers that only make sure of it', async () => {
    const before = (await secretsByAge()).length;
    await Promise.all([ensureLocalEndpoint(), ensureLocalEndpoint()]);
    expect(await secretsByAge()).toHaveLength(before);
  });
});
