import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { expireApprovals } from '~/lib/deciding/registry';
import { returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import { waitedLonger } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();
afterEach(expectSoundBooks);

const MUCH = 6_000_000n;
let approver: OperatorActor;

beforeAll(async () => {
  approver = await someOperator('approver');
});

async function funded() {
  const wallet = await someWallet();
  await fundWallet(wallet, MUCH);
  return wallet;
}

async function adjustment(from: OpenWallet) {
  const { id } = await requestAdjustment(await someOperator(), {
    ...{ fromWalletId: from.id, toWalletId: (await someWallet()).id, amount: MUCH },
    ...{ reason: 'Era de otro', requestId: randomUUID() },
  });
  return { subjectId: id, late: () => approveAdjustment(approver, { adjustmentId: id }) };
}

async function returning(wallet: OpenWallet) {
  const { accountId, numberId, number } = wallet;
  const { id: transferId } = await told({ accountId, numberId, number, amount: 40_000 });
  await returnDeposit(await someOperator(), { transferId, reason: 'Llegó dos veces' });
  const { id: requestId } = await db().depositRequest.findFirstOrThrow({ where: { transferId } });
  return { subjectId: transferId, late: () => approveDepositRequest(approver, { requestId }) };
}

async function payout(wallet: OpenWallet) {
  const { id } = await withdraw(await someOperator(), wallet, { amount: MUCH });
  return { subjectId: id, late: null };
}

it.each([
  ['a withdrawal', payout, 72],
  ['an adjustment', adjustment, 7 * 24],
  ['a return', returning, 7 * 24],
])(
  '%s that nobody decides on in time gives its money back, and is decided no more',
  async (_what, ask, hours) => {
    const wallet = await funded();
    const { subjectId, late } = await ask(wallet);
    const { available, reserved } = await moneyOf(wallet);
    expect(reserved).toBeGreaterThan(0n);
    await waitedLonger(subjectId, hours - 1);
    await expireApprovals();
    expect(await moneyOf(wallet)).toEqual({ available, reserved });
    await waitedLonger(subjectId, 2);
    await expireApprovals();
    expect(await moneyOf(wallet)).toEqual({ available: available + reserved, reserved: 0n });
    expect(await db().approval.findFirstOrThrow({ where: { subjectId } })).toMatchObject({
      state: 'expired',
    });
    if (late) await expect(late()).rejects.toMatchObject({ code: 'already_decided' });
  },
);
