import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, declineAdjustment } from '~/lib/adjustments/adjustments';
import { type NewExchange, requestExchange } from '~/lib/adjustments/exchange';
import { exchanged, readRate } from '~/lib/adjustments/rate';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { db, transaction } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { houseWallets } from '~/lib/wallets/house';
import { enableAsset } from '~/lib/wallets/opening';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
});
afterEach(expectSoundBooks);

it('a rate is exact, and what is less than the smallest unit is the house’s', () => {
  const rate = (text: string) => readRate(text) ?? { numerator: 0n, denominator: 1n };
  // 100.00 pesos at 0.0587 dollars each.
  expect(exchanged(10_000n, 'MXN', 'USD', rate('0.0587'))).toBe(587n);
  // 10.01 dollars at 17.0525 pesos each are 170.695525 pesos.
  expect(exchanged(1_001n, 'USD', 'MXN', rate('17.0525'))).toBe(17_069n);
  expect(rate('17,05')).toEqual(rate('17.05'));
  expect(rate('0,0587')).toEqual(rate('0.0587'));
  expect(exchanged(1_00n, 'MXN', 'USDC', rate('0.05'))).toBe(50_000n);
  for (const text of ['', '0', '-1', '1,250', '1e3', '.5', '1.', '1,', '1'.repeat(13), '17↵05', '1 5'])
    expect(readRate(text)).toBeNull();
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      (amount, n) => {
        const got = exchanged(amount, 'MXN', 'USD', { numerator: n, denominator: 10n ** 6n });
        expect(got * 10n ** 6n <= amount * n && (got + 1n) * 10n ** 6n > amount * n).toBe(true);
      },
    ),
  );
});

async function inBoth(): Promise<OpenWallet> {
  const wallet = await someWallet();
  await fundWallet(wallet, 100_000n);
  await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: randomUUID() });
  return wallet;
}

const ask = (wallet: { id: string }, input: Partial<NewExchange> = {}) =>
  requestExchange(operator, {
    ...{ walletId: wallet.id, fromAsset: 'MXN', toAsset: 'USD', amount: 17_000n, rate: '0.0587' },
    ...{ reason: 'El cliente lo solicitó', requestId: randomUUID(), ...input },
  });
const legsOf = ({ id }: { id: string }) =>
  db().adjustment.findMany({ where: { exchangeId: id }, orderBy: { id: 'asc' } });
const usd = ({ id }: OpenWallet) => moneyOf({ id, asset: 'USD' });

it('both legs wait, and are posted together by one decision', async () => {
  const wallet = await inBoth();
  const exchange = await ask(wallet);
  expect(exchange).toMatchObject({ fromAmount: 17_000n, toAmount: 997n, rate: '0.0587' });
  const [given, got] = await legsOf(exchange);
  expect([given?.asset, got?.asset, got?.amount]).toEqual(['MXN', 'USD', 997n]);
  expect(await moneyOf(wallet)).toEqual({ available: 83_000n, reserved: 17_000n });
  const other = await someOperator('approver');
  const decided = await Promise.allSettled([
    approveAdjustment(approver, { adjustmentId: got?.id ?? '' }),
    approveAdjustment(other, { adjustmentId: given?.id ?? '' }),
  ]);
  expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await legsOf(exchange)).map(({ status }) => status)).toEqual(['posted', 'posted']);
  expect(await moneyOf(wallet)).toEqual({ available: 83_000n, reserved: 0n });
  expect(await usd(wallet)).toEqual({ available: 997n, reserved: 0n });
  const back = reverseAdjustment(operator, {
    adjustmentId: got?.id ?? '',
    reason: 'x',
    requestId: randomUUID(),
  });
  await expect(back).rejects.toMatchObject({ code: 'conflict' });
});

it('ends whole in the database too: nobody writes the end of one leg alone', async () => {
  const [given] = await legsOf(await ask(await inBoth()));
  await expect(
    db().adjustment.update({ where: { id: given?.id ?? '' }, data: { status: 'cancelled' } }),
  ).rejects.toThrow('the legs of an exchange end together');
});

it('declined, neither is, and the money is free again', async () => {
  const wallet = await inBoth();
  const [given] = await legsOf(await ask(wallet));
  await declineAdjustment(approver, { adjustmentId: given?.id ?? '', reason: 'Otra tasa' });
  expect(await moneyOf(wallet)).toEqual({ available: 100_000n, reserved: 0n });
  expect(await db().adjustment.count({ where: { toWalletId: wallet.id, status: 'awaiting_approval' } })).toBe(
    0,
  );
});

it.each<[string, Partial<NewExchange>, Record<string, string>]>([
  ['a rate of zero', { rate: '0' }, { rate: 'rate_format' }],
  ['what comes to nothing', { rate: '0.000001', amount: 1n }, { rate: 'rate_range' }],
  ['an asset for itself', { toAsset: 'MXN' }, { toAsset: 'same_asset' }],
  ['nothing', { amount: 0n }, { amount: 'amount_not_positive', rate: 'rate_range' }],
])('refuses %s', async (_what, input, fields) => {
  await expect(ask(await inBoth(), input)).rejects.toMatchObject({ fields });
});

it('is asked for once, and not beyond what is available', async () => {
  const wallet = await inBoth();
  const requestId = randomUUID();
  const [one, two] = await Promise.all([ask(wallet, { requestId }), ask(wallet, { requestId })]);
  expect(one.id).toBe(two.id);
  await expect(ask(wallet, { amount: 90_000n })).rejects.toMatchObject({ code: 'insufficient_funds' });
});

it('waits for all whom the rules of either asset ask for: half of it is never posted', async () => {
  const wallet = await inBoth();
  const rule: NewRule = {
    ...{ action: 'adjustment.post', name: 'Cambios', mode: 'on', steps: [{ people: 2 }] },
    conditions: { asset: 'USD', amount: { from: '900' } },
  };
  const { id } = await changeRule(system('setup'), rule);
  const exchange = await ask(wallet);
  const [given] = await legsOf(exchange);
  const approve = (actor: OperatorActor) => approveAdjustment(actor, { adjustmentId: given?.id ?? '' });
  const states = async () => (await legsOf(exchange)).map(({ status }) => status);
  await approve(approver);
  expect(await states()).toEqual(['awaiting_approval', 'awaiting_approval']);
  expect(await moneyOf(wallet)).toEqual({ available: 83_000n, reserved: 17_000n });
  await approve(await someOperator('approver'));
  expect(await states()).toEqual(['posted', 'posted']);
  expect(await usd(wallet)).toEqual({ available: 997n, reserved: 0n });

  const declined = await ask(wallet);
  const [, got] = await legsOf(declined);
  await approveAdjustment(approver, { adjustmentId: got?.id ?? '' });
  const another = await someOperator('approver');
  await declineAdjustment(another, { adjustmentId: got?.id ?? '', reason: 'Otra tasa' });
  expect((await legsOf(declined)).map(({ status }) => status)).toEqual(['declined', 'declined']);
  expect(await moneyOf(wallet)).toEqual({ available: 83_000n, reserved: 0n });
  await changeRule(system('setup'), { ...rule, rule: id, mode: 'off' });
});

it('is not for the house, which would only give to itself', async () => {
  const { operating } = await transaction((tx) => houseWallets(tx, 'MXN'));
  await transaction((tx) => houseWallets(tx, 'USD'));
  await expect(ask(operating)).rejects.toMatchObject({
    fields: { walletId: 'house_not_exchanged' },
  });
});
