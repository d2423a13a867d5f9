import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { changeRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { cancelMove } from '~/lib/patterns/ask';
import { cancelSchedule, planSchedule } from '~/lib/schedules/schedules';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type KnownAccount,
  type OpenWallet,
  someAccount,
  someClabe,
  someOperator,
  someWallet,
  spendFrom,
} from '~/lib/testing/factories';
import { moveByTwo } from '~/lib/testing/moves';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { closeTogether } from '~/lib/wallets/together';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();
afterEach(expectSoundBooks);

let operator: OperatorActor;
beforeAll(async () => {
  operator = await someOperator();
});

const reason = 'Se va';
const close = ({ id: walletId }: OpenWallet) =>
  closeWallet(operator, { walletId, reason, closedBy: 'customer' });
const inFlight = (part: string) =>
  expect.objectContaining({ code: 'wallet_in_flight', details: expect.objectContaining({ part }) });
const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });

async function expectClosable(wallet: OpenWallet): Promise<void> {
  expect(await close(wallet)).toMatchObject({ status: 'closed' });
}

/** Money that came while its wallet was frozen. */
async function suspended(amount: number, account?: KnownAccount) {
  const wallet = await someWallet(account && { account });
  await freezeWallet(system('setup'), { walletId: wallet.id, reason, deposits: 'suspend' });
  const { id } = await told({ ...at(wallet), amount });
  await unfreezeWallet(system('setup'), { walletId: wallet.id, reason });
  return { id, wallet };
}

describe('closing waits for what no balance shows', () => {
  it('a deposit that goes back after it was spent', async () => {
    const wallet = await someWallet();
    const { id } = await told({ ...at(wallet), amount: 5_000 });
    await spendFrom(wallet, 5_000n);
    await told({ ...at(wallet), id, amount: 5_000, status: 'return_pending' });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
    await expect(close(wallet)).rejects.toEqual(inFlight('return'));
    await told({ ...at(wallet), id, amount: 5_000, status: 'returned' });
    await expect(close(wallet)).rejects.toMatchObject({ code: 'wallet_owes' });
  });

  it('a schedule, until it is cancelled', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 100n);
    const { id: scheduleId } = await planSchedule(operator, {
      ...{ walletId: wallet.id, asset: 'MXN', amount: 100n, destination: someClabe('012') },
      ...{ beneficiaryName: 'Ximena Robles', every: 'month', startsOn: '2099-01-31' },
      requestId: randomUUID(),
    });
    await spendFrom(wallet, 100n);
    await expect(close(wallet)).rejects.toEqual(inFlight('schedule'));
    await expect(
      closeTogether(operator, wallet.customerId ?? '', { reason, closedBy: 'customer' }),
    ).rejects.toMatchObject({ code: 'wallet_in_flight', details: { part: 'schedule', name: wallet.name } });
    await cancelSchedule(operator, { scheduleId });
    await expectClosable(wallet);
  });

  it('money in suspense that waits to be credited to it, asked for by one or by a rule', async () => {
    const account = await someAccount();
    const wallet = await someWallet({ account });
    const { id: transferId } = await suspended(500, account);
    await assignDeposit(operator, { transferId, walletId: wallet.id, reason });
    await expect(close(wallet)).rejects.toEqual(inFlight('deposit'));
    const approver = await someOperator('approver');
    await approveWaiting(approver, { action: 'deposit.assign', subjectId: transferId });
    await spendFrom(wallet, 500n);
    await expectClosable(wallet);

    await changeRule(system('setup'), {
      ...{ action: 'suspense.assign', name: 'Todo', mode: 'on', steps: [{ people: 1 }] },
      conditions: {},
    });
    const own = await suspended(400);
    await expect(
      assignDeposit(operator, { transferId: own.id, walletId: own.wallet.id, reason }),
    ).rejects.toMatchObject({ code: 'rule_asks' });
    await expect(close(own.wallet)).rejects.toEqual(inFlight('deposit'));
  });

  it('a move to another pattern, until it is cancelled', async () => {
    const wallet = await someWallet();
    await moveByTwo(wallet, 'B');
    const { id: moveId } = await db().patternMove.findFirstOrThrow({ where: { walletId: wallet.id } });
    await expect(close(wallet)).rejects.toEqual(inFlight('move'));
    await cancelMove(operator, { moveId, reason });
    await expectClosable(wallet);
  });
});
