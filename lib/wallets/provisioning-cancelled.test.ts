import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { audited } from '~/lib/testing/audited';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { skipPauses } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos } from '~/lib/testing/wallets';
import { cancelAsset } from '~/lib/wallets/asset-openings';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { enableAsset, openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { cancelOpening, reopenWallet } from '~/lib/wallets/status';
import { getWallet, retryOpening } from '~/lib/wallets/wallets';
import type { WalletPattern } from '~/prisma/generated/enums';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(() => fintoc.calm());
afterEach(expectSoundBooks);

const fault = (path: string, facts: object) =>
  fintoc.control('POST', '/faults', { method: 'POST', path, when: 'after_commit', ...facts });
const atFintoc = async (numberId: string) =>
  (await fintoc.api('GET', `/v2/account_numbers/${numberId}`)).status;

async function ask(pattern: WalletPattern): Promise<string> {
  const { id: customerId } = await someCustomer();
  const request = { customerId, pattern, name: 'Monedero', asset: 'MXN', requestId: randomUUID() };
  return (await openWallet(system('setup'), request)).id;
}

const cancel = (walletId: string, actor: Actor = system('setup')) =>
  cancelOpening(actor, { walletId, reason: 'Asked for by mistake' });

/** Takes the opening up to where Fintoc has made what `path` makes and its answer is still out, and cancels then. */
async function cancelInFlight(pattern: WalletPattern, path: string): Promise<string> {
  const id = await ask(pattern);
  await fault(path, { kind: 'slow', delay_ms: 1_500 });
  const underWay = advanceOpenings();
  await eventually(async () => (await fintoc.control('GET', '/faults')).length === 0);
  await cancel(id);
  await underWay;
  return id;
}

async function pay(numberId: string) {
  const [sent] = await fintoc.control('POST', '/inbound-transfers', {
    account_number_id: numberId,
    amount: 100,
    settle: true,
  });
  await fintoc.deliveriesDone();
  await drain();
  return db().transfer.findUniqueOrThrow({ where: { id: sent.id } });
}

describe('a cancelled opening', () => {
  it('is closed for good, with who did it and why, and no worker takes it up again', async () => {
    const operator = await someOperator();
    const id = await ask('A');
    await cancel(id, operator);
    await retryOpening(operator, { walletId: id, asset: 'MXN' });
    await skipPauses();
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({
      status: 'closed',
      statusReason: 'Asked for by mistake',
      closedBy: 'platform',
      accountNumberId: null,
    });
    expect(await audited({ subjectId: id, action: 'wallet.opening_cancelled' })).toMatchObject([
      { actorId: operator.id, reason: 'Asked for by mistake', after: { status: 'closed' } },
    ]);
    await expect(reopenWallet(operator, { walletId: id, reason: 'Back' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('can’t be cancelled twice, nor by who may not open, nor when the wallet is open', async () => {
    const id = await ask('A');
    await expect(cancel(id, await someOperator('auditor'))).rejects.toMatchObject({ code: 'forbidden' });
    const results = await Promise.allSettled([cancel(id), cancel(id)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const open = await ask('A');
    await advanceOpenings();
    await expect(cancel(open)).rejects.toMatchObject({ code: 'already_decided' });
  });

  it('keeps the CLABE that a step in flight made, disabled; what arrives before goes to suspense', async () => {
    const id = await cancelInFlight('A', '/v2/account_numbers');
    const wallet = await inPesos(id);
    expect(wallet.status).toBe('closed');
    const numberId = wallet.accountNumberId ?? '';
    expect(await pay(numberId)).toMatchObject({ state: 'succeeded', suspenseReason: 'wallet_closed' });
    expect(await moneyOf(wallet)).toMatchObject({ available: 0n });
    await alignAccountNumbers();
    expect(await atFintoc(numberId)).toBe('disabled');
    expect(await pay(numberId)).toMatchObject({ state: 'rejected' });
  });

  it('keeps the account that a step in flight made; what arrives there goes to suspense', async () => {
    const id = await cancelInFlight('B', '/v2/accounts');
    const wallet = await inPesos(id);
    expect(wallet).toMatchObject({ status: 'closed', accountNumber: { accountId: wallet.accountId } });
    expect(await pay(wallet.accountNumberId ?? '')).toMatchObject({ suspenseReason: 'wallet_closed' });
    expect(await moneyOf(wallet)).toMatchObject({ available: 0n });
  });

  it('gets the CLABE whose answer was lost from the next sync, and has it disabled', async () => {
    const id = await ask('A');
    await fault('/v2/account_numbers', { kind: 'reset' });
    await advanceOpenings();
    await cancel(id);
    expect((await inPesos(id)).accountNumberId).toBeNull();
    await syncFintoc(system('setup'));
    const { accountNumberId, status } = await inPesos(id);
    expect(status).toBe('closed');
    await alignAccountNumbers();
    expect(await atFintoc(accountNumberId ?? '')).toBe('disabled');
  });

  it('is refused once money has come to its CLABE, whose answer is still out', async () => {
    const id = await ask('A');
    await fault('/v2/account_numbers', { kind: 'reset' });
    await advanceOpenings();
    const number = (await fintoc.api('GET', '/v2/account_numbers?limit=100')).find(
      ({ metadata }: { metadata: { wallet_id?: string } }) => metadata.wallet_id === id,
    );
    await pay(number.id);
    expect(await moneyOf(await inPesos(id))).toMatchObject({ available: 100n });
    await expect(cancel(id)).rejects.toMatchObject({ code: 'wallet_not_empty' });
    await skipPauses();
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({ status: 'open', accountNumberId: number.id });
  });
});

describe('a second asset that opens, cancelled alone', () => {
  /** Open in dollars, which no rail has, and opening in pesos. */
  async function withDollars(): Promise<string> {
    const { id: customerId } = await someCustomer();
    const wanted = { customerId, name: 'Monedero', asset: 'USD', requestId: randomUUID() };
    const { id } = await openWallet(system('setup'), wanted);
    await enable(id);
    return id;
  }
  const enable = (walletId: string) =>
    enableAsset(system('setup'), { walletId, asset: 'MXN', pattern: 'A', requestId: randomUUID() });
  const cancelPesos = (walletId: string, actor: Actor = system('setup')) =>
    cancelAsset(actor, { walletId, asset: 'MXN', reason: 'Asked for by mistake' });
  const held = async (id: string) =>
    (await getWallet(ANYBODY, id)).assets.map(({ asset, state }) => [asset, state]);

  it('is not held any more, and the wallet goes on in its others; it can be asked for again', async () => {
    const operator = await someOperator();
    const id = await withDollars();
    expect(await held(id)).toEqual([
      ['USD', 'open'],
      ['MXN', 'opening'],
    ]);
    await expect(cancelPesos(id, await someOperator('auditor'))).rejects.toMatchObject({ code: 'forbidden' });
    await cancelPesos(id, operator);
    await skipPauses();
    await advanceOpenings();
    expect(await held(id)).toEqual([['USD', 'open']]);
    expect(await getInAsset(db(), id, 'USD')).toMatchObject({ status: 'open' });
    await expect(getInAsset(db(), id, 'MXN')).rejects.toMatchObject({
      fields: { walletId: 'of_another_asset' },
    });
    expect(await audited({ subjectId: id, action: 'wallet.asset_cancelled' })).toMatchObject([
      { actorId: operator.id, reason: 'Asked for by mistake', after: { asset: 'MXN' } },
    ]);
    // The same again by the same person is success; somebody else is told.
    await cancelPesos(id, operator);
    await expect(cancelPesos(id, await someOperator())).rejects.toMatchObject({ code: 'already_decided' });
    await enable(id);
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({ status: 'open', accountNumber: { status: 'enabled' } });
    await expect(cancelPesos(id)).rejects.toMatchObject({ code: 'already_decided' });
  });

  it('is not all that a wallet holds', async () => {
    const id = await ask('A');
    await expect(cancelPesos(id)).rejects.toMatchObject({ code: 'last_asset' });
    expect(await inPesos(id)).toMatchObject({ status: 'opening' });
    // Nothing of it is under way when the next one has its fault.
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({ status: 'open' });
  });

  it('has the CLABE that a step in flight made disabled, and enabled once it is asked for again', async () => {
    const id = await withDollars();
    await fault('/v2/account_numbers', { kind: 'slow', delay_ms: 1_500 });
    const underWay = advanceOpenings();
    await eventually(async () => (await fintoc.control('GET', '/faults')).length === 0);
    await cancelPesos(id);
    await underWay;
    const row = await db().walletAsset.findFirstOrThrow({ where: { walletId: id, asset: 'MXN' } });
    expect(row).toMatchObject({ state: 'cancelled' });
    const numberId = row.accountNumberId ?? '';
    expect(await pay(numberId)).toMatchObject({ state: 'succeeded', suspenseReason: 'wallet_closed' });
    await alignAccountNumbers();
    expect(await atFintoc(numberId)).toBe('disabled');
    await enable(id);
    await skipPauses();
    await advanceOpenings();
    await alignAccountNumbers();
    expect(await inPesos(id)).toMatchObject({ status: 'open', accountNumberId: numberId });
    expect(await atFintoc(numberId)).toBe('enabled');
  });

  it('is refused once money has come to its CLABE, whose answer is still out', async () => {
    const id = await withDollars();
    await fault('/v2/account_numbers', { kind: 'reset' });
    await advanceOpenings();
    const number = (await fintoc.api('GET', '/v2/account_numbers?limit=100')).find(
      ({ metadata }: { metadata: { wallet_id?: string } }) => metadata.wallet_id === id,
    );
    await pay(number.id);
    await expect(cancelPesos(id)).rejects.toMatchObject({ code: 'wallet_not_empty' });
  });
});
