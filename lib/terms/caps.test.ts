import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { capPortfolio, type NewCap } from '~/lib/terms/cap-portfolio';
import { capStandings } from '~/lib/terms/caps';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type OpenWallet,
  someAccount,
  someCustomer,
  someOperator,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { expectSoundUsage } from '~/lib/testing/usage';
import { changeWallet } from '~/lib/wallets/change';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let admin: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  [operator, admin, approver] = [
    await someOperator('operator'),
    await someOperator('admin'),
    await someOperator('approver'),
  ];
});
afterEach(async () => {
  await expectSoundBooks();
  await expectSoundUsage();
});

type Group = { portfolioId: string; wallets: OpenWallet[] };

/** So many wallets of one customer's portfolio, each with some money. */
async function group(
  count: number,
  each = 100_000n,
  terms: Parameters<typeof someTerms>[0] = {},
): Promise<Group> {
  const { id: customerId } = await someCustomer();
  const { id: portfolioId } = await db().portfolio.create({ data: { customerId, name: 'Nómina' } });
  const { id: termsId } = await someTerms(terms);
  const account = await someAccount();
  const wallets: OpenWallet[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const wallet = await someWallet({ termsId, account });
    await db().wallet.update({ where: { id: wallet.id }, data: { customerId, portfolioId } });
    if (each > 0n) await fundWallet(wallet, each);
    wallets.push({ ...wallet, customerId, portfolioId });
  }
  return { portfolioId, wallets };
}

const cap = (
  portfolioId: string,
  limits: Partial<NewCap>,
  actor: Parameters<typeof capPortfolio>[0] = system('setup'),
) =>
  capPortfolio(actor, {
    ...{ portfolioId, asset: 'MXN', dayAmount: null, balanceAmount: null, reason: 'Contrato', ...limits },
  });
const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const reasonOf = async (id: string) =>
  (await db().transfer.findUniqueOrThrow({ where: { id } })).suspenseReason;
const one = ({ wallets }: Group, nth = 0) => {
  const wallet = wallets[nth];
  if (!wallet) throw new Error('No such wallet.');
  return wallet;
};

describe('what leaves a portfolio that is limited as one', () => {
  it('of ten a day exactly ten of fifty at once from different wallets go through', async () => {
    const many = await group(50);
    await cap(many.portfolioId, { dayAmount: 1_000n });
    const results = await Promise.allSettled(
      many.wallets.map((wallet) => withdraw(operator, wallet, { amount: 100n })),
    );
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toHaveLength(40);
    for (const reason of refused)
      expect(reason).toMatchObject({
        code: 'portfolio_limit_reached',
        details: {
          ...{ direction: 'outbound', which: 'dayAmount', portfolioId: many.portfolioId },
          ...{ limit: '1000', used: '1000', left: '0' },
        },
      });
    expect(await db().withdrawal.count({ where: { wallet: { portfolioId: many.portfolioId } } })).toBe(10);
    expect((await capStandings([many.portfolioId])).get(many.portfolioId)).toMatchObject([
      { name: 'dayAmount', direction: 'outbound', used: 1_000n, ceiling: 1_000n, percent: 100 },
    ]);
  });

  it('what is cancelled is given back, another asset or portfolio counts for itself, and the wallet’s own limits stand', async () => {
    const [pair, other] = [await group(2, 100_000n, { withdrawalDayAmount: 700n }), await group(1)];
    await cap(pair.portfolioId, { dayAmount: 1_000n });
    const first = await withdraw(operator, one(pair), { amount: 600n });
    await expect(withdraw(operator, one(pair), { amount: 101n })).rejects.toMatchObject({
      code: 'limit_reached',
    });
    await expect(withdraw(operator, one(pair, 1), { amount: 401n })).rejects.toMatchObject({
      code: 'portfolio_limit_reached',
      details: { used: '600', left: '400' },
    });
    await withdraw(operator, one(other), { amount: 5_000n });
    await cancelWithdrawal(operator, { withdrawalId: first.id, reason: 'Ya no' });
    await withdraw(operator, one(pair, 1), { amount: 700n });
  });

  it('counts what left before it was set, and what adjustments take where the terms count them', async () => {
    const pair = await group(2, 100_000n, { adjustmentsCount: true });
    await withdraw(operator, one(pair), { amount: 900n });
    await cap(pair.portfolioId, { dayAmount: 1_000n });
    const given = { fromWalletId: one(pair, 1).id, toWalletId: (await someWallet()).id, reason: 'Pago' };
    await expect(
      requestAdjustment(operator, { ...given, amount: 101n, requestId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'portfolio_limit_reached' });
    await requestAdjustment(operator, { ...given, amount: 100n, requestId: randomUUID() });
  });
});

describe('what a portfolio that is limited as one may hold', () => {
  it('a deposit over it waits in suspense, alone and among others of one batch, and one person can’t credit it', async () => {
    const pair = await group(2, 1_000n);
    await cap(pair.portfolioId, { balanceAmount: 2_500n });
    for (const nth of [0, 1, 0, 1])
      await deliver(fintocEvent(fintocTransfer({ ...at(one(pair, nth)), amount: 200 })));
    await drain();
    const held = await Promise.all(pair.wallets.map(async (wallet) => (await moneyOf(wallet)).available));
    expect(held.reduce((sum, each) => sum + each, 0n)).toBe(2_400n);
    const { id } = await told({ ...at(one(pair)), amount: 101 });
    expect(await reasonOf(id)).toBe('outside_portfolio_limits');
    const act = { walletId: one(pair).id, reason: 'Revisión' };
    await freezeWallet(system('setup'), { ...act, deposits: 'suspend' });
    const { id: frozen } = await told({ ...at(one(pair)), amount: 100 });
    await unfreezeWallet(system('setup'), act);
    await told({ ...at(one(pair, 1)), amount: 100 });
    for (const transferId of [id, frozen]) {
      const { request } = await assignDeposit(operator, {
        transferId,
        walletId: act.walletId,
        reason: 'Es suyo',
      });
      expect(request).toMatchObject({ kind: 'assignment', status: 'awaiting_approval' });
    }
  });

  it('of adjustments to different wallets at once no more is let in than there is room for', async () => {
    const many = await group(8, 0n, { adjustmentsCount: true });
    await cap(many.portfolioId, { balanceAmount: 300n });
    const giver = await someWallet();
    await fundWallet(giver, 1_000n);
    const asked = await Promise.all(
      many.wallets.map(({ id }) =>
        requestAdjustment(operator, {
          ...{ fromWalletId: giver.id, toWalletId: id, amount: 100n, reason: 'Abono' },
          requestId: randomUUID(),
        }),
      ),
    );
    const posted = await Promise.allSettled(
      asked.map(({ id: adjustmentId }) => approveAdjustment(approver, { adjustmentId })),
    );
    const refused = posted.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({
      code: 'portfolio_limit_reached',
      details: { which: 'balanceAmount', direction: 'inbound', used: '300', left: '0' },
    });
  });
});

describe('of a portfolio that is limited as one, its customer is told', () => {
  it('at 70, 90 and 100 hundredths of what leaves it, from whichever wallet', async () => {
    const pair = await group(2);
    await cap(pair.portfolioId, { dayAmount: 1_000n });
    await withdraw(operator, one(pair), { amount: 699n });
    expect(await toldOf(pair)).toEqual([]);
    await withdraw(operator, one(pair, 1), { amount: 1n });
    const last = await withdraw(operator, one(pair), { amount: 200n });
    await cancelWithdrawal(operator, { withdrawalId: last.id, reason: 'Ya no' });
    await withdraw(operator, one(pair, 1), { amount: 300n });
    expect(await toldOf(pair)).toEqual([
      ['limit.approached', 'outbound', 'dayAmount', 70],
      ['limit.approached', 'outbound', 'dayAmount', 90],
      ['limit.reached', 'outbound', 'dayAmount', 100],
    ]);
  });

  it('and of what it holds, by deposits of one batch, adjustments and what two people credit', async () => {
    const pair = await group(2, 100n, { adjustmentsCount: true });
    await cap(pair.portfolioId, { balanceAmount: 1_000n });
    for (const nth of [0, 1])
      await deliver(fintocEvent(fintocTransfer({ ...at(one(pair, nth)), amount: 250 })));
    await drain();
    expect(await toldOf(pair)).toEqual([['limit.approached', 'inbound', 'balanceAmount', 70]]);
    const giver = await someWallet();
    await fundWallet(giver, 1_000n);
    const { id: adjustmentId } = await requestAdjustment(operator, {
      ...{ fromWalletId: giver.id, toWalletId: one(pair).id, amount: 200n, reason: 'Abono' },
      requestId: randomUUID(),
    });
    await approveAdjustment(approver, { adjustmentId });
    const { id: transferId } = await told({ ...at(one(pair, 1)), amount: 101 });
    await assignDeposit(operator, { transferId, walletId: one(pair, 1).id, reason: 'Es suyo' });
    await approveWaiting(approver, { action: 'deposit.assign', subjectId: transferId });
    expect((await toldOf(pair)).slice(1)).toEqual([
      ['limit.approached', 'inbound', 'balanceAmount', 90],
      ['limit.reached', 'inbound', 'balanceAmount', 100],
    ]);
  });
});

async function toldOf({ portfolioId, wallets }: Group): Promise<unknown[]> {
  const events = await db().outboxEvent.findMany({
    where: {
      ...{ subjectKind: 'customer', subjectId: wallets[0]?.customerId ?? '' },
      type: { startsWith: 'limit.' },
    },
    orderBy: { id: 'asc' },
  });
  return events.map(({ type, data }) => {
    const { direction, limit, percent, ...rest } = data as Record<string, unknown>;
    expect(rest).toEqual({ portfolioId, asset: 'MXN' });
    return [type, direction, limit, percent];
  });
}

describe('a limit of a portfolio', () => {
  it('is set, changed and lifted by two people, and told with both', async () => {
    const { portfolioId, wallets } = await group(1);
    const subject = { action: 'portfolio.cap', subjectId: portfolioId } as const;
    await expect(cap(portfolioId, { dayAmount: 1n }, operator)).rejects.toMatchObject({ code: 'forbidden' });
    await cap(portfolioId, { dayAmount: 1_000n }, admin);
    expect(await db().portfolioCap.count({ where: { portfolioId } })).toBe(0);
    await expect(approveWaiting(admin, subject)).rejects.toMatchObject({ code: 'own_request' });
    await approveWaiting(approver, subject);
    expect(await db().portfolioCap.findMany({ where: { portfolioId } })).toMatchObject([
      { asset: 'MXN', dayAmount: 1_000n, balanceAmount: null },
    ]);
    expect(
      await db().auditEntry.findMany({
        where: { action: 'portfolio.capped', subjectId: wallets[0]?.customerId ?? '' },
      }),
    ).toMatchObject([{ before: { dayAmount: null }, after: { dayAmount: '1000' } }]);
    await cap(portfolioId, {}, admin);
    await approveWaiting(approver, subject);
    expect(await db().portfolioCap.count({ where: { portfolioId } })).toBe(0);
  });

  it('is refused where it limits nothing sound, and as others changed it meanwhile', async () => {
    const { portfolioId } = await group(1);
    await expect(cap(portfolioId, { dayAmount: 0n, asset: 'XXX' })).rejects.toMatchObject({
      fields: { dayAmount: 'amount_not_positive', asset: 'unknown_asset' },
    });
    await cap(portfolioId, { dayAmount: 5n }, admin);
    await cap(portfolioId, { dayAmount: 7n });
    await expect(
      approveWaiting(approver, { action: 'portfolio.cap', subjectId: portfolioId }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is no wallet’s to leave by one person', async () => {
    const { portfolioId, wallets } = await group(1);
    await cap(portfolioId, { dayAmount: 5n });
    const leave = () => changeWallet(operator, { walletId: wallets[0]?.id ?? '', portfolioId: null });
    await expect(leave()).rejects.toMatchObject({ code: 'portfolio_capped' });
    await cap(portfolioId, {});
    await expect(leave()).resolves.toMatchObject({ portfolioId: null });
  });
});
