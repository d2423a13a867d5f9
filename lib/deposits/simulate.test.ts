import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { simulateDeposit } from '~/lib/deposits/deposits';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
withLocalFintoc();

it('a simulated deposit that is asked for twice under one id is one, of who asked and of what they asked', async () => {
  const [actor, other, wallet] = [await someOperator(), await someOperator(), await readyWallet()];
  const asked = {
    ...{ accountNumberId: wallet.accountNumberId, amount: 5_000n, asset: 'MXN' },
    requestId: randomUUID(),
  };
  const first = await simulateDeposit(actor, asked);
  expect(await simulateDeposit(actor, asked)).toEqual(first);
  expect(await db().auditEntry.count({ where: { action: 'deposit.simulated' } })).toBe(1);
  for (const again of [
    () => simulateDeposit(other, asked),
    () => simulateDeposit(actor, { ...asked, amount: 1n }),
  ])
    await expect(again()).rejects.toMatchObject({ code: 'request_reused' });
});

it('to a number that is of no rail here, or that Fintoc doesn’t have, is refused and written down as nothing', async () => {
  const actor = await someOperator();
  const before = await db().auditEntry.count();
  const to = (accountNumberId: string) =>
    simulateDeposit(actor, { accountNumberId, amount: 5_000n, asset: 'MXN', requestId: randomUUID() });
  for (const id of [':', 'nowhere:7', 'F:acno_1'])
    await expect(to(id)).rejects.toMatchObject({ code: 'not_found', details: { id } });
  await expect(to('acno_nobody')).rejects.toMatchObject({ code: expect.any(String) });
  expect(await db().auditEntry.count()).toBe(before);
});
