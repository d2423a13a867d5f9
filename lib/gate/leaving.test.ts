import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { heldBack } from '~/lib/gate/gate';
import { pollTransfers } from '~/lib/inbox/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { expectHeld, parkAll } from '~/lib/testing/gates';
import {
  arrive,
  depositInto,
  type ReadyWallet,
  readyWallet,
  returnByTwo,
  withdraw,
} from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

/** Of each wallet 100,000 are confirmed, and what came since isn't. */
beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

afterEach(parkAll);

/** Whether somebody waits for one of our locks. */
async function isWaitedFor(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database b ON b.oid = l.database
      WHERE b.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted) AS waits`;
  return row?.waits ?? false;
}

describe('what leaves a wallet already counts against what of its money is confirmed', () => {
  it('of two payouts at the same moment: the second is asked when the first has said that it leaves', async () => {
    await arrive(fintoc, wallet, 50_000);
    // Each alone leaves what isn't confirmed where it is.
    const [one, two] = [
      await withdraw(operator, wallet, { amount: 70_000n }),
      await withdraw(operator, wallet, { amount: 60_000n }),
    ];
    const { second } = await transaction(async (tx) => {
      expect(await heldBack(tx, one.id)).toBeNull();
      const later = transaction((other) => heldBack(other, two.id));
      await Promise.race([later, eventually(isWaitedFor)]);
      await tx.withdrawal.update({
        where: { id: one.id },
        data: { status: 'submitting', submittedAt: new Date() },
      });
      return { second: later };
    });
    expect(await second).toBe('credit_unconfirmed');
    await db().withdrawal.update({ where: { id: one.id }, data: { status: 'queued', submittedAt: null } });
    expect(await transaction((tx) => heldBack(tx, two.id))).toBeNull();
  });

  it('of a deposit that goes back, until Fintoc says that it has gone', async () => {
    const { id: transferId } = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id } });
    await arrive(fintoc, wallet, 100_000);
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    await returnByTwo(operator, { transferId });
    expect(await db().transfer.findUniqueOrThrow({ where: { id: transferId } })).toMatchObject({
      state: 'return_pending',
      returnReserved: 100_000n,
    });
    const { id } = await withdraw(operator, wallet, { amount: 100_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
  });

  it('of what was found paid at Fintoc, whoever sent it', async () => {
    const found = await withdraw(operator, wallet, { amount: 100_000n });
    await arrive(fintoc, wallet, 100_000);
    // As books that a restore took back know it: never sent from here.
    await db().withdrawal.update({ where: { id: found.id }, data: { status: 'pending' } });
    const { id } = await withdraw(operator, wallet, { amount: 90_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
  });
});
