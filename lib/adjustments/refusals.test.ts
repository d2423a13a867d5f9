import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, declineAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import type { NewAdjustment } from '~/lib/adjustments/checks';
import { db, transaction } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { houseWallets } from '~/lib/wallets/house';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import type { Wallet } from '~/prisma/generated/client';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
let ana: OpenWallet;
let beto: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
  ana = await someWallet();
  beto = await someWallet();
});

afterEach(expectSoundBooks);

const ask = (input: Omit<NewAdjustment, 'reason' | 'requestId'> & Partial<NewAdjustment>) =>
  requestAdjustment(operator, { reason: 'Pagado dos veces', requestId: randomUUID(), ...input });
const approve = ({ id }: { id: string }) => approveAdjustment(approver, { adjustmentId: id });

describe('an adjustment is refused', () => {
  it('more than a wallet has available', async () => {
    const poor = await someWallet();
    await fundWallet(poor, 99n);
    const asking = ask({ fromWalletId: poor.id, toWalletId: beto.id, amount: 100n });
    await expect(asking).rejects.toMatchObject({ code: 'insufficient_funds' });
    expect(await db().adjustment.count({ where: { fromWalletId: poor.id } })).toBe(0);
    expect(await moneyOf(poor)).toEqual({ available: 99n, reserved: 0n });
  });

  it('more than a general wallet has, which the ledger alone would let go below zero', async () => {
    const general = await someWallet();
    await db().wallet.update({ where: { id: general.id }, data: { kind: 'general' } });
    const asking = ask({ fromWalletId: general.id, toWalletId: beto.id, amount: 1n });
    await expect(asking).rejects.toMatchObject({ code: 'insufficient_funds' });
  });

  it.each([
    [
      'from a wallet to itself',
      () => ({ fromWalletId: ana.id, toWalletId: ana.id }),
      { toWalletId: 'two_sides' },
    ],
    ['from nowhere', () => ({ toWalletId: ana.id }), { toWalletId: 'two_sides' }],
    [
      'with three sides',
      () => ({ fromWalletId: ana.id, toWalletId: beto.id, accountId: ana.accountId }),
      { toWalletId: 'two_sides' },
    ],
    [
      'of nothing',
      () => ({ fromWalletId: ana.id, toWalletId: beto.id, amount: 0n }),
      { amount: 'amount_not_positive' },
    ],
    [
      'without a reason',
      () => ({ fromWalletId: ana.id, toWalletId: beto.id, reason: '  ' }),
      { reason: 'required' },
    ],
    [
      'between two assets',
      async () => {
        const { operating } = await transaction((tx) => houseWallets(tx, 'CLP'));
        return { fromWalletId: operating.id, toWalletId: ana.id };
      },
      { toWalletId: 'of_another_asset' },
    ],
  ])('one %s', async (_what, sides, fields) => {
    await expect(ask({ amount: 10n, ...(await sides()) })).rejects.toMatchObject({ code: 'invalid', fields });
  });

  it('a frozen wallet neither gives nor gets, also when it was frozen while the adjustment waited', async () => {
    const [from, to] = [await someWallet(), await someWallet()];
    await fundWallet(from, 500n);
    const asked = await ask({ fromWalletId: from.id, toWalletId: to.id, amount: 200n });
    await freezeWallet(operator, { walletId: to.id, reason: 'Revisión' });
    await expect(approve(asked)).rejects.toMatchObject({ code: 'wallet_not_open' });
    const sides = { fromWalletId: from.id, toWalletId: to.id };
    await expect(ask({ ...sides, amount: 1n })).rejects.toMatchObject({ code: 'wallet_not_open' });
    await unfreezeWallet(operator, { walletId: to.id, reason: 'Listo' });
    await approve(asked);
    expect((await moneyOf(to)).available).toBe(200n);
  });

  it('a frozen wallet gets back what was set aside of its own', async () => {
    const from = await someWallet();
    await fundWallet(from, 500n);
    const asked = await ask({ fromWalletId: from.id, toWalletId: beto.id, amount: 500n });
    await freezeWallet(operator, { walletId: from.id, reason: 'Revisión' });
    await declineAdjustment(approver, { adjustmentId: asked.id, reason: 'Está congelado' });
    expect(await moneyOf(from)).toEqual({ available: 500n, reserved: 0n });
  });

  it('closing a wallet while an adjustment from it or to it waits', async () => {
    const [from, to] = [await someWallet(), await someWallet()];
    await fundWallet(from, 500n);
    const asked = await ask({ fromWalletId: from.id, toWalletId: to.id, amount: 500n });
    const close = ({ id }: Wallet) =>
      closeWallet(operator, { walletId: id, reason: 'Se va', closedBy: 'customer' });
    await expect(close(from)).rejects.toMatchObject({ code: 'wallet_not_empty' });
    await expect(close(to)).rejects.toMatchObject({ code: 'adjustment_waits' });
    await approve(asked);
    expect(await close(from)).toMatchObject({ status: 'closed' });
  });
});

describe('how it ends', () => {
  it.each(['posted', 'declined'] as const)('by nobody as %s, Postgres refuses', async (status) => {
    await fundWallet(ana, 10n);
    const asked = await ask({ fromWalletId: ana.id, toWalletId: beto.id, amount: 10n });
    await expect(db().adjustment.update({ where: { id: asked.id }, data: { status } })).rejects.toThrow(
      /by a decision on it/,
    );
    const { id: _, ...copy } = asked;
    const already = { ...copy, status, requestId: randomUUID() };
    await expect(db().adjustment.create({ data: already })).rejects.toThrow(/by a decision on it/);
  });

  it('by who asked, or otherwise once it ended, Postgres refuses', async () => {
    await fundWallet(ana, 10n);
    const asked = await ask({ fromWalletId: ana.id, toWalletId: beto.id, amount: 10n });
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: asked.id } });
    const own = { approvalId, verdict: 'approved' as const, operatorId: operator.id, operatorName: 'X' };
    await expect(db().approvalDecision.create({ data: own })).rejects.toThrow(/approvals/);
    await declineAdjustment(approver, { adjustmentId: asked.id, reason: 'No' });
    // What Prisma calls a `restrict_violation`.
    for (const data of [{ status: 'cancelled' as const }, { decision: 'Yes' }])
      await expect(db().adjustment.update({ where: { id: asked.id }, data })).rejects.toMatchObject({
        code: 'P2003',
      });
  });
});
