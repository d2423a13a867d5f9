import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import type { TermsFacts } from '~/lib/terms/fields';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type OpenWallet,
  someOperator,
  someSentWithdrawal,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { assignByTwo } from '~/lib/testing/journeys';
import { meetMovements } from '~/lib/testing/proofs';
import { closeWallet, freezeWallet, reopenWallet } from '~/lib/wallets/status';
import type { Withdrawal } from '~/prisma/generated/client';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const AMOUNT = 10_000n;
const FEE = 350n;

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
});

afterEach(expectSoundBooks);

type Payout = { wallet: OpenWallet; withdrawal: Withdrawal; id: string };

/** A payout that empties its wallet and waits for Fintoc's word. */
async function payout(terms: Partial<TermsFacts> = {}): Promise<Payout> {
  const wallet = await someWallet({ termsId: (await someTerms(terms)).id });
  await fundWallet(wallet, AMOUNT + FEE);
  const withdrawal = await someSentWithdrawal(wallet, operator, { amount: AMOUNT, fee: FEE });
  return { wallet, withdrawal, id: `tr_${withdrawal.id}` };
}

function say({ wallet, withdrawal, id }: Payout, status: string) {
  return told({
    id,
    status,
    direction: 'outbound',
    amount: Number(AMOUNT),
    accountId: wallet.accountId,
    metadata: { withdrawal_id: withdrawal.id },
  });
}

const close = ({ wallet }: Payout) =>
  closeWallet(system('setup'), { walletId: wallet.id, reason: 'Left us', closedBy: 'customer' });
const transferRow = ({ id }: Payout) => db().transfer.findUniqueOrThrow({ where: { id } });
const money = async ({ wallet }: Payout) => ({
  ...(await moneyOf(wallet)),
  cash: await balanceOf(`fintoc/${wallet.accountId}/cash`),
});

/** A payout that came back to a wallet which was closed meanwhile. */
async function strandedPayout(terms: Partial<TermsFacts> = {}): Promise<Payout> {
  const sent = await payout(terms);
  await say(sent, 'succeeded');
  await close(sent);
  await say(sent, 'returned');
  return sent;
}

describe('a payout that comes back after its wallet was closed', () => {
  it('waits in suspense with the reason, and leaves the closed wallet alone', async () => {
    const before = { suspense: await balanceOf('suspense/unmatched'), fees: await balanceOf('house/fees') };
    const sent = await strandedPayout();
    expect(await money(sent)).toEqual({ available: 0n, reserved: 0n, cash: AMOUNT + FEE });
    expect(await balanceOf('suspense/unmatched')).toBe(before.suspense + AMOUNT);
    // The fee is earned until somebody says to whom the money goes back.
    expect(await balanceOf('house/fees')).toBe(before.fees + FEE);
    const row = await transferRow(sent);
    expect(row).toMatchObject({ state: 'returned', suspenseReason: 'wallet_closed' });
    expect(row.suspenseSince).toBeInstanceOf(Date);
    expect(await db().withdrawal.findUnique({ where: { id: sent.withdrawal.id } })).toMatchObject({
      status: 'returned',
    });
  });

  it('stands there once, however often and in whatever order its words are repeated', async () => {
    const before = await balanceOf('suspense/unmatched');
    const sent = await strandedPayout();
    for (const word of ['returned', 'succeeded', 'pending', 'returned', 'failed']) await say(sent, word);
    expect(await balanceOf('suspense/unmatched')).toBe(before + AMOUNT);
    expect(await transferRow(sent)).toMatchObject({ state: 'returned', suspenseReason: 'wallet_closed' });
  });

  it.each([
    ['with its fee, by the terms that it was paid under', true, AMOUNT + FEE],
    ['without the fee, where those terms keep it', false, AMOUNT],
  ])('is assigned to an open wallet %s', async (_what, refundFeeOnReturn, credited) => {
    const suspense = await balanceOf('suspense/unmatched');
    const sent = await strandedPayout({ refundFeeOnReturn });
    const heir = await someWallet();
    const heirs = { transferId: sent.id, walletId: heir.id, acceptsOtherAccount: true };
    await meetMovements();
    await assignByTwo(operator, { ...heirs, reason: 'Their new wallet' });
    expect((await moneyOf(heir)).available).toBe(credited);
    expect(await balanceOf('suspense/unmatched')).toBe(suspense);
    expect(await transferRow(sent)).toMatchObject({ suspenseReason: null, suspenseSince: null });
    const again = assignDeposit(operator, { ...heirs, reason: 'Again' });
    await expect(again).rejects.toMatchObject({
      code: 'already_decided',
      details: { act: 'withdrawal.return_assigned', by: expect.any(String), at: expect.any(String) },
    });
    // A late repetition finds it settled.
    await say(sent, 'returned');
    expect((await moneyOf(heir)).available).toBe(credited);
  });

  it('is assigned once, when several operators do it at the same moment', async () => {
    const sent = await strandedPayout({ refundFeeOnReturn: true });
    const heirs = await Promise.all([someWallet(), someWallet(), someWallet()]);
    const done = await Promise.allSettled(
      heirs.map(({ id }) =>
        assignDeposit(operator, {
          transferId: sent.id,
          walletId: id,
          reason: 'Theirs',
          acceptsOtherAccount: true,
        }),
      ),
    );
    const asked = done.flatMap((each) => (each.status === 'fulfilled' ? [each.value.request] : []));
    expect(asked).toHaveLength(1);
    await meetMovements();
    await approveDepositRequest(await someOperator('approver'), { requestId: asked[0]?.id ?? '' });
    const credited = await Promise.all(heirs.map(async (heir) => (await moneyOf(heir)).available));
    expect(credited.reduce((sum, amount) => sum + amount)).toBe(AMOUNT + FEE);
  });

  it('cannot be sent back to the bank that sent it back', async () => {
    const sent = await strandedPayout();
    const returning = returnDeposit(operator, { transferId: sent.id, reason: 'No' });
    await expect(returning).rejects.toMatchObject({ code: 'conflict' });
    expect(await transferRow(sent)).toMatchObject({ suspenseReason: 'wallet_closed' });
  });

  it('goes to the wallet when the customer reopened it in time', async () => {
    const sent = await payout();
    await say(sent, 'succeeded');
    await close(sent);
    await reopenWallet(system('setup'), { walletId: sent.wallet.id, reason: 'Back again' });
    await say(sent, 'returned');
    expect((await money(sent)).available).toBe(AMOUNT + FEE);
    expect(await transferRow(sent)).toMatchObject({ suspenseReason: null });
  });
});

describe('a payout whose wallet is not closed', () => {
  it('keeps its wallet open until the bank’s last word: nothing can come back to a closed one by surprise', async () => {
    for (const word of ['failed', 'rejected', 'returned']) {
      const sent = await payout();
      await say(sent, 'pending');
      await expect(close(sent)).rejects.toMatchObject({ code: 'wallet_not_empty' });
      await say(sent, word);
      expect((await money(sent)).available).toBe(AMOUNT + FEE);
    }
  });

  it('returned before its success was heard is the wallet’s, and stays so when the success comes late', async () => {
    const sent = await payout();
    await say(sent, 'returned');
    await expect(close(sent)).rejects.toMatchObject({ code: 'wallet_not_empty' });
    await say(sent, 'succeeded');
    expect(await money(sent)).toEqual({ available: AMOUNT + FEE, reserved: 0n, cash: AMOUNT + FEE });
    expect(await transferRow(sent)).toMatchObject({ state: 'returned', suspenseReason: null });
  });

  it('comes back to a frozen wallet: it is the customer’s own money, and it cannot leave', async () => {
    const sent = await payout();
    await say(sent, 'succeeded');
    await freezeWallet(system('setup'), { walletId: sent.wallet.id, reason: 'Under review' });
    await say(sent, 'returned');
    expect((await money(sent)).available).toBe(AMOUNT + FEE);
    expect(await transferRow(sent)).toMatchObject({ suspenseReason: null });
  });
});
