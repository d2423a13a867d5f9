import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { startOnboarding, submitOnboarding, uploadOnboardingDocument } from '~/lib/entities/entities';
import { documentSlots } from '~/lib/entities/kyb';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someCustomer } from '~/lib/testing/factories';
import { readyWallet } from '~/lib/testing/journeys';
import { firstOnboarding } from '~/lib/testing/kyb';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos } from '~/lib/testing/wallets';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(() => fintoc.calm());

const numberAtFintoc = async ({ accountNumberId }: { accountNumberId: string }) =>
  (await fintoc.api('GET', `/v2/account_numbers/${accountNumberId}`)).status;

/** What becomes of money that somebody sends to a wallet now. */
async function depositOf({ accountNumberId: account_number_id }: { accountNumberId: string }) {
  const [sent] = await fintoc.control('POST', '/inbound-transfers', {
    ...{ account_number_id, amount: 100, settle: true },
  });
  await fintoc.deliveriesDone();
  await drain();
  return db().transfer.findUnique({ where: { id: sent.id } });
}

/** Pattern C, opened all the way: its KYB is approved. */
async function walletOfItsOwnHolder() {
  const { id: customerId } = await someCustomer();
  const asked = { customerId, pattern: 'C', name: 'Propia', asset: 'MXN', requestId: randomUUID() } as const;
  const { id } = await openWallet(system('setup'), asked);
  await advanceOpenings();
  const { entityId } = await inPesos(id);
  if (entityId === null) throw new Error('It has no entity.');
  const data = { company_information: { name: 'Tienda' }, legal_representatives: [], shareholders: [] };
  await startOnboarding(system('setup'), { entityId, data });
  const onboarding = await firstOnboarding(entityId);
  for (const { target } of documentSlots(onboarding.raw)) {
    const file = new File(['%PDF-1.7 test'], 'documento.pdf', { type: 'application/pdf' });
    await uploadOnboardingDocument(system('setup'), { onboardingId: onboarding.id, target, file });
  }
  await submitOnboarding(system('setup'), { onboardingId: onboarding.id });
  await fintoc.control('POST', `/onboardings/${onboarding.id}/approve`);
  await fintoc.deliveriesDone();
  await drain();
  await advanceOpenings();
  const { accountNumberId } = await inPesos(id);
  if (accountNumberId === null) throw new Error('It did not open.');
  return { id, accountNumberId };
}

describe('freezing', () => {
  it('disables the CLABE at Fintoc, which then sends deposits back, and unfreezing enables it', async () => {
    const wallet = await readyWallet();
    const statusAtFintoc = async () =>
      (await fintoc.api('GET', `/v2/account_numbers/${wallet.accountNumberId}`)).status;
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
    await alignAccountNumbers();
    expect(await statusAtFintoc()).toBe('disabled');
    const [sent] = await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 100,
      settle: true,
    });
    await fintoc.deliveriesDone();
    await drain();
    expect(await db().transfer.findUnique({ where: { id: sent.id } })).toMatchObject({ state: 'rejected' });
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
    await alignAccountNumbers();
    expect(await statusAtFintoc()).toBe('enabled');
  });

  it('keeps deposits in suspense and the CLABE enabled where that is chosen, and credits none of them', async () => {
    const wallet = await readyWallet();
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'test', deposits: 'suspend' });
    await alignAccountNumbers();
    expect(await numberAtFintoc(wallet)).toBe('enabled');
    expect(await depositOf(wallet)).toMatchObject({
      ...{ state: 'succeeded', suspenseReason: 'wallet_frozen', walletId: wallet.id },
    });
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
    expect((await inPesos(wallet.id)).frozenDeposits).toBeNull();
    expect(await depositOf(wallet)).toMatchObject({ state: 'succeeded', suspenseReason: null });
  });

  it('of a wallet with an account of its own keeps deposits in suspense: a root number can’t be disabled', async () => {
    const wallet = await readyWallet({ pattern: 'B' });
    const frozen = { walletId: wallet.id, reason: 'test' };
    await expect(freezeWallet(system('setup'), { ...frozen, deposits: 'refuse' })).rejects.toMatchObject({
      fields: { deposits: 'root_number_takes_all' },
    });
    expect(await freezeWallet(system('setup'), frozen)).toMatchObject({ frozenDeposits: 'suspend' });
    await alignAccountNumbers();
    expect(await numberAtFintoc(wallet)).toBe('enabled');
    expect(await depositOf(wallet)).toMatchObject({ state: 'succeeded', suspenseReason: 'wallet_frozen' });
  });

  it('of a wallet in its holder’s own account does the same, and unfreezing credits again', async () => {
    const wallet = await walletOfItsOwnHolder();
    const frozen = { walletId: wallet.id, reason: 'test' };
    await expect(freezeWallet(system('setup'), { ...frozen, deposits: 'refuse' })).rejects.toMatchObject({
      fields: { deposits: 'root_number_takes_all' },
    });
    expect(await freezeWallet(system('setup'), frozen)).toMatchObject({ frozenDeposits: 'suspend' });
    await alignAccountNumbers();
    expect(await numberAtFintoc(wallet)).toBe('enabled');
    expect(await depositOf(wallet)).toMatchObject({
      ...{ state: 'succeeded', suspenseReason: 'wallet_frozen', walletId: wallet.id },
    });
    await unfreezeWallet(system('setup'), frozen);
    expect(await depositOf(wallet)).toMatchObject({ state: 'succeeded', suspenseReason: null });
  });

  it('of one wallet goes through although Fintoc refuses to disable another’s number', async () => {
    const [stubborn, other] = [await readyWallet(), await readyWallet()];
    await fintoc.api('DELETE', `/v2/account_numbers/${stubborn.accountNumberId}`);
    for (const { id } of [stubborn, other])
      await freezeWallet(system('setup'), { walletId: id, reason: 'test' });
    await alignAccountNumbers();
    expect((await inPesos(other.id)).accountNumber).toMatchObject({ status: 'disabled' });
    await db().accountNumber.update({ where: { id: stubborn.accountNumberId }, data: { status: 'deleted' } });
  });
});
