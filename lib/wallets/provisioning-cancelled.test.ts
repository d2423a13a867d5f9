import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { skipPauses } from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos } from '~/lib/testing/wallets';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { cancelOpening, reopenWallet } from '~/lib/wallets/status';
import { retryOpening } from '~/lib/wallets/wallets';
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
    expect(
      await db().auditEntry.findMany({ where: { subjectId: id, action: 'wallet.opening_cancelled' } }),
    ).toMatchObject([{ actorId: operator.id, reason: 'Asked for by mistake', after: { status: 'closed' } }]);
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
