import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import { pollTransfers } from '~/lib/inbox/sync';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { cutBeforeItsEnd } from '~/lib/testing/cuts';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { arrive, depositInto, proveAll, type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

const MANY = 50;
let operator: OperatorActor;
let approver: OperatorActor;
let wallet: ReadyWallet;
let other: ReadyWallet;

beforeAll(async () => {
  [operator, approver] = [await someOperator('admin'), await someOperator('approver')];
  await pollTransfers();
});

beforeEach(async () => {
  [wallet, other] = [await readyWallet({ pattern: 'B' }), await readyWallet({ pattern: 'B' })];
  await depositInto(fintoc, wallet, 100_000);
});

const available = ({ id }: ReadyWallet) => balanceOf(`wallet/${id}/available`);
const move = (amount: bigint) =>
  requestAdjustment(operator, {
    ...{ fromWalletId: wallet.id, toWalletId: other.id, amount },
    ...{ reason: 'Between the two of them', requestId: randomUUID() },
  }).then(({ id }) => id);

/** What became of many who did it at the same moment. */
async function atOnce(acts: (() => Promise<unknown>)[]): Promise<{ done: number; codes: Set<string> }> {
  const ends = await Promise.allSettled(acts.map((act) => act()));
  const codes = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason.code)] : []));
  return { done: ends.length - codes.length, codes: new Set(codes) };
}

describe('money that Fintoc’s movements don’t show yet, moved on', () => {
  it('by fifty adjustments at once: no centavo more goes than is confirmed, and the rest once it is', async () => {
    await arrive(fintoc, wallet, 50_000);
    const ids: string[] = [];
    for (let nth = 0; nth < MANY; nth += 1) ids.push(await move(3_000n));
    const approve = () =>
      atOnce(ids.map((adjustmentId) => () => approveAdjustment(approver, { adjustmentId })));
    expect(await approve()).toEqual({ done: 33, codes: new Set(['credit_unconfirmed']) });
    expect(await available(other)).toBe(99_000n);
    await proveAll();
    // The 33 were approved by the same person, and aren't moved again.
    expect(await approve()).toEqual({ done: MANY, codes: new Set() });
    expect(await available(other)).toBe(150_000n);
    await expectSoundBooks();
  }, 60_000);

  it('by an adjustment that is cut off before its last step: nothing moved, and it is refused as before', async () => {
    await arrive(fintoc, wallet, 50_000);
    const [confirmed, beyond] = [await move(90_000n), await move(20_000n)];
    await cutBeforeItsEnd(() => approveAdjustment(approver, { adjustmentId: confirmed }));
    expect(await available(other)).toBe(0n);
    await approveAdjustment(approver, { adjustmentId: confirmed });
    await expect(approveAdjustment(approver, { adjustmentId: beyond })).rejects.toMatchObject({
      code: 'credit_unconfirmed',
    });
    expect(await available(other)).toBe(90_000n);
    await expectSoundBooks();
  });

  it('out of suspense, by fifty words at once and by one that is cut off: not before it is shown, and once', async () => {
    await db().wallet.update({ where: { id: wallet.id }, data: { status: 'frozen' } });
    await arrive(fintoc, wallet, 70_000);
    const { id: transferId } = await db().transfer.findFirstOrThrow({
      where: { accountId: wallet.accountId, amount: 70_000n },
    });
    const { request } = await assignDeposit(operator, {
      ...{ transferId, walletId: other.id, reason: 'It is theirs', acceptsOtherAccount: true },
    });
    const requestId = request?.id ?? '';
    const approve = () => approveDepositRequest(approver, { requestId });
    const all = Array.from({ length: MANY }, () => approve);
    expect(await atOnce(all)).toEqual({ done: 0, codes: new Set(['credit_unconfirmed']) });
    expect(await available(other)).toBe(0n);
    await proveAll();
    await cutBeforeItsEnd(approve);
    expect(await available(other)).toBe(0n);
    expect(await atOnce(all)).toEqual({ done: MANY, codes: new Set() });
    expect(await available(other)).toBe(70_000n);
    await expectSoundBooks();
  }, 60_000);
});
