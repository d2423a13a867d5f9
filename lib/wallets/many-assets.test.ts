import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { explainWalletBalance } from '~/lib/books/explain';
import { db } from '~/lib/db';
import { walletBalancesAt } from '~/lib/ledger/history';
import { listMovements } from '~/lib/movements/movements';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { depositInto, proveAll, type ReadyWallet, readyWallet, withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { houseWallets } from '~/lib/wallets/house';
import { enableAsset, openOwnWallet, openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { getWallet, listWallets, viewOf } from '~/lib/wallets/wallets';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

withTestDatabase();
const fintoc = withLocalFintoc();
let operator: OperatorActor;
let approver: OperatorActor;
let house: { id: string };

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
  house = (await houseWallets(db(), 'USD')).operating;
});
beforeEach(() => fintoc.calm());
afterEach(expectSoundBooks);

const enable = (walletId: string, asset = 'USD') =>
  enableAsset(operator, { walletId, asset, requestId: randomUUID() });
const balancesOf = async (id: string, asset: string) => viewOf(await getWallet(ANYBODY, id), asset)?.balances;

/** Dollars by adjustment, from the platform's own. */
async function give(toWalletId: string, amount: bigint, fromWalletId = house.id) {
  const { id: adjustmentId } = await requestAdjustment(operator, {
    ...{ fromWalletId, toWalletId, asset: 'USD', amount, reason: 'Dollars', requestId: randomUUID() },
  });
  await approveAdjustment(approver, { adjustmentId });
}

/** Pesos by Fintoc, dollars by adjustment. */
async function both(pesos: number, dollars: bigint): Promise<ReadyWallet> {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, pesos);
  await enable(wallet.id);
  await give(wallet.id, dollars);
  return wallet;
}

describe('a wallet with pesos and dollars', () => {
  it('has each by itself: balances, movements, what makes them, and what they were', async () => {
    const before = new Date();
    const wallet = await both(30_000, 700n);
    await give(wallet.id, 50n);
    expect(await balancesOf(wallet.id, 'MXN')).toEqual({ available: 30_000n, pending: 0n, reserved: 0n });
    expect(await balancesOf(wallet.id, 'USD')).toEqual({ available: 750n, pending: 0n, reserved: 0n });
    const { items: dollars } = await listMovements(ANYBODY, { walletId: wallet.id, asset: ['USD'] });
    expect(dollars.map(({ amount, balanceAfter, asset }) => [asset, amount, balanceAfter])).toEqual([
      ['USD', 50n, 750n],
      ['USD', 700n, 700n],
    ]);
    const { items: pesos } = await listMovements(ANYBODY, { walletId: wallet.id, asset: ['MXN'] });
    expect(pesos).toMatchObject([{ asset: 'MXN', amount: 30_000n, balanceAfter: 30_000n }]);
    const explained = await explainWalletBalance(ANYBODY, {
      walletId: wallet.id,
      asset: 'USD',
      bucket: 'available',
    });
    expect(explained).toMatchObject({ balance: 750n, count: 2n });
    const moment = { before: new Date(Date.now() + 60_000), clock: 'posted' } as const;
    expect(await walletBalancesAt(wallet.id, 'USD', moment)).toMatchObject({ available: 750n });
    expect(await walletBalancesAt(wallet.id, 'USD', { before, clock: 'posted' })).toMatchObject({
      available: 0n,
    });
  });

  it('is listed over both assets page by page, each movement once', async () => {
    const wallet = await both(1_000, 10n);
    await give(wallet.id, 20n);
    await depositInto(fintoc, wallet, 2_000);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await listMovements(ANYBODY, { walletId: wallet.id, cursor }, 1);
      seen.push(...items.map(({ asset, amount }) => `${asset} ${amount}`));
      cursor = nextCursor ?? undefined;
    } while (cursor);
    expect(seen.sort()).toEqual(['MXN 1000', 'MXN 2000', 'USD 10', 'USD 20']);
  });

  it('is found by either asset, and is one wallet in the list', async () => {
    const wallet = await both(500, 5n);
    for (const asset of ['MXN', 'USD']) {
      const { items } = await listWallets(ANYBODY, { asset: [asset] });
      const found = items.filter(({ id }) => id === wallet.id);
      expect(
        found.flatMap(({ assets }) => assets.map((held) => [held.asset, held.balances.available])),
      ).toEqual([
        ['MXN', 500n],
        ['USD', 5n],
      ]);
    }
    const pesos = await someWallet();
    const either = (await listWallets(ANYBODY, { asset: ['MXN', 'USD'] })).items.map(({ id }) => id);
    expect(either).toEqual(expect.arrayContaining([wallet.id, pesos.id]));
    // Both of one asset: pesos are pattern A, dollars have none.
    const { items } = await listWallets(ANYBODY, { asset: ['USD'], pattern: ['A'] });
    expect(items.some(({ id }) => id === wallet.id)).toBe(false);
  });

  it('pays pesos out of pesos: dollars are no cover, no fee and no hold of theirs', async () => {
    const wallet = await both(20_000, 9_000_000n);
    await expect(withdraw(operator, wallet, { amount: 30_000n })).rejects.toMatchObject({
      code: 'insufficient_funds',
    });
    const { id } = await withdraw(operator, wallet, { amount: 20_000n });
    expect(await balancesOf(wallet.id, 'MXN')).toMatchObject({ available: 0n, reserved: 20_000n });
    expect(await balancesOf(wallet.id, 'USD')).toMatchObject({ available: 9_000_000n, reserved: 0n });
    await proveAll();
    await submitWithdrawals();
    expect(await db().withdrawal.findUnique({ where: { id } })).toMatchObject({
      status: 'pending',
      heldReason: null,
    });
    await expect(withdraw(operator, wallet, { asset: 'USD', amount: 100n })).rejects.toMatchObject({
      code: 'asset_not_paid_out',
    });
  });

  it('closes only when it is empty in each, and freezes whole', async () => {
    const wallet = await readyWallet();
    await enable(wallet.id);
    await give(wallet.id, 5n);
    const close = () => closeWallet(operator, { walletId: wallet.id, reason: 'Done', closedBy: 'customer' });
    await expect(close()).rejects.toMatchObject({ code: 'wallet_not_empty' });
    await freezeWallet(operator, { walletId: wallet.id, reason: 'Looked at' });
    await expect(give(wallet.id, 1n)).rejects.toMatchObject({ code: 'wallet_not_open' });
    await unfreezeWallet(operator, { walletId: wallet.id, reason: 'Looked at' });
    await give(house.id, 5n, wallet.id);
    await close();
    await expect(enable(wallet.id, 'BTC')).rejects.toMatchObject({ code: 'wallet_not_open' });
  });
});

describe('an asset that stands in these books alone', () => {
  it('is owed by our word and covered by nothing, and neither reddens the ledger nor stops a payout', async () => {
    const wallet = await both(10_000, 123_456_789n);
    await checkLedger();
    expect(await lastLedgerCheck()).toMatchObject({ faults: [], warnings: [] });
    const { id } = await withdraw(operator, wallet, { amount: 10_000n });
    await proveAll();
    await submitWithdrawals();
    expect(await db().withdrawal.findUnique({ where: { id } })).toMatchObject({ status: 'pending' });
  });

  it('of any other the house gives only what it has', async () => {
    const wallet = await readyWallet();
    await enable(wallet.id, 'BTC');
    const { operating } = await houseWallets(db(), 'BTC');
    const asked = { fromWalletId: operating.id, toWalletId: wallet.id, asset: 'BTC', amount: 1n };
    await expect(
      requestAdjustment(operator, { ...asked, reason: 'Nothing stands for it', requestId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'house_not_covered' });
  });
});

describe('enabling an asset', () => {
  it('asked for twice at once is one, and another’s request of it is refused', async () => {
    const wallet = await readyWallet();
    const asked = { walletId: wallet.id, asset: 'USD', requestId: randomUUID() };
    const made = await Promise.all([enableAsset(operator, asked), enableAsset(operator, asked)]);
    expect(made.map(({ asset, state }) => [asset, state])).toEqual([
      ['USD', 'open'],
      ['USD', 'open'],
    ]);
    await expect(enable(wallet.id)).rejects.toMatchObject({ fields: { asset: 'already_held' } });
    expect(
      await db().auditEntry.count({ where: { subjectId: wallet.id, action: 'wallet.asset_opened' } }),
    ).toBe(1);
  });

  it.each([
    [
      'a pattern where no rail has it',
      { asset: 'USD', pattern: 'A' as const },
      { asset: 'asset_not_on_rails' },
    ],
    ['none where one has', { asset: 'CLP' }, { pattern: 'required' }],
    ['one that nobody knows', { asset: 'EUR' }, { asset: 'unknown_asset' }],
  ])('is refused with %s', async (_what, facts, fields) => {
    const wallet = await readyWallet();
    await expect(
      enableAsset(operator, { walletId: wallet.id, requestId: randomUUID(), ...facts }),
    ).rejects.toMatchObject({ fields });
  });

  it('is for who may open wallets', async () => {
    const wallet = await readyWallet();
    for (const actor of [await someOperator('viewer'), system('transfers')])
      await expect(
        enableAsset(actor, { walletId: wallet.id, asset: 'USD', requestId: randomUUID() }),
      ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('opens at the rail beside what is open already, which goes on as it was', async () => {
    const { id: customerId } = await someCustomer();
    const wallet = await openWallet(operator, {
      ...{ customerId, name: 'Dollars first', asset: 'USD', requestId: randomUUID() },
    });
    expect(wallet).toMatchObject({ status: 'open', state: 'open', rail: null, pattern: null });
    await give(wallet.id, 7n);
    const pesos = { walletId: wallet.id, asset: 'MXN', pattern: 'A' as const, requestId: randomUUID() };
    expect(await enableAsset(operator, pesos)).toMatchObject({ status: 'opening', openingStep: 'account' });
    expect(await getInAsset(db(), wallet.id, 'USD')).toMatchObject({ status: 'open' });
    await advanceOpenings();
    const opened = await getInAsset(db(), wallet.id, 'MXN');
    expect(opened).toMatchObject({ status: 'open', state: 'open', rail: 'fintoc' });
    await depositInto(fintoc, opened as ReadyWallet, 4_000);
    expect(await balancesOf(wallet.id, 'MXN')).toMatchObject({ available: 4_000n });
    expect(await balancesOf(wallet.id, 'USD')).toMatchObject({ available: 7n });
  });
});

describe('a wallet that is no customer’s', () => {
  it('of the kind general keeps balances, takes no deposits, and gives only what it has', async () => {
    const general = await openOwnWallet(operator, {
      ...{ kind: 'general', name: 'Campaign', asset: 'USD', requestId: randomUUID() },
    });
    expect(general).toMatchObject({ kind: 'general', status: 'open', accountNumberId: null, pattern: null });
    const wallet = await readyWallet();
    await enable(wallet.id);
    await expect(give(wallet.id, 1n, general.id)).rejects.toMatchObject({ code: 'insufficient_funds' });
    await give(general.id, 100n);
    await give(wallet.id, 60n, general.id);
    expect(await balancesOf(general.id, 'USD')).toMatchObject({ available: 40n, reserved: 0n });
    await expect(withdraw(operator, general, { amount: 1n })).rejects.toMatchObject({
      code: 'wallet_not_open',
    });
  });

  it('of the house has a role once, or a name of its own with books of its own', async () => {
    await houseWallets(db(), 'MXN');
    const asked = { kind: 'house', name: 'Custody', asset: 'USD' } as const;
    await expect(
      openOwnWallet(operator, { ...asked, houseRole: 'fees', requestId: randomUUID() }),
    ).rejects.toMatchObject({ fields: { houseRole: 'role_taken' } });
    const custody = await openOwnWallet(operator, { ...asked, requestId: randomUUID() });
    await give(house.id, 500n, custody.id);
    expect(await balancesOf(custody.id, 'USD')).toMatchObject({ available: -500n });
    expect(await db().ledgerAccount.count({ where: { code: `wallet/${custody.id}/available` } })).toBe(1);
  });

  it('of a role is one wallet, whatever it holds', async () => {
    const roles = ['MXN', 'USD', 'BTC'] as const;
    const ids = await Promise.all(roles.map(async (asset) => (await houseWallets(db(), asset)).fees.id));
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a wallet’s row', () => {
  it('is another once one of its assets is, and only then; of a crowd all are, by one statement', async () => {
    const wallets = [await someWallet(), await someWallet(), await someWallet()];
    const ids = wallets.map(({ id }) => id);
    const versions = async () => {
      const rows = await db().wallet.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
      return rows.map(({ updatedAt }) => updatedAt.getTime());
    };
    const before = await versions();
    await db().walletAsset.updateMany({
      where: { walletId: { in: ids } },
      data: { nextAttemptAt: new Date() },
    });
    expect(await versions()).toEqual(before);
    const { id: termsId } = await someTerms();
    await db().walletAsset.updateMany({ where: { walletId: { in: ids } }, data: { termsId } });
    expect((await versions()).every((at, nth) => at > (before[nth] ?? at))).toBe(true);
    const perRow = await db().$queryRaw<unknown[]>`
      SELECT tgname FROM pg_trigger WHERE tgrelid = 'wallet_assets'::regclass AND tgfoid = 'touch_wallets'::regproc AND tgtype & 1 = 1`;
    expect(perRow).toEqual([]);
  });
});
