import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { previewAssignment } from '~/lib/terms/assign';
import { assignTerms } from '~/lib/terms/assignments';
import { utilisationOf } from '~/lib/terms/utilisation';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { inPesos } from '~/lib/testing/wallets';
import { closeWallet } from '~/lib/wallets/status';

withTestDatabase();

let admin: OperatorActor;
let approver: OperatorActor;
beforeAll(async () => {
  admin = await someOperator('admin');
  approver = await someOperator('approver');
});

describe('an assignment', () => {
  it('says before how many wallets it touches and which would be over, and is done once somebody else says so', async () => {
    const [from, to] = [
      await someTerms(),
      await someTerms({ withdrawalDayAmount: 500n, balanceMaxAmount: 5_000n }),
    ];
    const wallets = await Promise.all(Array.from({ length: 4 }, () => someWallet({ termsId: from.id })));
    const [spent, full, , closed] = wallets;
    if (!spent || !full || !closed) throw new Error('Four were made.');
    for (const [wallet, amount] of [
      [spent, 2_000n],
      [full, 5_001n],
    ] as const)
      await fundWallet(wallet, amount);
    await withdraw(await someOperator('operator'), spent, { amount: 501n });
    await closeWallet(system('setup'), { walletId: closed.id, reason: 'test', closedBy: 'customer' });

    const chosen = { fromId: from.id, walletIds: [] };
    const preview = await previewAssignment(to.id, chosen);
    expect(preview).toMatchObject({ wallets: 3, over: 2 });
    expect(preview.overWallets.map(({ id }) => id).sort()).toEqual([spent.id, full.id].sort());

    await assignTerms(admin, { termsId: to.id, ...chosen });
    expect((await inPesos(spent.id)).termsId).toBe(from.id);
    await approveWaiting(approver, { action: 'terms.change', subjectId: to.id });
    const under = await Promise.all(wallets.map(async ({ id }) => (await inPesos(id)).termsId));
    expect(under).toEqual([to.id, to.id, to.id, from.id]);
    expect(await db().auditEntry.findFirst({ where: { action: 'wallet_terms.assigned' } })).toMatchObject({
      subjectId: to.id,
      after: { count: 3 },
    });
    expect(await previewAssignment(to.id, chosen)).toEqual({
      ...{ wallets: 0, over: 0, overWallets: [] },
      ...{ unfit: 0, unfitWallets: [] },
    });
    await expect(assignTerms(admin, { termsId: to.id, ...chosen })).rejects.toMatchObject({
      fields: { fromId: 'no_wallets' },
    });
    expect(await utilisationOf([spent.id])).toMatchObject([
      { direction: 'inbound', name: 'balanceAmount', used: 2_000n, percent: 40, renewsAt: null },
      { direction: 'outbound', name: 'dayAmount', used: 501n, percent: 100 },
    ]);
  });

  it('leaves whom the terms leave out where they are, and says before who and why', async () => {
    const [from, to] = [await someTerms(), await someTerms({ eligibleKinds: ['business'] })];
    const [firm, person] = [await someWallet({ termsId: from.id }), await someWallet({ termsId: from.id })];
    const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id: firm.id } });
    await db().customer.update({ where: { id: customerId ?? '' }, data: { kind: 'business' } });
    const chosen = { fromId: from.id, walletIds: [] };
    expect(await previewAssignment(to.id, chosen)).toMatchObject({
      ...{ wallets: 1, unfit: 1, unfitWallets: [{ id: person.id, why: 'terms_kind' }] },
    });
    await expect(
      assignTerms(admin, { termsId: to.id, fromId: null, walletIds: [person.id] }),
    ).rejects.toMatchObject({ fields: { fromId: 'terms_kind' } });
    await assignTerms(admin, { termsId: to.id, ...chosen });
    await approveWaiting(approver, { action: 'terms.change', subjectId: to.id });
    const under = await Promise.all([firm, person].map(async ({ id }) => (await inPesos(id)).termsId));
    expect(under).toEqual([to.id, from.id]);
  });

  it('is an admin’s to ask for', async () => {
    const terms = await someTerms();
    const wallet = await someWallet();
    await expect(
      assignTerms(approver, { termsId: terms.id, fromId: null, walletIds: [wallet.id] }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
