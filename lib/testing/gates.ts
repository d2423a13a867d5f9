import { expect } from 'vitest';
import { db } from '~/lib/db';
import { openGate } from '~/lib/gate/gate';
import { settleAll, withdrawalRow } from '~/lib/testing/journeys';
import type { LocalFintoc } from '~/lib/testing/sandbox';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

/** What stands at Fintoc under a withdrawal's mark. */
export const payoutsOf = async (fintoc: LocalFintoc, id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);

/** Held, with nothing sent, under the key that it had. */
export async function expectHeld(fintoc: LocalFintoc, id: string, heldReason: string): Promise<void> {
  await submitWithdrawals();
  expect(await withdrawalRow(id)).toMatchObject({
    status: 'queued',
    heldReason,
    submittedAt: null,
    submitRound: 0,
    leaseUntil: null,
  });
  expect(await payoutsOf(fintoc, id)).toEqual([]);
}

/** Let go by now, under the keys that they had. */
export async function expectPaidOnce(fintoc: LocalFintoc, ...ids: string[]): Promise<void> {
  await openGate();
  await settleAll(fintoc);
  for (const id of ids) {
    expect(await payoutsOf(fintoc, id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 0, heldReason: null });
  }
}

/** None is left that the next test's worker would send. */
export async function parkAll(): Promise<void> {
  await db().withdrawal.updateMany({
    where: { status: 'queued' },
    data: { heldReason: 'wallet_frozen', nextAttemptAt: new Date(Date.now() + 86_400_000) },
  });
}
