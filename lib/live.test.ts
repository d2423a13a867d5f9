import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { liveToken } from '~/lib/live';
import { createPortfolio } from '~/lib/people/portfolios';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator, someWallet } from '~/lib/testing/factories';
import { freezeWallet } from '~/lib/wallets/status';

withTestDatabase();

const OF_ALL =
  'wallets movements withdrawals deposits adjustments holds entities approvals inbox polls fintoc alarms proof overview';
const OF_ONE = 'wallet customer withdrawal adjustment hold entity transfer replay';

it('every topic has a token, of things that there are not too, and nothing else has one', async () => {
  const topics = [
    ...OF_ALL.split(' '),
    ...OF_ONE.split(' ').flatMap((noun) => [`${noun}:${randomUUID()}`, `${noun}:no id'`]),
  ];
  for (const topic of topics) expect(await liveToken(topic), topic).toEqual(expect.any(String));
  for (const topic of ['', 'wallet_terms', 'constructor', 'toString:x'])
    expect(await liveToken(topic), topic).toBeNull();
});

it('changes with what happens to what a page shows, and with nothing else', async () => {
  const [frozen, other] = [await someWallet(), await someWallet()];
  const topics = [
    ...[`wallet:${frozen.id}`, 'wallets', 'overview'],
    ...[
      `wallet:${other.id}`,
      `customer:${other.customerId}`,
      'withdrawals',
      'adjustments',
      'approvals',
      'entities',
    ],
  ];
  const tokens = () => Promise.all(topics.map(liveToken));
  const changed = async (act: () => Promise<unknown>) => {
    const before = await tokens();
    await act();
    const after = await tokens();
    return topics.filter((_, nth) => before[nth] !== after[nth]);
  };
  const freeze = () =>
    freezeWallet(system('setup'), { walletId: frozen.id, reason: 'test', deposits: 'suspend' });
  expect(await changed(freeze)).toEqual([`wallet:${frozen.id}`, 'wallets', 'overview']);
  const operator = await someOperator('operator');
  const add = () => createPortfolio(operator, { customerId: other.customerId ?? '', name: 'Ahorros' });
  expect(await changed(add)).toEqual(['overview', `customer:${other.customerId}`]);
});
