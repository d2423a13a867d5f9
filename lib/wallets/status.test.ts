import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { db, transaction } from '~/lib/db';
import { heldBack } from '~/lib/gate/gate';
import { createPortfolio } from '~/lib/people/portfolios';
import { toAccount } from '~/lib/rails/fintoc/translate';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  type OpenWallet,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';
import { saveAccount } from '~/lib/wallets/account-numbers';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { listActs } from '~/lib/wallets/acts';
import { changeWallet } from '~/lib/wallets/change';
import { liftFreezes } from '~/lib/wallets/freeze-endings';
import { countLiveNumbers } from '~/lib/wallets/number-quota';
import { portfolioTotals, renamePortfolio } from '~/lib/wallets/portfolios';
import { closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { closeTogether, freezeTogether, unfreezeTogether } from '~/lib/wallets/together';

withTestDatabase();

let operator: OperatorActor;
beforeAll(async () => {
  operator = await someOperator();
});
afterEach(expectSoundBooks);

const HOUR = 3_600_000;
const inAnHour = () => new Date(Date.now() + HOUR);
const row = ({ id }: { id: string }) => db().wallet.findUniqueOrThrow({ where: { id } });
const reason = 'Revisión';

async function pair(): Promise<[OpenWallet, OpenWallet]> {
  const wallets: [OpenWallet, OpenWallet] = [await someWallet(), await someWallet()];
  for (const wallet of wallets) await fundWallet(wallet, 1_000n);
  return wallets;
}

/** Two wallets of one customer. */
async function ofOne(): Promise<{ customerId: string; wallets: [OpenWallet, OpenWallet] }> {
  const wallets = await pair();
  const customerId = wallets[0].customerId ?? '';
  await db().wallet.update({ where: { id: wallets[1].id }, data: { customerId } });
  return { customerId, wallets };
}

const give = (from: OpenWallet, to: OpenWallet) =>
  requestAdjustment(operator, {
    ...{ fromWalletId: from.id, toWalletId: to.id, amount: 1n, reason },
    requestId: crypto.randomUUID(),
  });

describe('a freeze', () => {
  it.each([
    ['debits', 'wallet_not_open', null],
    ['credits', null, 'wallet_not_open'],
    ['both', 'wallet_not_open', 'wallet_not_open'],
  ] as const)('of %s stops that and no more', async (direction, giving, getting) => {
    const [wallet, other] = await pair();
    await freezeWallet(operator, { walletId: wallet.id, reason, direction });
    const codeOf = (asked: Promise<unknown>) => asked.then(() => null).catch(({ code }) => code);
    expect(await codeOf(give(wallet, other))).toBe(giving);
    expect(await codeOf(give(other, wallet))).toBe(getting);
  });

  it('ends when its time is over, with an event, and not before', async () => {
    const [wallet, other] = await pair();
    for (const { id } of [wallet, other])
      await freezeWallet(operator, { walletId: id, reason, until: inAnHour() });
    await tamper(`UPDATE wallets SET frozen_until = now() - interval '1 second' WHERE id = $1`, [wallet.id]);
    await Promise.all([liftFreezes(), liftFreezes()]);
    expect(await row(wallet)).toMatchObject({ status: 'open', frozenUntil: null, frozenDirection: null });
    expect(await row(other)).toMatchObject({ status: 'frozen' });
    const told = { subjectKind: 'wallet', subjectId: wallet.id, type: 'wallet.unfrozen' };
    expect(await db().outboxEvent.findMany({ where: told })).toMatchObject([{ actorId: 'expiry' }]);
  });

  it('is made more or longer by another one, and never less', async () => {
    const [wallet] = await pair();
    const freeze = (freeze: Partial<Parameters<typeof freezeWallet>[1]>) =>
      freezeWallet(operator, { walletId: wallet.id, reason, ...freeze });
    await freeze({ direction: 'debits', until: inAnHour() });
    await freeze({ direction: 'credits' });
    expect(await row(wallet)).toMatchObject({ frozenDirection: 'both', frozenUntil: null });
    const another = await someOperator();
    await expect(
      freezeWallet(another, { walletId: wallet.id, reason, direction: 'debits', until: inAnHour() }),
    ).rejects.toMatchObject({ code: 'already_decided' });
    expect(await row(wallet)).toMatchObject({ frozenDirection: 'both', frozenUntil: null });
    await expect(freeze({ until: new Date(0) })).rejects.toMatchObject({ fields: { until: 'in_the_past' } });
  });

  it('for some days, sent again because its answer was lost, is one', async () => {
    const [wallet] = await pair();
    const asked = { walletId: wallet.id, reason, until: { days: 3 }, requestId: crypto.randomUUID() };
    const first = await freezeWallet(operator, asked);
    expect(await freezeWallet(operator, asked)).toEqual(first);
    expect(await listActs(ANYBODY, 'wallet', wallet.id)).toHaveLength(1);
    await expect(freezeWallet(operator, { ...asked, until: { days: 7 } })).rejects.toMatchObject({
      code: 'request_reused',
    });
  });
});

describe('every act', () => {
  it('is a row with author, time and reason, which nobody changes', async () => {
    const wallet = await someWallet();
    const change = { walletId: wallet.id, reason };
    await freezeWallet(operator, { ...change, direction: 'debits', until: inAnHour() });
    await unfreezeWallet(system('setup'), change);
    await closeWallet(operator, { ...change, closedBy: 'customer' });
    await reopenWallet(operator, change);
    expect(await listActs(ANYBODY, 'wallet', wallet.id)).toMatchObject([
      { act: 'reopened', actorName: operator.name, reason },
      { act: 'closed', closedBy: 'customer', actorName: operator.name },
      { act: 'unfrozen', actorKind: 'system' },
      { act: 'frozen', direction: 'debits', untilAt: expect.any(Date), actorName: operator.name },
    ]);
    await expect(db().lifecycleAct.updateMany({ data: { reason: 'x' } })).rejects.toThrow();
    await expect(db().lifecycleAct.deleteMany()).rejects.toThrow();
  });
});

describe('closing', () => {
  it('says what stands in the way, and reopens only what its customer closed', async () => {
    const [wallet] = await pair();
    const close = (walletId: string, closedBy: 'customer' | 'platform') =>
      closeWallet(operator, { walletId, reason, closedBy });
    await expect(close(wallet.id, 'customer')).rejects.toMatchObject({
      code: 'wallet_not_empty',
      details: { limit: '1000', asset: 'MXN', part: 'available' },
    });
    const empty = await someWallet();
    await close(empty.id, 'platform');
    await expect(reopenWallet(operator, { walletId: empty.id, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a customer as a whole', () => {
  it('is frozen for some days once, however often that is sent', async () => {
    const { customerId } = await ofOne();
    const whole = { subject: 'customer', id: customerId } as const;
    const asked = { reason, until: { days: 3 }, requestId: crypto.randomUUID() };
    await freezeTogether(operator, whole, asked);
    expect(await freezeTogether(operator, whole, asked)).toEqual({ id: customerId, walletIds: [] });
    expect(await listActs(ANYBODY, 'customer', customerId)).toHaveLength(1);
  });

  it('is frozen and unfrozen as one; what was frozen by itself stays frozen', async () => {
    const { customerId, wallets } = await ofOne();
    const [one, two] = wallets;
    const whole = { subject: 'customer', id: customerId } as const;
    await freezeWallet(operator, { walletId: two.id, reason: 'Por sí solo' });
    expect(await freezeTogether(operator, whole, { reason })).toMatchObject({ walletIds: [one.id] });
    expect(await row(one)).toMatchObject({ status: 'frozen', frozenDirection: 'both' });
    expect(await listActs(ANYBODY, 'customer', customerId)).toMatchObject([{ act: 'frozen', reason }]);
    expect(await unfreezeTogether(operator, whole, { reason })).toMatchObject({ walletIds: [one.id] });
    expect(await row(two)).toMatchObject({ status: 'frozen' });
    const events = await db().outboxEvent.findMany({
      where: { subjectKind: 'customer', subjectId: customerId },
    });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['customer.frozen', 'customer.unfrozen']),
    );
  });

  it('is closed whole or not at all, and told which wallet stands in the way', async () => {
    const empty = await someWallet();
    const full = await someWallet();
    await fundWallet(full, 5n);
    const customerId = empty.customerId ?? '';
    await db().wallet.update({ where: { id: full.id }, data: { customerId } });
    const close = () => closeTogether(operator, customerId, { reason, closedBy: 'customer' });
    await expect(close()).rejects.toMatchObject({ code: 'wallet_not_empty', details: { name: full.name } });
    expect(await row(empty)).toMatchObject({ status: 'open' });
  });
});

describe('a portfolio', () => {
  it('is renamed, takes its customer’s wallets and lets them go, and sums them up', async () => {
    const { customerId, wallets } = await ofOne();
    const [one, two] = wallets;
    const { id } = await createPortfolio(operator, { customerId, name: 'Ahorro' });
    await createPortfolio(operator, { customerId, name: 'Gastos' });
    await expect(renamePortfolio(operator, { portfolioId: id, name: 'Gastos' })).rejects.toMatchObject({
      fields: { name: 'taken' },
    });
    expect(await renamePortfolio(operator, { portfolioId: id, name: ' Viajes ' })).toMatchObject({
      name: 'Viajes',
    });
    for (const wallet of wallets) await changeWallet(operator, { walletId: wallet.id, portfolioId: id });
    expect((await portfolioTotals([id])).get(id)).toEqual([
      { asset: 'MXN', available: 2_000n, pending: 0n, reserved: 0n },
    ]);
    const whole = { subject: 'portfolio', id } as const;
    await changeWallet(operator, { walletId: two.id, portfolioId: null });
    expect(await freezeTogether(operator, whole, { reason, direction: 'debits' })).toMatchObject({
      walletIds: [one.id],
    });
    expect(await row(two)).toMatchObject({ status: 'open', portfolioId: null });
    const stranger = await someWallet();
    await expect(changeWallet(operator, { walletId: stranger.id, portfolioId: id })).rejects.toMatchObject({
      fields: { portfolioId: 'of_another_customer' },
    });
  });
});

describe('what Fintoc says', () => {
  it('of an account or its holder is told once, and stops what would leave', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 1_000n);
    const account = await db().account.findUniqueOrThrow({ where: { id: wallet.accountId } });
    const { id: withdrawalId } = await someSentWithdrawal(wallet, operator, { amount: 100n });
    await db().withdrawal.update({ where: { id: withdrawalId }, data: { status: 'queued' } });
    const held = () => transaction((tx) => heldBack(tx, withdrawalId));
    const said = (status: string) =>
      transaction((tx) => saveAccount(tx, toAccount({ ...(account.raw as object), status } as never)));
    await said('blocked');
    await said('blocked');
    expect(await held()).toBe('account_blocked');
    await said('active');
    expect(await held()).not.toBe('account_blocked');
    const told = { subjectKind: 'account', subjectId: wallet.accountId };
    expect(
      (await db().outboxEvent.findMany({ where: told, orderBy: { id: 'asc' } })).map(({ type }) => type),
    ).toEqual(['account.blocked', 'account.activated']);
    await db().entity.update({ where: { id: account.entityId }, data: { status: 'paused' } });
    expect(await held()).toBe('entity_paused');
    await db().entity.update({ where: { id: account.entityId }, data: { status: null } });
  });

  it('of a CLABE that nobody pays to any more is found by how long', async () => {
    const wallet = await someWallet();
    const ids = async (dormantDays: number) =>
      (await listAccountNumbers(ANYBODY, { dormantDays }, 100)).items.map(({ id }) => id);
    await db().accountNumber.update({
      where: { id: wallet.numberId },
      data: { lastTransferAt: new Date(Date.now() - 200 * 24 * HOUR) },
    });
    expect(await ids(180)).toContain(wallet.numberId);
    expect(await ids(365)).not.toContain(wallet.numberId);
    expect(await countLiveNumbers()).toBeGreaterThan(0);
  });
});
