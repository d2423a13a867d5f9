import { beforeAll, describe, expect, test } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { createCustomer } from '~/lib/people/customers';
import { createPortfolio } from '~/lib/people/portfolios';
import { createTerms } from '~/lib/terms/terms';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY } from '~/lib/testing/reader';
import type { NewWallet } from '~/lib/wallets/opening';
import { openWallet } from '~/lib/wallets/opening';
import { listWallets } from '~/lib/wallets/wallets';

withTestDatabase();

const NO_LIMITS = {
  depositsEnabled: true,
  withdrawalsEnabled: true,
  withdrawalMaxAmount: null,
  withdrawalDayAmount: null,
  depositFeeAmount: 0n,
  withdrawalFeeAmount: 0n,
  refundFeeOnReturn: true,
};

let serial = 0;
let anaId: string;
let benitoId: string;

beforeAll(async () => {
  anaId = await someCustomer('Ana');
  benitoId = await someCustomer('Benito');
});

async function someCustomer(name: string): Promise<string> {
  const input = { kind: 'individual', country: 'mx', taxId: 'XAXX010101000', name, requestId: name } as const;
  return (await createCustomer(system('setup'), input)).id;
}

async function someEntity(facts: {
  customerId?: string;
  isRoot?: boolean;
  holderId?: string;
}): Promise<string> {
  serial += 1;
  const entity = await db().entity.create({
    data: {
      id: `ent_${serial}`,
      holderName: 'Somebody',
      holderId: facts.holderId ?? 'XAXX010101000',
      isRoot: facts.isRoot ?? false,
      customerId: facts.customerId ?? null,
      mode: 'test',
      raw: {},
      syncedAt: new Date(),
    },
  });
  return entity.id;
}

function open(facts: Partial<NewWallet>) {
  serial += 1;
  const wallet = { customerId: anaId, pattern: 'A', name: 'A wallet', asset: 'MXN' } as const;
  return openWallet(system('setup'), { ...wallet, requestId: `open-${serial}`, ...facts });
}

describe('opening a wallet', () => {
  test('never happens under the entity of another customer, or the platform’s own', async () => {
    const refusal = { fields: { entityId: 'of_another_customer' } };
    const others = await someEntity({ customerId: benitoId });
    await expect(open({ pattern: 'C', entityId: others })).rejects.toMatchObject(refusal);
    const root = await someEntity({ isRoot: true });
    await expect(open({ pattern: 'C', entityId: root })).rejects.toMatchObject(refusal);
    // Nobody's here yet, and no choice in the form: its holder is somebody else.
    const forged = await someEntity({ holderId: 'MUAD800101AB1' });
    await expect(open({ pattern: 'C', entityId: forged })).rejects.toMatchObject(refusal);
    expect(await db().entity.findUnique({ where: { id: forged } })).toMatchObject({ customerId: null });
    expect(await db().auditEntry.count({ where: { action: 'entity.linked' } })).toBe(0);
  });

  test('makes an entity that came by sync the customer’s, on record, however its tax id is written', async () => {
    const entityId = await someEntity({ holderId: 'xaxx-010101 000' });
    await open({ pattern: 'C', entityId });
    await open({ pattern: 'C', entityId });
    expect(
      await db().auditEntry.findMany({ where: { action: 'entity.linked', subjectId: entityId } }),
    ).toMatchObject([{ after: { customerId: anaId } }]);
    expect(await db().entity.findUnique({ where: { id: entityId } })).toMatchObject({ customerId: anaId });
    await expect(open({ pattern: 'C', entityId, customerId: benitoId })).rejects.toThrow('entityId');
  });

  test('takes a portfolio of its customer and terms of its asset only', async () => {
    const { id: portfolioId } = await createPortfolio(system('setup'), {
      customerId: benitoId,
      name: 'Ahorro',
    });
    await expect(open({ portfolioId })).rejects.toThrow('portfolioId');
    await expect(open({ portfolioId, customerId: benitoId })).resolves.toMatchObject({ portfolioId });
    const { id: termsId } = await createTerms(system('setup'), {
      name: 'pesosChilenos',
      asset: 'CLP',
      ...NO_LIMITS,
    });
    await expect(open({ termsId })).rejects.toThrow('termsId');
    await expect(open({ termsId, pattern: 'B', asset: 'CLP' })).resolves.toMatchObject({ termsId });
  });

  test('asked twice with one request id, it is one wallet', async () => {
    const first = await open({ requestId: 'twice' });
    expect((await open({ requestId: 'twice' })).id).toBe(first.id);
  });
});

test('wallets are found by any of several statuses and patterns', async () => {
  await open({ pattern: 'B', name: 'Found by pattern' });
  const { items } = await listWallets(ANYBODY, {
    pattern: ['B', 'C'],
    status: ['opening', 'frozen'],
    text: 'by pattern',
  });
  expect(items.map(({ name }) => name)).toEqual(['Found by pattern']);
  expect((await listWallets(ANYBODY, { status: ['closed'] })).items).toEqual([]);
});
