import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { declineAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { feeOf, NO_FEE } from '~/lib/terms/fees';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { expectSoundUsage } from '~/lib/testing/usage';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const FEE = { ...NO_FEE, fixed: 3n, bps: 150, max: 20n };
const TERMS = {
  ...{
    withdrawalDayAmount: 2_000n,
    withdrawalWeekCount: 6n,
    depositDayAmount: 4_000n,
    balanceMaxAmount: 3_000n,
  },
  ...{ withdrawalFeeAmount: FEE.fixed, withdrawalFeeBps: FEE.bps, withdrawalFeeMax: FEE.max },
  adjustmentsCount: true,
};

let operator: OperatorActor;
let approver: OperatorActor;
let other: OpenWallet;
let termsId: string;

beforeAll(async () => {
  operator = await someOperator('operator');
  approver = await someOperator('approver');
  other = await someWallet();
  termsId = (await someTerms(TERMS)).id;
});

/** What should stand, kept in the plainest way. */
class Expected {
  available = 0n;
  /** What is set aside, each with what it takes of the limits. */
  readonly holds: { id: string; is: 'withdrawal' | 'adjustment'; amount: bigint; held: bigint }[] = [];
  came = 0n;

  /** What is set aside counts as well: it may come back. */
  mayCome = (amount: bigint) =>
    this.came + amount <= 4_000n &&
    this.holds.reduce((sum, { held }) => sum + held, this.available + amount) <= 3_000n;
  mayLeave = (amount: bigint, fee: bigint) =>
    this.holds.reduce((sum, hold) => sum + hold.amount, amount) <= 2_000n &&
    this.holds.length + 1 <= 6 &&
    this.available >= amount + fee;
}

type Act = { do: 'deposit' | 'withdraw' | 'give' | 'end'; amount: bigint; nth: number };

const acts = fc.array(
  fc.record<Act>({
    do: fc.constantFrom('deposit', 'deposit', 'withdraw', 'withdraw', 'give', 'end'),
    amount: fc.bigInt({ min: 1n, max: 1_200n }),
    nth: fc.nat(20),
  }),
  { minLength: 6, maxLength: 12 },
);

const passed = (done: Promise<{ id: string }>) => done.then(({ id }) => id).catch(() => null);

async function play(wallet: OpenWallet, expected: Expected, { do: what, amount, nth }: Act): Promise<void> {
  const { accountId, numberId, number } = wallet;
  if (what === 'deposit') {
    const { id } = await told({ accountId, numberId, number, amount: Number(amount) });
    const { suspenseReason } = await db().transfer.findUniqueOrThrow({ where: { id } });
    expect(suspenseReason).toBe(expected.mayCome(amount) ? null : 'outside_limits');
    if (suspenseReason !== null) return;
    expected.available += amount;
    expected.came += amount;
  } else if (what === 'end') {
    const [hold] = expected.holds.splice(nth % (expected.holds.length || 1), 1);
    if (!hold) return;
    const { id, is } = hold;
    if (is === 'withdrawal') await cancelWithdrawal(operator, { withdrawalId: id, reason: 'test' });
    else await declineAdjustment(approver, { adjustmentId: id, reason: 'test' });
    expected.available += hold.held;
  } else {
    const fee = what === 'withdraw' ? feeOf(FEE, amount) : 0n;
    const given = {
      fromWalletId: wallet.id,
      toWalletId: other.id,
      amount,
      reason: 'test',
      requestId: randomUUID(),
    };
    const id = await passed(
      what === 'withdraw' ? withdraw(operator, wallet, { amount }) : requestAdjustment(operator, given),
    );
    expect(id !== null).toBe(expected.mayLeave(amount, fee));
    if (id === null) return;
    const held = amount + fee;
    expected.holds.push({ id, is: what === 'withdraw' ? 'withdrawal' : 'adjustment', amount, held });
    expected.available -= held;
  }
}

it('whatever is done in whatever order: limits hold, usage is what was booked, and every hold ends', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (sequence) => {
      const wallet = await someWallet({ termsId });
      const expected = new Expected();
      for (const act of sequence) await play(wallet, expected, act);
      const held = expected.holds.reduce((sum, hold) => sum + hold.held, 0n);
      expect(await moneyOf(wallet)).toEqual({ available: expected.available, reserved: held });
      const days = await db().ledgerUsageDay.findMany({ where: { walletId: wallet.id } });
      const used = (direction: string) => {
        const of = days.filter((day) => day.direction === direction);
        return of.reduce((sum, { amount }) => sum + amount, 0n);
      };
      expect(used('inbound')).toBe(expected.came);
      expect(used('outbound')).toBe(expected.holds.reduce((sum, hold) => sum + hold.amount, 0n));
      while (expected.holds.length > 0) await play(wallet, expected, { do: 'end', amount: 1n, nth: 0 });
      expect(await moneyOf(wallet)).toEqual({ available: expected.available, reserved: 0n });
      expect(expected.available <= 3_000n, 'nothing that came back took it over').toBe(true);
    }),
    { numRuns: 5 },
  );
  await expectSoundUsage();
  await expectSoundBooks();
});
