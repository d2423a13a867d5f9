import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET as readiness } from '~/app/api/health/ready/route';
import { GET as health } from '~/app/api/health/route';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { proveAccount } from '~/lib/proof/run';
import { withTestDatabase } from '~/lib/testing/database';
import { breakAccount, provenWallet } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

const beat = (beatAt: Date) =>
  db().workerHeartbeat.upsert({
    where: { id: 'w_1' },
    create: { id: 'w_1', startedAt: beatAt, beatAt },
    update: { beatAt },
  });

async function ask(get: () => Promise<Response>) {
  const response = await get();
  return { code: response.status, ...(await response.json()) };
}

beforeAll(async () => {
  await pollTransfers();
  const root = await fintoc.rootAccount();
  await proveAccount(root.id);
});

beforeEach(async () => {
  await fintoc.calm();
  await beat(new Date());
  await checkLedger();
});

describe('health', () => {
  it('is 200 when all answers and the books hold', async () => {
    await provenWallet(fintoc);
    expect(await ask(health)).toEqual({
      code: 200,
      status: 'ok',
      checks: { database: 'up', migrations: 'up', worker: 'up', fintoc: 'up' },
      proof: 'green',
      red: [],
    });
    expect(await ask(readiness)).toMatchObject({ code: 200, status: 'ok' });
  });

  it('is 503 and down when no worker beats, with which one', async () => {
    await beat(new Date(Date.now() - 60_000));
    expect(await ask(health)).toMatchObject({ code: 503, status: 'down', checks: { worker: 'down' } });
    expect(await ask(readiness)).toMatchObject({ code: 503, status: 'down', checks: { worker: 'down' } });
  });

  it('is 503 and red when a promise of the ledger is broken or nobody looked, with which one', async () => {
    const check = await lastLedgerCheck();
    const set = (value: object) => db().setting.update({ where: { key: 'ledgerChecked' }, data: { value } });
    const fault = { rule: 'entries_sum_to_zero', subject: '1', expected: '0', actual: '1' };
    await set({ ...check, faults: [fault] });
    expect(await ask(health)).toMatchObject({
      code: 503,
      status: 'red',
      proof: 'red',
      red: [{ what: 'ledger', id: 'entries_sum_to_zero' }],
    });
    await set({ ...check, at: new Date(Date.now() - 31 * 60_000).toISOString() });
    expect(await ask(health)).toMatchObject({ code: 503, red: [{ what: 'ledger', id: 'not_checked' }] });
    await set(check);
    expect(await ask(health)).toMatchObject({ code: 200 });
  });

  it('is 503 and red when an account parts from Fintoc, with which one; the console may still be routed to', async () => {
    const wallet = await provenWallet(fintoc);
    await breakAccount(fintoc, wallet.accountId);
    expect(await ask(health)).toMatchObject({
      code: 503,
      status: 'red',
      proof: 'red',
      red: [{ what: 'account', id: wallet.accountId }],
    });
    expect(await ask(readiness)).toMatchObject({ code: 200, status: 'ok' });
  });
});
