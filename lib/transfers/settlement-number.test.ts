import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { getSetting } from '~/lib/settings';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { changeSettlementNumber } from '~/lib/transfers/settlement-number';

withTestDatabase();

const ASKED = { action: 'settlement.change', subjectId: 'settlementNumber' } as const;

it('where the daily settlement goes is changed by two people, and by an admin alone asked for', async () => {
  const [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
  const [before, after] = [{ MXN: someClabe() }, { MXN: someClabe() }];
  await changeSettlementNumber(system('setup'), before);
  await expect(changeSettlementNumber(approver, after)).rejects.toMatchObject({ code: 'forbidden' });
  const requestId = randomUUID();
  await changeSettlementNumber(admin, { ...after, requestId });
  await changeSettlementNumber(admin, { ...after, requestId });
  expect(await getSetting('settlementNumber')).toEqual(before);
  await expect(approveWaiting(admin, ASKED)).rejects.toMatchObject({ code: 'own_request' });
  await approveWaiting(approver, ASKED);
  expect(await getSetting('settlementNumber')).toEqual(after);
});

it('the same once more asks nobody', async () => {
  const admin = await someOperator('admin');
  await changeSettlementNumber(admin, await getSetting('settlementNumber'));
  expect(await db().approval.count({ where: { ...ASKED, state: 'waiting' } })).toBe(0);
});
