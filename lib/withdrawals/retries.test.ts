import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { isAsApproved } from '~/lib/testing/seals';
import { getWithdrawal, listWithdrawals } from '~/lib/withdrawals/read';
import { cancelWithdrawal, requestWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

let operator: OperatorActor;
let wallet: OpenWallet;
const asked = (facts: object = {}) => ({
  walletId: wallet.id,
  amount: 1_000n,
  destination: someClabe(),
  beneficiaryName: 'Berta Ruiz',
  comment: 'Renta',
  requestId: randomUUID(),
  ...facts,
});

async function cancelled(facts: object = {}) {
  const { id } = await requestWithdrawal(operator, asked(facts));
  await cancelWithdrawal(operator, { withdrawalId: id, reason: 'A prueba' });
  return db().withdrawal.findUniqueOrThrow({ where: { id } });
}

beforeAll(async () => {
  operator = await someOperator('operator');
  wallet = await someWallet();
  await fundWallet(wallet, 100_000n);
});

describe('a withdrawal that is tried again', () => {
  it('is a new one, and each says which the other is', async () => {
    const before = await cancelled();
    const after = await requestWithdrawal(operator, asked({ retryOf: before.id }));
    expect(after.id).not.toBe(before.id);
    expect(await getWithdrawal(ANYBODY, after.id)).toMatchObject({ retryOf: { id: before.id }, retry: null });
    expect(await getWithdrawal(ANYBODY, before.id)).toMatchObject({ retryOf: null, retry: { id: after.id } });
    const { items } = await listWithdrawals(ANYBODY, { walletId: wallet.id });
    expect(items.find(({ id }) => id === before.id)?.retry?.id).toBe(after.id);
    expect(await isAsApproved(after)).toBe(true);
  });

  it('is tried again once: of two screens at once, one is refused', async () => {
    const before = await cancelled();
    const tries = [1, 2].map(() => requestWithdrawal(operator, asked({ retryOf: before.id })));
    const ends = await Promise.allSettled(tries);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'already_retried' },
    });
    expect(await db().withdrawal.count({ where: { retryOfId: before.id } })).toBe(1);
  });

  it('may end unpaid as well, and is then tried again itself', async () => {
    const first = await cancelled();
    const second = await cancelled({ retryOf: first.id });
    const third = await requestWithdrawal(operator, asked({ retryOf: second.id }));
    expect(third.retryOfId).toBe(second.id);
  });

  it('is refused for one that may still pay, for another wallet’s, and for none', async () => {
    const queued = await requestWithdrawal(operator, asked());
    await expect(requestWithdrawal(operator, asked({ retryOf: queued.id }))).rejects.toMatchObject({
      code: 'payout_not_final',
    });
    const other = await someWallet();
    await fundWallet(other, 5_000n);
    const before = await cancelled();
    await expect(
      requestWithdrawal(operator, asked({ walletId: other.id, retryOf: before.id })),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(requestWithdrawal(operator, asked({ retryOf: randomUUID() }))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('keeps what it takes the place of, whoever writes', async () => {
    const before = await cancelled();
    const after = await requestWithdrawal(operator, asked({ retryOf: before.id }));
    await expect(
      db().withdrawal.update({ where: { id: after.id }, data: { retryOfId: null } }),
    ).rejects.toThrow();
  });
});
