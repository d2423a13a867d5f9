import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { startOnboarding, submitOnboarding, uploadOnboardingDocument } from '~/lib/entities/entities';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someCustomer, someTerms } from '~/lib/testing/factories';
import { skipPauses } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos, openAgain, setInPesos } from '~/lib/testing/wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { getWallet, listWallets, retryOpening } from '~/lib/wallets/wallets';
import type { WalletPattern } from '~/prisma/generated/enums';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(() => fintoc.calm());
afterEach(async () => {
  await skipPauses();
  await advanceOpenings();
});

const fault = (path: string, facts: object) =>
  fintoc.control('POST', '/faults', { kind: 'reset', method: 'POST', path, ...facts });
const count = async (table: string) =>
  (await fintoc.sql<{ n: number }>(`SELECT count(*)::int AS n FROM sandbox.${table}`))[0]?.n ?? 0;

async function ask(
  pattern: WalletPattern,
  facts: { name?: string; entityId?: string; customerId?: string; termsId?: string } = {},
) {
  const customerId = facts.customerId ?? (await someCustomer({ taxId: nextRfc() })).id;
  const { name = 'Monedero', entityId, termsId } = facts;
  return openWallet(system('setup'), {
    customerId,
    pattern,
    name,
    asset: 'MXN',
    entityId,
    termsId,
    requestId: randomUUID(),
  });
}

let serial = 100;
/** An RFC of its own: Fintoc makes one entity per tax id. */
function nextRfc(): string {
  serial += 1;
  return `MUAD800101${serial}`;
}

const STEPS = [
  ['A', '/v2/account_numbers', 'account_numbers'],
  ['B', '/v2/accounts', 'accounts'],
  ['C', '/v2/entities', 'entities'],
] as const;

describe('opening a wallet', () => {
  it('in pattern A gives it a CLABE of its own under the shared account, marked as its own', async () => {
    const { id } = await ask('A');
    await advanceOpenings();
    const wallet = await inPesos(id);
    expect(wallet).toMatchObject({ status: 'open', openingStep: 'done', openingError: null });
    expect(wallet.accountId).toBe((await fintoc.rootAccount()).id);
    expect(wallet.accountNumber?.metadata).toEqual({ customer_id: wallet.customerId, wallet_id: id });
  });

  it('has Fintoc refuse what is outside of the terms for one deposit, where they say so', async () => {
    const limits = { depositMinAmount: 100n, depositMaxAmount: 5_000n };
    const [refusing, suspending] = [
      await someTerms({ ...limits, depositsRefusedByRail: true }),
      await someTerms(limits),
    ];
    const [strict, mild] = [
      await ask('A', { termsId: refusing.id }),
      await ask('A', { termsId: suspending.id }),
    ];
    await advanceOpenings();
    expect((await inPesos(strict.id)).accountNumber?.raw).toMatchObject({
      options: { min_amount: 100, max_amount: 5_000 },
    });
    expect((await inPesos(mild.id)).accountNumber?.raw).toMatchObject({
      options: { min_amount: null, max_amount: null },
    });
  });

  it('in pattern B gives it an account of its own, and that account’s CLABE', async () => {
    const { id } = await ask('B', { name: 'Tienda con un nombre largo y un 💸 en medio' });
    await advanceOpenings();
    const wallet = await inPesos(id);
    expect(wallet).toMatchObject({ status: 'open' });
    expect(wallet.accountNumber).toMatchObject({ isRoot: true, accountId: wallet.accountId });
    expect(wallet.accountId).not.toBe((await fintoc.rootAccount()).id);
  });

  it('in pattern C waits for the KYB of its entity, and opens at once on approval', async () => {
    const { id } = await ask('C');
    await advanceOpenings();
    const waiting = await inPesos(id);
    expect(waiting).toMatchObject({
      status: 'opening',
      openingStep: 'kyb',
      openingError: 'kyb_not_approved',
    });
    const onboardingId = await submittedKyb(waiting.entityId ?? '');
    await fintoc.control('POST', `/onboardings/${onboardingId}/approve`);
    await fintoc.deliveriesDone();
    await drain();
    await advanceOpenings();
    const wallet = await inPesos(id);
    expect(wallet).toMatchObject({ status: 'open' });
    const account = await fintoc.api('GET', `/v2/accounts/${wallet.accountId}`);
    expect(account.entity.id).toBe(waiting.entityId);
  });

  it('is refused for an asset that no account of its entity would have', async () => {
    const customer = await someCustomer({ taxId: nextRfc() });
    for (const pattern of ['A', 'B', 'C'] as const) {
      const request = {
        customerId: customer.id,
        pattern,
        name: 'Pesos chilenos',
        asset: 'CLP',
        requestId: randomUUID(),
      };
      await expect(openWallet(system('setup'), request)).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('asked for twice under one request id is one wallet', async () => {
    const customer = await someCustomer({ taxId: nextRfc() });
    const request = {
      customerId: customer.id,
      pattern: 'A',
      name: 'Uno',
      asset: 'MXN',
      requestId: randomUUID(),
    } as const;
    const made = await Promise.all(Array.from({ length: 10 }, () => openWallet(system('setup'), request)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});

describe('an opening that is interrupted makes nothing twice', () => {
  it.each(STEPS)('pattern %s: %s stood at Fintoc and the answer was lost', async (pattern, path, table) => {
    const before = await count(table);
    await fault(path, { when: 'after_commit', count: 3 });
    const { id } = await ask(pattern);
    for (let time = 0; time < 3; time += 1) {
      await advanceOpenings();
      expect(await inPesos(id)).toMatchObject({ status: 'opening', openingError: 'connection' });
      await skipPauses();
    }
    await advanceOpenings();
    expect(await count(table)).toBe(before + 1);
    expect((await inPesos(id)).openingStep).toBe(pattern === 'C' ? 'kyb' : 'done');
  });

  it.each(STEPS)(
    'pattern %s: %s was answered, and we died before writing it down',
    async (pattern, path, table) => {
      const before = await count(table);
      const { id } = await ask(pattern);
      const { openingStep } = await inPesos(id);
      await advanceOpenings();
      const opened = await inPesos(id);
      // As if nothing after the request had been stored: neither its answer nor the wallet's next step.
      await db().fintocRequest.updateMany({ where: { path }, data: { state: 'sent', response: {} } });
      await openAgain(id, { openingStep, entityId: null, accountId: null, accountNumberId: null });
      if (openingStep === 'account' && pattern === 'A') await setInPesos(id, { openingStep: 'account' });
      await skipPauses();
      await advanceOpenings();
      expect(await count(table)).toBe(before + 1);
      const { entityId, accountId, accountNumberId } = await inPesos(id);
      expect({ entityId, accountId, accountNumberId }).toEqual({
        entityId: opened.entityId,
        accountId: opened.accountId,
        accountNumberId: opened.accountNumberId,
      });
    },
  );

  it.each(STEPS)(
    'pattern %s: %s stood, and a day later Fintoc has forgotten the key',
    async (pattern, path, table) => {
      const before = await count(table);
      await fault(path, { when: 'after_commit' });
      const { id } = await ask(pattern);
      await advanceOpenings();
      await fintoc.sql('DELETE FROM sandbox.idempotency_keys');
      await db().fintocRequest.updateMany({
        where: { path, state: 'sent' },
        data: { createdAt: new Date(0) },
      });
      await skipPauses();
      await advanceOpenings();
      expect(await count(table)).toBe(before + 1);
      expect((await inPesos(id)).openingError).toBe(pattern === 'C' ? 'kyb_not_approved' : null);
    },
  );

  it.each(STEPS)('pattern %s: five workers at once at %s', async (pattern, _path, table) => {
    const before = await count(table);
    const wallets = await Promise.all([ask(pattern), ask(pattern)]);
    await Promise.all([1, 2, 3, 4, 5].map(() => advanceOpenings()));
    expect(await count(table)).toBe(before + 2);
    for (const { id } of wallets)
      expect((await inPesos(id)).openingStep).toBe(pattern === 'C' ? 'kyb' : 'done');
    expect(
      await db().auditEntry.count({ where: { action: 'wallet.opened', subjectId: wallets[0]?.id ?? '' } }),
    ).toBe(pattern === 'C' ? 0 : 1);
  });
});

describe('an opening that Fintoc refuses', () => {
  it('shows the reason, and goes on when the cause is gone and an operator tries again', async () => {
    const entity = await foreignEntity();
    await fintoc.control('POST', `/entities/${entity.id}/status`, { status: 'paused' });
    const customer = await someCustomer({ taxId: entity.holder_id });
    await db().entity.create({
      data: {
        id: entity.id,
        holderName: entity.holder_name,
        holderId: entity.holder_id,
        isRoot: false,
        status: 'operational',
        mode: 'test',
        customerId: customer.id,
        raw: {},
        syncedAt: new Date(),
      },
    });
    const { id } = await ask('C', { customerId: customer.id, entityId: entity.id });
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({
      status: 'opening',
      openingError: 'entity_not_operational',
      openingAttempts: 1,
    });
    await fintoc.control('POST', `/entities/${entity.id}/status`, { status: 'operational' });
    await retryOpening(system('setup'), { walletId: id, asset: 'MXN' });
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({ status: 'open', openingError: null, openingAttempts: 0 });
  });
});

it('whose shared account is there and not active waits for a person, and so does all after a restore', async () => {
  const roots = { where: { isRoot: true, asset: 'MXN' } };
  await db().account.updateMany({ ...roots, data: { status: 'blocked' } });
  const { id } = await ask('A');
  await advanceOpenings();
  const errorOf = async () => (await getWallet(ANYBODY, id)).assets[0]?.openingError;
  expect(await errorOf()).toBe('root_account_not_active');
  await db().account.updateMany({ ...roots, data: { status: 'active' } });
  await db().standstill.create({ data: { kind: 'books_older', facts: {} } });
  expect(await errorOf()).toBe('standstill');
  const { items } = await listWallets(ANYBODY, { ids: [id] });
  expect(items[0]?.assets).toMatchObject([{ openingError: 'standstill' }]);
});

async function foreignEntity() {
  return fintoc.api('POST', '/v2/entities', {
    country_code: 'mx',
    holder_name: 'Hecha en el Dashboard',
    holder_id: nextRfc(),
  });
}

/** Goes through the whole KYB of an entity, up to handing it in. */
async function submittedKyb(entityId: string): Promise<string> {
  await startOnboarding(system('setup'), {
    entityId,
    data: { company_information: { name: 'Tienda' }, legal_representatives: [], shareholders: [] },
  });
  const onboarding = await db().onboarding.findFirstOrThrow({ where: { entityId } });
  const { documents } = await fintoc.api('GET', `/v2/entities/${entityId}/onboardings/${onboarding.id}`);
  for (const { slot_key: slot } of documents) {
    const file = new File(['%PDF-1.7 test'], 'documento.pdf', { type: 'application/pdf' });
    await uploadOnboardingDocument(system('setup'), { onboardingId: onboarding.id, target: { slot }, file });
  }
  await submitOnboarding(system('setup'), { onboardingId: onboarding.id });
  return onboarding.id;
}
