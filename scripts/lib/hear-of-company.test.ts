import { afterEach, beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { canBeFilled, fillWithCompany } from '~/lib/overview/company';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { hearOfCompany } from './hear-of-company.mjs';

withTestDatabase();

let admin: OperatorActor;
let made = 0;
let stop: (() => Promise<void>) | null = null;

beforeAll(async () => {
  admin = await someOperator('admin');
});
afterEach(async () => {
  await stop?.();
  stop = null;
});

/** As `npm start` listens. */
async function listening(): Promise<void> {
  made = 0;
  stop = await hearOfCompany(process.env.DATABASE_URL ?? '', async () => {
    made += 1;
  });
}

it('is offered while somebody hears of it, and by nobody else', async () => {
  expect(await canBeFilled()).toBe(false);
  await expect(fillWithCompany(admin)).rejects.toMatchObject({ code: 'not_to_be_filled' });
  await listening();
  expect(await canBeFilled()).toBe(true);
  expect(await Promise.all([canBeFilled(), canBeFilled(), canBeFilled()])).toEqual([true, true, true]);
  await stop?.();
  stop = null;
  await expect.poll(canBeFilled).toBe(false);
});

it('is made once it is asked for, and who asked is audited', async () => {
  await listening();
  await fillWithCompany(admin);
  await expect.poll(() => made).toBe(1);
  const asked = await db().auditEntry.findMany({ where: { action: 'setting.company_asked' } });
  expect(asked).toMatchObject([{ actorId: admin.id, subjectType: 'setting', subjectId: 'demoCompany' }]);
});

it('is asked for by who may change settings', async () => {
  await listening();
  for (const role of ['operator', 'approver', 'auditor', 'support', 'viewer'] as const)
    await expect(fillWithCompany(await someOperator(role))).rejects.toMatchObject({ code: 'forbidden' });
  expect(made).toBe(0);
});

it('is made where no money has moved', async () => {
  await listening();
  await fundWallet(await someWallet(), 100n);
  expect(await canBeFilled()).toBe(false);
  await expect(fillWithCompany(admin)).rejects.toMatchObject({ code: 'not_to_be_filled' });
  expect(made).toBe(0);
});
