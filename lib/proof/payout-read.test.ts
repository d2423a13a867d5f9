import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { getBreak } from '~/lib/proof/breaks-read';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, someOperator, someSentWithdrawal, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { explainPayout } from '~/lib/transfers/unexplained';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

// House wallets are made with the first money.
beforeAll(async () => {
  const { accountId, numberId, number } = await someWallet();
  await told({ accountId, numberId, number });
});

async function payoutOf(transferId: string) {
  const { id } = await db().proofBreak.findFirstOrThrow({ where: { transferId } });
  const { payout } = await getBreak(ANYBODY, id);
  if (!payout) throw new Error(`The break of ${transferId} has no payout.`);
  return payout;
}

describe('the break of a payout that no withdrawal explains', () => {
  it('names the wallet whose account it left, where that is its own', async () => {
    const wallet = await someWallet({ pattern: 'B' });
    const { id } = await told({ direction: 'outbound', accountId: wallet.accountId, amount: 700 });
    expect(await payoutOf(id)).toMatchObject({
      reason: 'no_mark',
      withdrawal: null,
      wallet: null,
      likely: { id: wallet.id },
      transfer: { id, amount: 700n },
    });
  });

  it('names nobody where many wallets share the account and it bears no mark', async () => {
    const { accountId } = await someWallet({ pattern: 'A' });
    const { id } = await told({ direction: 'outbound', accountId, amount: 700 });
    expect((await payoutOf(id)).likely).toBeNull();
  });

  it('shows the withdrawal of its mark, and the transfer that paid it first', async () => {
    const wallet = await someWallet({ pattern: 'A' });
    await fundWallet(wallet, 50_000n);
    const withdrawal = await someSentWithdrawal(wallet, await someOperator(), { amount: 10_000n });
    const metadata = { withdrawal_id: withdrawal.id, wallet_id: wallet.id };
    const paid = { direction: 'outbound', accountId: wallet.accountId, amount: 10_000, metadata } as const;
    const first = await told(paid);
    const second = await told(paid);
    expect(await payoutOf(second.id)).toMatchObject({
      reason: 'paid_twice',
      withdrawal: { id: withdrawal.id, status: 'succeeded', transferId: first.id },
      wallet: { id: wallet.id },
      likely: { id: wallet.id },
    });
  });

  it('shows who said what of it, with the wallet that they named, also in its history', async () => {
    const wallet = await someWallet({ pattern: 'B' });
    const { id } = await told({ direction: 'outbound', accountId: wallet.accountId, amount: 700 });
    const approver = await someOperator('approver');
    const word = {
      transferId: id,
      kind: 'wallet',
      walletId: wallet.id,
      reason: 'The customer has it',
    } as const;
    await explainPayout(approver, word);
    expect((await payoutOf(id)).explanations).toMatchObject([
      { operatorId: approver.id, kind: 'wallet', wallet: { id: wallet.id }, reason: 'The customer has it' },
    ]);
    const { id: breakId } = await db().proofBreak.findFirstOrThrow({ where: { transferId: id } });
    expect((await getBreak(ANYBODY, breakId)).timeline.map(({ kind }) => kind)).toEqual([
      'proof.broken',
      'payout.explanation_asked',
    ]);
  });
});
