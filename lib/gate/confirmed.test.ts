import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { expectHeld, expectPaidOnce, parkAll, payoutsOf } from '~/lib/testing/gates';
import { depositInto, proveAll, type ReadyWallet, readyWallet, withdraw } from '~/lib/testing/journeys';
import { timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { submitWithdrawals } from '~/lib/transfers/submission';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

afterEach(parkAll);

describe('a credit is confirmed before it can leave', () => {
  it('by the movement that Fintoc lists: until then it is shown, and waits', async () => {
    await proveAll();
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 50_000,
      settle: true,
    });
    await fintoc.deliveriesDone();
    await drain();
    const { id } = await withdraw(operator, wallet, { amount: 120_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
    // What was there before may go meanwhile, and counts against it.
    await expectPaidOnce(fintoc, id);
  });

  it('a signed event of a transfer that Fintoc does not know pays nobody', async () => {
    await fintoc.control('POST', '/events', {
      type: 'transfer.inbound.succeeded',
      account_number_id: wallet.accountNumberId,
      data: { amount: 900_000 },
    });
    await fintoc.deliveriesDone();
    await drain();
    const { id } = await withdraw(operator, wallet, { amount: 500_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
    const { id: own } = await withdraw(operator, wallet, { amount: 90_000n });
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await drain();
    expect(await payoutsOf(fintoc, own)).toHaveLength(1);
    await proveAll();
    await submitWithdrawals();
    expect(await payoutsOf(fintoc, id)).toEqual([]);
    await timePasses(fintoc);
    await proveAll();
    await expectHeld(fintoc, id, 'account_paused');
    expect(
      await db().proofBreak.findFirst({ where: { accountId: wallet.accountId, state: 'open' } }),
    ).toMatchObject({
      kind: 'missing_there',
      actual: 900_000n,
    });
  });
});
