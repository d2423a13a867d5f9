import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownersOf } from '~/lib/books/books';
import { cashBoard } from '~/lib/cash/board';
import { db } from '~/lib/db';
import { listBreaks } from '~/lib/proof/breaks-read';
import { getNamedProof, listNamedProofs } from '~/lib/proof/named';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { aMove } from '~/lib/testing/planted-move';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { namedAccounts } from '~/lib/wallets/account-holders';

withTestDatabase();

const DESCRIPTION = 'Ventas · a6b9c25823b';
let own: OpenWallet;
let shared: OpenWallet;
let customer: { id: string; name: string };

beforeAll(async () => {
  own = await someWallet({ pattern: 'B' });
  shared = await someWallet();
  await db().account.update({ where: { id: own.accountId }, data: { description: DESCRIPTION } });
  await db().account.update({ where: { id: shared.accountId }, data: { isRoot: true } });
  await db().wallet.update({ where: { id: own.id }, data: { name: 'Ventas' } });
  customer = await db().customer.update({
    where: { id: own.customerId ?? '' },
    data: { name: 'Zoé Ibarra' },
    select: { id: true, name: true },
  });
});

const wallet = () => ({ id: own.id, name: 'Ventas', houseRole: null, customer });

describe('an account', () => {
  it('of one wallet alone is known by that wallet and whose it is', async () => {
    const named = await namedAccounts(ANYBODY, [own.accountId]);
    expect(named(own.accountId)).toMatchObject({
      ...{ id: own.accountId, description: DESCRIPTION, isShared: false },
      wallet: wallet(),
    });
  });

  it('that wallets share is nobody’s alone', async () => {
    const named = await namedAccounts(ANYBODY, [shared.accountId]);
    expect(named(shared.accountId)).toMatchObject({ isShared: true, wallet: null });
  });

  it('is not of a wallet whose opening was cancelled', async () => {
    const cancelled = await someWallet({ pattern: 'B' });
    await db().walletAsset.updateMany({ where: { walletId: cancelled.id }, data: { state: 'cancelled' } });
    const named = await namedAccounts(ANYBODY, [cancelled.accountId]);
    expect(named(cancelled.accountId)).toMatchObject({ isShared: false, wallet: null });
  });

  it('that a wallet moves away from is called by it as long as the move goes on', async () => {
    const [before, after] = [await someWallet({ pattern: 'B' }), await someWallet({ pattern: 'B' })];
    await aMove(before, await someOperator(), 'Pide su propia cuenta');
    const data = { accountId: after.accountId, accountNumberId: null };
    await db().walletAsset.updateMany({ where: { walletId: after.id }, data: { pattern: 'A' } });
    await db().walletAsset.updateMany({ where: { walletId: before.id }, data });
    const holder = async () => (await namedAccounts(ANYBODY, [before.accountId]))(before.accountId).wallet;
    expect(await holder()).toBeNull();
    await db().patternMove.updateMany({ where: { walletId: before.id }, data: { state: 'opening' } });
    expect((await holder())?.id).toBe(before.id);
  });

  it('has its description masked for who may not see people’s data, and goes by its id where it isn’t there', async () => {
    const other = await someWallet({ pattern: 'B' });
    const data = { description: 'De zoe@correo.test' };
    await db().account.update({ where: { id: other.accountId }, data });
    const named = await namedAccounts(OUTSIDER, [other.accountId]);
    expect(named(other.accountId).description).not.toContain('zoe@');
    expect(named('acc_nowhere')).toMatchObject({ description: 'acc_nowhere', wallet: null });
  });

  it('is named so by the cash board, the proof, its breaks and the ledger', async () => {
    await fundWallet(own, 100_000n);
    await db().proofBreak.create({
      data: {
        ...{ accountId: own.accountId, asset: 'MXN', kind: 'order', state: 'open', cure: 'wait' },
        ...{ subject: `entry:${randomUUID()}`, at: new Date(), expected: 1n, actual: 0n, difference: 1n },
      },
    });
    const mine = <Row extends { id: string }>(rows: readonly Row[]) =>
      rows.find(({ id }) => id === own.accountId);
    expect(mine((await cashBoard(ANYBODY)).accounts)).toMatchObject({ wallet: wallet(), cash: 100_000n });
    expect(mine((await listNamedProofs(ANYBODY, {})).items)).toMatchObject({ wallet: wallet() });
    expect(await getNamedProof(ANYBODY, own.accountId)).toMatchObject({ wallet: wallet(), cash: 100_000n });
    const { items } = await listBreaks(ANYBODY, { accountId: own.accountId });
    expect(items.map(({ account }) => account.wallet)).toEqual([wallet()]);
    const owners = await ownersOf([{ ownerId: own.accountId }]);
    expect(owners.get(own.accountId)).toMatchObject({ kind: 'account', name: 'Ventas · Zoé Ibarra' });
  });
});
