import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { createPortfolio } from '~/lib/people/portfolios';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { readyWallet } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { listActs } from '~/lib/wallets/acts';
import { changeWallet } from '~/lib/wallets/change';
import { liftFreezes } from '~/lib/wallets/freeze-endings';
import { enableAsset, openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { standingOf } from '~/lib/wallets/standing';
import { closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { closeTogether, freezeTogether, reopenTogether, unfreezeTogether } from '~/lib/wallets/together';

/** A customer, or a portfolio, stands as one: whatever becomes of single wallets, and of those that come later. */

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let customerId: string;
const reason = 'Lo pidió Cumplimiento';

beforeAll(async () => {
  operator = await someOperator();
});
beforeEach(async () => {
  await fintoc.calm();
  customerId = (await someCustomer()).id;
});

const open = (facts: { portfolioId?: string } = {}) =>
  openWallet(system('setup'), {
    ...{ customerId, pattern: 'A', name: 'Monedero', asset: 'MXN', requestId: randomUUID(), ...facts },
  });
const row = (id: string) => db().wallet.findUniqueOrThrow({ where: { id } });
const customer = () => ({ subject: 'customer', id: customerId }) as const;
const freeze = (facts: Partial<Parameters<typeof freezeTogether>[2]> = {}) =>
  freezeTogether(operator, customer(), { reason, ...facts });
const unfreeze = () => unfreezeTogether(operator, customer(), { reason });
const refused = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

async function opened(facts: { portfolioId?: string } = {}): Promise<string> {
  const { id } = await open(facts);
  await advanceOpenings();
  expect(await row(id)).toMatchObject({ status: 'open' });
  return id;
}

describe('a frozen customer', () => {
  it('has a wallet that was opening frozen when it opens, and open once the whole is', async () => {
    const { id } = await open();
    expect(await freeze({ direction: 'debits' })).toEqual({ id: customerId, walletIds: [] });
    expect(await standingOf(customer())).toMatchObject({
      status: 'frozen',
      freeze: { direction: 'debits', until: null },
    });
    await advanceOpenings();
    expect(await row(id)).toMatchObject({
      ...{ status: 'frozen', frozenDirection: 'debits', statusReason: reason },
    });
    expect(await listActs(ANYBODY, 'wallet', id)).toMatchObject([
      { act: 'frozen', actorKind: 'system', whole: { subjectType: 'customer', subjectId: customerId } },
    ]);
    expect(await unfreeze()).toEqual({ id: customerId, walletIds: [id] });
    expect(await row(id)).toMatchObject({ status: 'open', frozenDirection: null });
  });

  it('gets no other wallet and no other asset, and none of theirs is thawed alone', async () => {
    const [id, closed] = [await opened(), await opened()];
    await closeWallet(operator, { walletId: closed, reason, closedBy: 'customer' });
    const { id: opening } = await open();
    await freeze();
    const no = refused('customer_not_open', { status: 'frozen' });
    await expect(open()).rejects.toEqual(no);
    await expect(
      enableAsset(system('setup'), {
        walletId: opening,
        asset: 'CLP',
        pattern: 'B',
        requestId: randomUUID(),
      }),
    ).rejects.toEqual(no);
    await expect(unfreezeWallet(operator, { walletId: id, reason })).rejects.toEqual(no);
    await expect(reopenWallet(operator, { walletId: closed, reason })).rejects.toEqual(no);
    expect(await row(closed)).toMatchObject({ status: 'closed' });
    await unfreeze();
    await opened();
    await reopenWallet(operator, { walletId: closed, reason });
  });

  it('without a wallet is frozen too, until it is lifted or its time is over', async () => {
    await freeze({ until: new Date(Date.now() + 1_500) });
    await expect(open()).rejects.toEqual(refused('customer_not_open'));
    await expect.poll(() => standingOf(customer())).toEqual({ status: 'open' });
    await opened();
    await freeze();
    await unfreeze();
    expect(await standingOf(customer())).toEqual({ status: 'open' });
  });

  it('of two who freeze and open at once leaves no wallet open', async () => {
    for (let round = 0; round < 5; round += 1) {
      customerId = (await someCustomer()).id;
      const { id } = await open();
      await Promise.all([freeze(), advanceOpenings(), open().catch(() => null)]);
      await advanceOpenings();
      const wallets = await db().wallet.findMany({ where: { customerId } });
      expect(wallets.map(({ status }) => status)).toEqual(wallets.map(() => 'frozen'));
      expect(wallets.map((wallet) => wallet.id)).toContain(id);
    }
  });
});

describe('lifting a freeze of the whole', () => {
  it('leaves what the wallet was frozen for alone, and no more of it', async () => {
    const id = await opened();
    await freezeWallet(operator, { walletId: id, reason: 'Por sí solo', direction: 'debits' });
    await freeze({ direction: 'both' });
    expect(await row(id)).toMatchObject({ frozenDirection: 'both' });
    await unfreeze();
    expect(await row(id)).toMatchObject({
      ...{ status: 'frozen', frozenDirection: 'debits', statusReason: 'Por sí solo' },
    });
    await unfreezeWallet(operator, { walletId: id, reason });
    await freeze();
    await unfreeze();
    expect(await row(id), 'what was lifted is over').toMatchObject({ status: 'open' });
  });

  it('of the portfolio leaves the customer’s, and the other way round', async () => {
    const { id: portfolioId } = await createPortfolio(operator, { customerId, name: 'Ahorro' });
    const id = await opened({ portfolioId });
    const portfolio = { subject: 'portfolio', id: portfolioId } as const;
    await freezeTogether(operator, portfolio, { reason, direction: 'credits' });
    await freeze({ direction: 'credits' });
    await unfreezeTogether(operator, portfolio, { reason });
    expect(await row(id)).toMatchObject({ status: 'frozen', frozenDirection: 'credits' });
    await freezeTogether(operator, portfolio, { reason, direction: 'debits' });
    expect(await row(id)).toMatchObject({ frozenDirection: 'both' });
    await unfreeze();
    expect(await row(id)).toMatchObject({ status: 'frozen', frozenDirection: 'debits' });
    await unfreezeTogether(operator, portfolio, { reason });
    expect(await row(id)).toMatchObject({ status: 'open' });
    expect(await liftFreezes()).toBe(0);
  });
});

it('a frozen portfolio takes no wallet that is open, neither moved into it nor opened in it', async () => {
  const { id: portfolioId } = await createPortfolio(operator, { customerId, name: 'Ahorro' });
  const id = await opened();
  const { id: opening } = await open({ portfolioId });
  await freezeTogether(operator, { subject: 'portfolio', id: portfolioId }, { reason });
  await expect(changeWallet(operator, { walletId: id, portfolioId })).rejects.toEqual(
    refused('portfolio_frozen'),
  );
  await expect(open({ portfolioId })).rejects.toEqual(refused('portfolio_frozen'));
  await advanceOpenings();
  expect(await row(opening)).toMatchObject({ status: 'frozen' });
  expect(await row(id)).toMatchObject({ status: 'open', portfolioId: null });
});

describe('a closed customer', () => {
  const close = (closedBy: 'customer' | 'platform') =>
    closeTogether(operator, customerId, { reason, closedBy });
  const reopen = (by = operator) => reopenTogether(by, customerId, { reason });

  it('that closed themselves is reopened as one, with what was closed with them', async () => {
    const [before, one, two] = [await opened(), await opened(), await opened()];
    await closeWallet(operator, { walletId: before, reason, closedBy: 'customer' });
    await close('customer');
    await expect(open()).rejects.toEqual(refused('customer_not_open', { status: 'closed' }));
    await expect(reopenWallet(operator, { walletId: one, reason })).rejects.toEqual(
      refused('customer_not_open', { status: 'closed' }),
    );
    expect((await reopen()).walletIds.sort()).toEqual([one, two].sort());
    expect(await reopen(), 'sent again').toEqual({ id: customerId, walletIds: [] });
    await expect(reopen(await someOperator())).rejects.toEqual(refused('already_decided'));
    expect(await listActs(ANYBODY, 'customer', customerId)).toMatchObject([
      { act: 'reopened', actorName: operator.name, reason },
      { act: 'closed', closedBy: 'customer' },
    ]);
    expect((await row(before)).status).toBe('closed');
    expect([(await row(one)).status, (await row(two)).status]).toEqual(['open', 'open']);
    expect(
      await db().outboxEvent.count({ where: { subjectId: customerId, type: 'customer.reopened' } }),
    ).toBe(1);
    await opened();
    // What was done to a wallet alone counts anew from there.
    await freezeWallet(operator, { walletId: one, reason: 'Por sí solo', direction: 'debits' });
    await freeze();
    await unfreeze();
    expect(await row(one)).toMatchObject({ status: 'frozen', frozenDirection: 'debits' });
  });

  it('that the platform closed stays closed', async () => {
    const id = await opened();
    await close('platform');
    await expect(reopen()).rejects.toEqual(refused('conflict', { status: 'closed' }));
    await freeze();
    await unfreeze();
    expect(await standingOf(customer())).toMatchObject({ status: 'closed', closedBy: 'platform' });
    await expect(open()).rejects.toEqual(refused('customer_not_open'));
    expect((await row(id)).status).toBe('closed');
  });
});

it('a wallet of another customer is not looked at', async () => {
  await freeze();
  const other = await readyWallet();
  expect(other.status).toBe('open');
});
