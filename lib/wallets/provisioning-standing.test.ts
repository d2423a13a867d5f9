import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { changeCustomer } from '~/lib/people/customers';
import type { Customer } from '~/lib/people/kept';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer } from '~/lib/testing/factories';
import { skipPauses } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos, setInPesos } from '~/lib/testing/wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';

withTestDatabase();
const fintoc = withLocalFintoc();
beforeEach(() => fintoc.calm());

let serial = 100;
function nextRfc(): string {
  serial += 1;
  return `PERA800101${serial}`;
}

/** One that somebody made in Fintoc's Dashboard. */
const inDashboard = (holder_id: string, holder_name = 'Hecha en el Dashboard') =>
  fintoc.api('POST', '/v2/entities', { country_code: 'mx', holder_name, holder_id });
const openC = (customerId: string) =>
  openWallet(system('setup'), { customerId, pattern: 'C', name: 'C', asset: 'MXN', requestId: randomUUID() });
const entitiesOf = async ({ taxId }: Customer) =>
  (await fintoc.api('GET', '/v2/entities?limit=100')).filter(
    ({ holder_id }: { holder_id: string }) => holder_id === taxId,
  );
const links = (entityId: string) =>
  db().auditEntry.findMany({ where: { action: 'entity.linked', subjectId: entityId } });

async function opened(customer: Customer) {
  const { id } = await openC(customer.id);
  await advanceOpenings();
  return inPesos(id);
}

describe('an entity that stands at Fintoc already', () => {
  it('is taken when Fintoc refuses a second one, with its link on record', async () => {
    const customer = await someCustomer({ taxId: nextRfc() });
    const entity = await inDashboard(customer.taxId);
    expect(await opened(customer)).toMatchObject({ entityId: entity.id, openingStep: 'kyb' });
    expect(await db().entity.findUnique({ where: { id: entity.id } })).toMatchObject({
      customerId: customer.id,
    });
    expect(await links(entity.id)).toMatchObject([{ after: { customerId: customer.id } }]);
    expect(await entitiesOf(customer)).toHaveLength(1);
  });

  it('is taken too when it came after refusals, whose keys are young', async () => {
    const customer = await someCustomer({ taxId: nextRfc() });
    const { id } = await openC(customer.id);
    const body = { country_code: 'mx', holder_name: customer.name, holder_id: customer.taxId };
    await db().fintocRequest.create({
      data: {
        purpose: `customer:${customer.id}:entity:${customer.taxId}`,
        idempotencyKey: 'refused before',
        path: '/v2/entities',
        body,
        state: 'refused',
        attempts: 3,
      },
    });
    const entity = await inDashboard(customer.taxId);
    await advanceOpenings();
    expect(await inPesos(id)).toMatchObject({ entityId: entity.id, openingStep: 'kyb' });
  });

  it('is not even asked for when a sync brought it, and is found however its tax id is written', async () => {
    const customer = await someCustomer({ taxId: nextRfc() });
    const entity = await inDashboard(customer.taxId);
    await syncFintoc(system('setup'));
    await db().entity.update({
      where: { id: entity.id },
      data: { holderId: customer.taxId.toLowerCase() },
    });
    expect(await opened(customer)).toMatchObject({ entityId: entity.id, openingStep: 'kyb' });
    expect(
      await db().fintocRequest.count({ where: { purpose: { startsWith: `customer:${customer.id}` } } }),
    ).toBe(0);
  });

  it('never is taken from the customer whose it is', async () => {
    const [owner, twin] = [
      await someCustomer({ taxId: nextRfc() }),
      await someCustomer({ taxId: `PERA800101${serial}` }),
    ];
    const { entityId } = await opened(owner);
    expect(await opened(twin)).toMatchObject({ entityId: null, openingError: 'invalid_holder_id' });
    expect(await db().entity.findUnique({ where: { id: entityId ?? '' } })).toMatchObject({
      customerId: owner.id,
    });
  });

  it('is not guessed by a tax id that many share', async () => {
    const foreign = await inDashboard('XEXX010101000', 'Another company from abroad');
    await syncFintoc(system('setup'));
    const customer = await someCustomer({ taxId: 'XEXX010101000', name: 'A company from abroad' });
    const { entityId } = await opened(customer);
    expect(entityId).not.toBeNull();
    expect(entityId).not.toBe(foreign.id);
    expect((await opened(customer)).entityId).toBe(entityId);
  });

  it('is one for two wallets of a customer that open at once', async () => {
    const customer = await someCustomer({ taxId: nextRfc() });
    const entity = await inDashboard(customer.taxId);
    const wallets = [await openC(customer.id), await openC(customer.id)];
    await Promise.all([advanceOpenings(), advanceOpenings(), advanceOpenings()]);
    await skipPauses();
    await advanceOpenings();
    for (const { id } of wallets) expect((await inPesos(id)).entityId).toBe(entity.id);
    expect(await links(entity.id)).toHaveLength(1);
  });
});

it('a corrected tax id is another entity, and the opening goes on with that one at once', async () => {
  const owner = await someCustomer({ taxId: nextRfc() });
  await opened(owner);
  const customer = await someCustomer({ taxId: owner.taxId });
  const wallet = await opened(customer);
  expect(wallet.openingError).toBe('invalid_holder_id');
  const corrected = await changeCustomer(system('setup'), {
    customerId: customer.id,
    name: customer.name,
    taxId: nextRfc(),
  });
  await advanceOpenings();
  const { entityId } = await inPesos(wallet.id);
  expect(await db().entity.findUnique({ where: { id: entityId ?? '' } })).toMatchObject({
    holderId: corrected.taxId,
    customerId: customer.id,
  });
});

it('an account with our mark is taken when Fintoc refuses another', async () => {
  const customer = await someCustomer({ taxId: nextRfc() });
  const entity = await inDashboard(customer.taxId);
  const { id, name } = await openC(customer.id);
  await fintoc.control('POST', `/entities/${entity.id}/status`, { status: 'operational' });
  const description = `${name} · ${id.slice(-11)}`;
  const account = await fintoc.api('POST', '/v2/accounts', { entity_id: entity.id, description });
  await fintoc.control('POST', `/entities/${entity.id}/status`, { status: 'paused' });
  await advanceOpenings();
  await setInPesos(id, { openingStep: 'account' });
  await skipPauses();
  await advanceOpenings();
  expect(await inPesos(id)).toMatchObject({ status: 'open', accountId: account.id });
});
