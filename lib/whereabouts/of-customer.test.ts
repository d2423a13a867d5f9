import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { latestOfCustomer } from '~/lib/movements/movements';
import { namesakesOf } from '~/lib/people/called';
import { storedCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  type OpenWallet,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { balancesOfCustomers, standingOfCustomers } from '~/lib/wallets/of-customer';
import { paymentsOfCustomer, whereTheyAre } from '~/lib/whereabouts/of-customer';

withTestDatabase();

let first: OpenWallet;
let second: OpenWallet;
let customerId: string;
let sent: { id: string };

beforeAll(async () => {
  [first, second] = [await someWallet(), await someWallet()];
  customerId = first.customerId ?? '';
  await db().wallet.update({ where: { id: second.id }, data: { customerId } });
  await fundWallet(first, 100_000n);
  await fundWallet(second, 50_000n);
  sent = await someSentWithdrawal(second, await someOperator());
});

describe('of a customer who calls', () => {
  it('all wallets are one sum per asset, as the ledger has them', async () => {
    const balances = await balancesOfCustomers([customerId]);
    const [held] = balances.get(customerId) ?? [];
    const buckets = await db().ledgerAccount.groupBy({
      by: ['bucket'],
      where: { ownerId: { in: [first.id, second.id] } },
      _sum: { balance: true },
    });
    const sum = (bucket: string) => buckets.find((each) => each.bucket === bucket)?._sum.balance ?? 0n;
    expect(held).toEqual({
      ...{ asset: 'MXN', available: sum('available'), pending: sum('pending'), reserved: sum('reserved') },
    });
    expect((await standingOfCustomers([customerId])).get(customerId)).toMatchObject({ open: 2, frozen: 0 });
    expect(await balancesOfCustomers([])).toEqual(new Map());
  });

  it('the last movements are those of all wallets, the latest first', async () => {
    const movements = await latestOfCustomer(ANYBODY, customerId, 10);
    expect(new Set(movements.map(({ walletId }) => walletId))).toEqual(new Set([first.id, second.id]));
    const times = movements.map(({ effectiveAt }) => effectiveAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(await latestOfCustomer(ANYBODY, customerId, 1)).toEqual(movements.slice(0, 1));
  });

  it('a payment is on its way until it is over, and went wrong where it failed, with why', async () => {
    const before = await paymentsOfCustomer(ANYBODY, customerId);
    expect(before.onTheWay.map(({ id }) => id)).toEqual([sent.id]);
    expect(before.wentWrong).toEqual([]);
    await db().withdrawal.update({
      where: { id: sent.id },
      data: { status: 'failed', failureCode: 'blocked_account' },
    });
    const after = await paymentsOfCustomer(OUTSIDER, customerId);
    expect(after.onTheWay).toEqual([]);
    expect(after.wentWrong).toMatchObject([{ id: sent.id, verdict: { word: 'failed' } }]);
    expect(JSON.stringify(after.wentWrong[0]?.other.number)).toContain('masked');
    const where = await whereTheyAre(ANYBODY, [{ kind: 'withdrawal', id: sent.id, at: new Date() }]);
    expect(where.get(sent.id)?.verdict.reason).toMatchObject({ of: 'failure' });
  });

  it('others of the name are named, in any spelling, and nobody else', async () => {
    const one = await storedCustomer({ name: 'José Igual' });
    const other = await storedCustomer({ name: 'JOSE IGUAL' });
    await storedCustomer({ name: 'José Igual Otro' });
    expect((await namesakesOf(ANYBODY, one)).map(({ id }) => id)).toEqual([other.id]);
  });
});
