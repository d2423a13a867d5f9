import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { changeAsset, enabledAssets, listAssets } from '~/lib/assets';
import { db } from '~/lib/db';
import { ASSETS, isBooksOnly, MAX_AMOUNT } from '~/lib/money';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someCustomer, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { enableAsset, openOwnWallet, openWallet } from '~/lib/wallets/opening';

withTestDatabase();

describe('the assets', () => {
  it('are the same in the table as where an amount is only written down', async () => {
    const rows = await listAssets();
    const written = rows.map(({ code, kind, exponent, network }) => [code, { kind, exponent, network }]);
    expect(Object.fromEntries(written)).toEqual(ASSETS);
    expect(rows.every(({ maxAmount }) => maxAmount <= MAX_AMOUNT)).toBe(true);
  });

  it('stand in these books alone where no network has them, as the cover reads it', async () => {
    const rows = await listAssets();
    for (const { code, network } of rows) expect(isBooksOnly(code)).toBe(network === 'none');
  });
});

describe('an asset that is not enabled', () => {
  it('is refused by whatever would use it, and what wallets hold of it stays', async () => {
    const admin = await someOperator('admin');
    const operator = await someOperator();
    const { id: customerId } = await someCustomer();
    const [wallet, other] = [await someWallet(), await someWallet()];
    await fundWallet(wallet, 10_000n);
    const asked = () => ({ requestId: randomUUID(), asset: 'MXN' });
    await changeAsset(admin, { code: 'MXN', enabled: false, maxAmount: MAX_AMOUNT });
    expect(await enabledAssets()).not.toContain('MXN');
    const refused = expect.objectContaining({ code: 'asset_not_enabled', details: { asset: 'MXN' } });
    await expect(openWallet(operator, { ...asked(), customerId, pattern: 'A', name: 'No' })).rejects.toEqual(
      refused,
    );
    await expect(openOwnWallet(operator, { ...asked(), kind: 'general', name: 'No' })).rejects.toEqual(
      refused,
    );
    const dollars = await openOwnWallet(operator, { ...asked(), asset: 'USD', kind: 'general', name: 'USD' });
    await expect(enableAsset(operator, { ...asked(), walletId: dollars.id })).rejects.toEqual(refused);
    const moved = { fromWalletId: wallet.id, toWalletId: other.id, amount: 1n, reason: 'No' };
    await expect(requestAdjustment(operator, { ...asked(), ...moved })).rejects.toEqual(refused);
    await expect(withdraw(operator, wallet, { amount: 1_000n })).rejects.toEqual(refused);
    await changeAsset(admin, { code: 'MXN', enabled: true, maxAmount: 500n });
    await expect(requestAdjustment(operator, { ...asked(), ...moved, amount: 501n })).rejects.toMatchObject({
      code: 'asset_limit',
      details: { limit: '500', asset: 'MXN' },
    });
    expect(await requestAdjustment(operator, { ...asked(), ...moved, amount: 500n })).toMatchObject({
      asset: 'MXN',
      amount: 500n,
    });
    await changeAsset(admin, { code: 'MXN', enabled: true, maxAmount: MAX_AMOUNT });
    expect(
      await db().auditEntry.count({
        where: { action: 'asset.changed', subjectId: 'MXN', actorId: admin.id },
      }),
    ).toBe(3);
  });

  it('is an admin’s to say', async () => {
    const change = { code: 'USD', enabled: false, maxAmount: 1n };
    for (const actor of [await someOperator('approver'), system('proof')])
      await expect(changeAsset(actor, change)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changeAsset(system('setup'), { ...change, maxAmount: 0n })).rejects.toMatchObject({
      fields: { maxAmount: 'amount_not_positive' },
    });
  });
});
