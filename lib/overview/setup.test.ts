import { expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { changePayoutConditions } from '~/lib/approvals/versions';
import { db } from '~/lib/db';
import { setupFacts } from '~/lib/overview/setup';
import { setupSteps } from '~/lib/overview/setup-steps';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { depositInto, readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

const missing = async () => setupSteps(await setupFacts()).flatMap((step) => step.missing ?? []);

it('goes step by step with what happens, and back with what is taken away', async () => {
  expect(await missing(), 'synced and registered, and nothing else').toEqual([
    ...['webhook.silent', 'approver.nobody', 'rule.none', 'customer.none', 'deposit.none', 'backup.never'],
  ]);
  const approver = await someOperator('approver');
  expect(await missing()).toContain('approver.alone');
  await someOperator('admin');
  expect((await missing()).filter((each) => each.startsWith('approver'))).toEqual([]);
  await changePayoutConditions(system('setup'), { amount: { MXN: '5000000', CLP: null } });
  expect(await missing()).toEqual(['webhook.silent', 'customer.none', 'deposit.none', 'backup.never']);
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 10_000);
  expect(await missing()).toEqual(['backup.never']);
  await db().setting.create({ data: { key: 'backupMade', value: { at: new Date().toISOString() } } });
  expect(await missing()).toEqual([]);
  await db().operator.update({ where: { id: approver.id }, data: { disabledAt: new Date() } });
  expect(await missing()).toEqual(['approver.alone']);
});
