import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, declineAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { captureHold, placeHold } from '~/lib/holds/holds';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { expectSoundUsage } from '~/lib/testing/usage';

/** The world is told of a limit whatever it was that used it. */

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();
afterEach(async () => {
  await expectSoundBooks();
  await expectSoundUsage();
});

let operator: OperatorActor;
let approver: OperatorActor;
let other: OpenWallet;

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
  other = await someWallet();
  await fundWallet(other, 1_000_000n);
});

const under = async (facts: Parameters<typeof someTerms>[0], funds = 0n) => {
  const wallet = await someWallet({ termsId: (await someTerms({ adjustmentsCount: true, ...facts })).id });
  if (funds > 0n) await fundWallet(wallet, funds);
  return wallet;
};

async function toldOf({ id: walletId }: OpenWallet): Promise<unknown[]> {
  const events = await db().outboxEvent.findMany({
    where: { walletId, type: { startsWith: 'limit.' } },
    orderBy: { id: 'asc' },
  });
  return events.map(({ data }) => {
    const { direction, limit, percent } = data as { direction: string; limit: string; percent: number };
    return [direction, limit, percent];
  });
}

const give = (from: OpenWallet, to: OpenWallet, amount: bigint) =>
  requestAdjustment(operator, {
    ...{ fromWalletId: from.id, toWalletId: to.id, amount, reason: 'Revisión' },
    requestId: randomUUID(),
  });

describe('an adjustment', () => {
  it('tells what it takes of the giver when it is asked for, and of the taker when it is posted', async () => {
    const giver = await under({ withdrawalDayAmount: 1_000n }, 5_000n);
    const taker = await under({ depositDayCount: 2n, balanceMaxAmount: 1_000n });
    const { id: first } = await give(giver, taker, 750n);
    expect([await toldOf(giver), await toldOf(taker)]).toEqual([[['outbound', 'dayAmount', 70]], []]);
    await approveAdjustment(approver, { adjustmentId: first });
    expect(await toldOf(taker)).toEqual([['inbound', 'balanceAmount', 70]]);
    const { id: second } = await give(giver, taker, 250n);
    await approveAdjustment(approver, { adjustmentId: second });
    expect([await toldOf(giver), await toldOf(taker)]).toEqual([
      [
        ['outbound', 'dayAmount', 70],
        ['outbound', 'dayAmount', 100],
      ],
      [
        ['inbound', 'balanceAmount', 70],
        ['inbound', 'dayCount', 100],
        ['inbound', 'balanceAmount', 100],
      ],
    ]);
  });

  it('that is declined is told of once more when it is asked for again', async () => {
    const giver = await under({ withdrawalDayAmount: 1_000n }, 5_000n);
    const { id: adjustmentId } = await give(giver, other, 950n);
    await declineAdjustment(approver, { adjustmentId, reason: 'No' });
    await give(giver, other, 950n);
    expect(await toldOf(giver)).toEqual([
      ['outbound', 'dayAmount', 90],
      ['outbound', 'dayAmount', 90],
    ]);
  });

  it('tells nothing where the terms don’t count it', async () => {
    const giver = await under({ withdrawalDayAmount: 1_000n, adjustmentsCount: false }, 5_000n);
    await give(giver, other, 1_000n);
    expect(await toldOf(giver)).toEqual([]);
  });
});

it('a capture of a hold tells of what it uses', async () => {
  const giver = await under({ withdrawalDayAmount: 1_000n }, 5_000n);
  const { id: holdId } = await placeHold(operator, {
    ...{ walletId: giver.id, asset: 'MXN', amount: 900n, reason: 'Garantía', requestId: randomUUID() },
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  expect(await toldOf(giver)).toEqual([]);
  await captureHold(operator, {
    ...{ holdId, toWalletId: other.id, amount: 900n, reason: 'Cobro', requestId: randomUUID() },
  });
  expect(await toldOf(giver)).toEqual([['outbound', 'dayAmount', 90]]);
});

it('money that people credit from suspense tells too, over a limit as well', async () => {
  const wallet = await under({ depositDayAmount: 1_000n });
  const { accountId, numberId, number } = wallet;
  const { id: transferId } = await told({ accountId, numberId, number, amount: 1_001 });
  await assignDeposit(operator, { transferId, walletId: wallet.id, reason: 'Revisado' });
  expect(await toldOf(wallet)).toEqual([]);
  await approveWaiting(approver, { action: 'deposit.assign', subjectId: transferId });
  expect(await toldOf(wallet)).toEqual([['inbound', 'dayAmount', 100]]);
});
