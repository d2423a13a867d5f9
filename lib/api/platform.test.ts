import { beforeAll, describe, expect, it } from 'vitest';
import { answer, type Monedero, monedero } from '~/clients/typescript/client';
import { uuidOf } from '~/lib/api/ids';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { someKey, type TestKey } from '~/lib/testing/api';
import { withApiServer } from '~/lib/testing/api-server';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { proveAll, settleAll } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { advanceOpenings } from '~/lib/wallets/provisioning';

/** What a wallet platform has to have, each by the name that it has in a platform's own plans. By the client. */
process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();
const fintoc = withLocalFintoc();
const server = withApiServer();

let key: TestKey;
let api: Monedero;

beforeAll(async () => {
  key = await someKey();
  api = monedero({ url: server.url, key: key.secret, retries: 0 });
});

const of = (id: string) => ({ params: { path: { id } } });
const ana = { kind: 'individual', name: 'Ana López', tax_id: 'LOHA900101AB1' } as const;
const first = { asset: 'MXN', pattern: 'A', name: 'Monedero de Ana' } as const;

async function workersTurn(): Promise<void> {
  await advanceOpenings();
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
  await settleAll(fintoc);
}

/** A customer with an open wallet and this much in it. */
async function opened(amount = '0') {
  const made = await answer(api.POST('/customers', { body: { ...ana, wallet: first } }));
  await workersTurn();
  const wallet = await answer(api.GET('/wallets/{id}', of(made.wallet?.id ?? '')));
  const number = wallet.assets[0]?.account_number;
  if (amount !== '0') {
    const body = { account_number_id: number?.id ?? '', asset: 'MXN' as const, amount };
    await answer(api.POST('/test/deposits', { body }));
    await workersTurn();
  }
  return { customer: made.id, wallet, number };
}

describe('a platform’s own', () => {
  it('create_user: a customer and a first wallet are made in one call', async () => {
    const made = await answer(api.POST('/customers', { body: { ...ana, wallet: first } }));
    expect(made).toMatchObject({
      ...{ object: 'customer', name: 'Ana López', tax_id: 'LOHA900101AB1' },
      wallet: { object: 'wallet', kind: 'customer', status: 'opening', customer_id: made.id },
    });
  });

  it('/wallets: created under a shared account, one of ours or one of their own, listed by each filter, updated', async () => {
    const since = new Date().toISOString();
    const { customer, wallet } = await opened();
    for (const pattern of ['B', 'C'] as const) {
      const body = { customer_id: customer, asset: 'MXN', pattern, name: `Monedero ${pattern}` } as const;
      expect(await answer(api.POST('/wallets', { body }))).toMatchObject({
        status: 'opening',
        assets: [{ pattern }],
      });
    }
    const portfolio = await answer(
      api.POST('/portfolios', { body: { customer_id: customer, name: 'Ahorro' } }),
    );
    const body = { name: 'Otro nombre', portfolio_id: portfolio.id };
    const updated = await answer(api.PATCH('/wallets/{id}', { ...of(wallet.id), body }));
    expect(updated).toMatchObject(body);
    const found = async (query: object) =>
      (await answer(api.GET('/wallets', { params: { query } }))).data.map(({ id }) => id);
    const mine = await found({ customer_id: customer });
    expect(mine).toHaveLength(3);
    expect(await found({ portfolio_id: portfolio.id })).toEqual([wallet.id]);
    expect(await found({ customer_id: customer, pattern: ['A'] })).toEqual([wallet.id]);
    expect(await found({ customer_id: customer, status: ['open'] })).toContain(wallet.id);
    expect((await found({ kind: ['customer'], created_from: since })).sort()).toEqual([...mine].sort());
    expect(await found({ customer_id: customer, created_to: since })).toEqual([]);
    expect(await found({ kind: ['house'] })).not.toContain(wallet.id);
  });

  it('/wallets: one in general holds balances alone, and is nobody’s', async () => {
    const body = { kind: 'general', asset: 'MXN', name: 'Promociones' } as const;
    const made = await answer(api.POST('/wallets', { body }));
    expect(made).toMatchObject({ kind: 'general', status: 'open', customer_id: null });
    expect(made.assets).toMatchObject([{ asset: 'MXN', pattern: null, account_number: null }]);
    const customer = (await answer(api.POST('/customers', { body: ana }))).id;
    for (const [wrong, pointer] of [
      [{ ...body, customer_id: customer }, '/customer_id'],
      [{ ...body, pattern: 'A' as const }, '/pattern'],
      [{ ...body, kind: 'customer' as const }, '/customer_id'],
    ] as const)
      await expect(api.POST('/wallets', { body: wrong })).rejects.toMatchObject({
        problem: { status: 422, pointer },
      });
  });

  it('/wallet-terms/{id}: what a wallet is under, with its limits and fees', async () => {
    const { wallet } = await opened();
    const terms = await answer(api.GET('/wallet-terms/{id}', of(wallet.assets[0]?.terms_id ?? '')));
    expect(terms).toMatchObject({
      ...{ id: wallet.assets[0]?.terms_id, asset: 'MXN', is_default: true, balance_max_amount: null },
      deposits: { enabled: true, max_amount: null, fee_amount: '0', fee_bps: 0 },
      withdrawals: { enabled: true, day_amount: null, day_count: null },
    });
  });

  it('/wallets/{id}/balance: available, pending and reserved, as they are at this moment', async () => {
    const { wallet } = await opened('100000');
    const payout = { destination: '012180012345678909', beneficiary_name: 'Ana López' };
    const body = { ...payout, wallet_id: wallet.id, asset: 'MXN' as const, amount: '2500' };
    await answer(api.POST('/withdrawals', { body }));
    const { balances } = await answer(api.GET('/wallets/{id}/balance', of(wallet.id)));
    expect(balances).toEqual([{ asset: 'MXN', available: '97500', pending: '0', reserved: '2500' }]);
  });

  it('/wallets/{id}/transaction: by date, asset, amount, kind and status, with what each belongs to', async () => {
    const { wallet } = await opened('100000');
    const payout = { destination: '012180012345678909', beneficiary_name: 'Ana López' };
    const body = { ...payout, wallet_id: wallet.id, asset: 'MXN' as const, amount: '2600' };
    const withdrawal = await answer(api.POST('/withdrawals', { body }));
    await workersTurn();
    const found = async (query: object) =>
      (await answer(api.GET('/wallets/{id}/transactions', { params: { path: { id: wallet.id }, query } })))
        .data;
    const all = await found({ 'expand[]': ['withdrawal'] });
    expect(all.map(({ amount }) => amount)).toEqual(['-2600', '100000']);
    expect(all[0]?.withdrawal).toMatchObject({ id: withdrawal.id, status: 'succeeded' });
    expect(all[1]).toMatchObject({ type: 'deposit', status: 'succeeded', balance_after: '100000' });
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
    const amounts = async (query: object) => (await found(query)).map(({ amount }) => amount);
    expect(await amounts({ type: ['deposit'] })).toEqual(['100000']);
    expect(await amounts({ direction: 'out' })).toEqual(['-2600']);
    const held = await answer(
      api.POST('/holds', {
        body: { wallet_id: wallet.id, asset: 'MXN', amount: '70', reason: 'Disputa', expires_at: day(2) },
      }),
    );
    expect(await amounts({ status: ['active'] })).toEqual(['-70']);
    expect(await amounts({ status: ['succeeded'], direction: 'in' })).toEqual(['100000']);
    expect(await amounts({ status: ['succeeded', 'active'], min_amount: '60', max_amount: '3000' })).toEqual([
      ...['-70', '-2600'],
    ]);
    expect(await amounts({ status: ['returned'] })).toEqual([]);
    const [first] = await found({ 'expand[]': ['hold'], status: ['active'] });
    expect(first?.hold).toEqual(held);
    expect(await amounts({ min_amount: '50000', asset: ['MXN'] })).toEqual(['100000']);
    expect(await amounts({ from: day(-1), to: day(1) })).toHaveLength(3);
    expect(await amounts({ to: day(-1) })).toEqual([]);
  });

  it('/balance-adjustment: asked for by a system, posted once a person decided', async () => {
    const [from, to] = [await opened('100000'), await opened()];
    const asked = await answer(
      api.POST('/balance-adjustments', {
        body: {
          ...{ from_wallet_id: from.wallet.id, to_wallet_id: to.wallet.id },
          ...{ asset: 'MXN', amount: '4000', reason: 'Correcting a charge' },
        },
      }),
    );
    expect(asked.status).toBe('awaiting_approval');
    const subjectId = uuidOf('adjustment', asked.id) ?? '';
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId } });
    await decideApproval(key.approver, { approvalId, verdict: 'approved' });
    expect(await answer(api.GET('/balance-adjustments/{id}', of(asked.id)))).toMatchObject({
      status: 'posted',
    });
    const { balances } = await answer(api.GET('/wallets/{id}/balance', of(to.wallet.id)));
    expect(balances[0]?.available).toBe('4000');
  });

  it('/create-virtual-account: every wallet has a CLABE of its own, one to one', async () => {
    const [one, other] = [await opened(), await opened()];
    expect(one.number?.number).toMatch(/^\d{18}$/);
    expect(other.number?.number).not.toBe(one.number?.number);
    const number = await answer(api.GET('/account-numbers/{id}', of(one.number?.id ?? '')));
    expect(number).toMatchObject({ number: one.number?.number, wallet_id: one.wallet.id, status: 'enabled' });
  });
});

it('a wallet’s life: opened, frozen, unfrozen, closed and reopened, each told in its order', async () => {
  const { wallet } = await opened();
  const reason = 'Porque así se pidió';
  const steps = [
    () => api.POST('/wallets/{id}/freeze', { ...of(wallet.id), body: { reason } }),
    () => api.POST('/wallets/{id}/unfreeze', { ...of(wallet.id), body: { reason } }),
    () => api.POST('/wallets/{id}/close', { ...of(wallet.id), body: { reason, closed_by: 'customer' } }),
    () => api.POST('/wallets/{id}/reopen', { ...of(wallet.id), body: { reason } }),
  ];
  const seen: string[] = [];
  for (const step of steps) seen.push((await answer<{ status: string }>(step())).status);
  expect(seen).toEqual(['frozen', 'open', 'closed', 'open']);
  const told = await db().outboxEvent.findMany({
    where: { subjectKind: 'wallet', subjectId: uuidOf('wallet', wallet.id) ?? '' },
    orderBy: { id: 'asc' },
  });
  expect(told.map(({ type }) => type).filter((type) => type !== 'wallet.asset_opened')).toEqual([
    ...['wallet.requested', 'wallet.opened', 'wallet.frozen', 'wallet.unfrozen'],
    ...['wallet.closed', 'wallet.reopened'],
  ]);
});

describe('in test mode', () => {
  it('a payout comes back, or fails on its way, because somebody asks for it', async () => {
    const { wallet } = await opened('100000');
    const pay = async (amount: string) => {
      const payout = { destination: '012180012345678909', beneficiary_name: 'Ana López' };
      const body = { ...payout, wallet_id: wallet.id, asset: 'MXN' as const, amount };
      return (await answer(api.POST('/withdrawals', { body }))).id;
    };
    const statusOf = async (id: string) => (await answer(api.GET('/withdrawals/{id}', of(id)))).status;
    const returned = await pay('1000');
    await expect(
      api.POST('/test/withdrawals/{id}/return', { ...of(returned), body: {} }),
    ).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
    await workersTurn();
    await api.POST('/test/withdrawals/{id}/return', { ...of(returned), body: {} });
    await workersTurn();
    expect(await statusOf(returned)).toBe('returned');

    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const failed = await pay('1100');
    await workersTurn();
    await api.POST('/test/withdrawals/{id}/fail', { ...of(failed), body: {} });
    await workersTurn();
    await fintoc.calm();
    expect(await statusOf(failed)).toBe('failed');
    const { balances } = await answer(api.GET('/wallets/{id}/balance', of(wallet.id)));
    expect(balances[0]).toMatchObject({ available: '100000', reserved: '0' });
    await expectSoundBooks();
  });

  it('the rail’s clock goes forward', async () => {
    const [before, after] = [
      await answer(api.POST('/test/time', { body: { seconds: 60 } })),
      await answer(api.POST('/test/time', { body: { seconds: 3_600 } })),
    ];
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(3_600_000);
  });
});
