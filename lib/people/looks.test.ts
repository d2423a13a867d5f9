import { afterEach, describe, expect, it, vi } from 'vitest';
import { publicId } from '~/lib/api/ids';
import { db, transaction } from '~/lib/db';
import {
  listLooks,
  lookAlong,
  noteKeyList,
  noteKeyPayments,
  noteKeyRead,
  noteLook,
  notePage,
} from '~/lib/people/looks';
import { REVEALS_A_DAY } from '~/lib/people/masking';
import { revealPerson } from '~/lib/people/reveals';
import { ROLES } from '~/lib/roles';
import { type Asked, ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  someClabe,
  someCustomer,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';

withTestDatabase();

const reason = 'Verificar la identidad de quien llama';

afterEach(() => {
  vi.useRealTimers();
});

async function looksAt(customerId: string) {
  return (await listLooks(await someOperator('auditor'), { customerId })).items;
}

describe('who saw a customer’s data', () => {
  it('is written down with when and from where, once for a page that stays open', async () => {
    const [{ id }, one] = [await someCustomer(), await someOperator('operator')];
    const here = { ...one, ip: '10.1.2.3', userAgent: 'Firefox' };
    await notePage(here, id);
    await notePage(here, id);
    expect(await looksAt(id)).toMatchObject([
      { way: 'page', actorName: one.name, ip: '10.1.2.3', at: expect.any(Date), reason: null },
    ]);
    await notePage({ ...here, ip: '10.9.9.9' }, id);
    await notePage(await someOperator('admin'), id);
    expect(await looksAt(id), 'from elsewhere, and somebody else').toHaveLength(3);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
    await notePage(here, id);
    expect(await looksAt(id), 'and again later').toHaveLength(4);
  });

  it('has who revealed it, and why', async () => {
    const [{ id }, support] = [await someCustomer(), await someOperator('support')];
    const reveal = await revealPerson(support, { subject: 'customer', id, reason });
    expect(await looksAt(id)).toMatchObject([
      { way: 'reveal', about: reveal.id, actorName: support.name, reason },
    ]);
  });

  it('has which key read them or their entity, once within minutes', async () => {
    const [{ id }, other] = [await someCustomer(), await someCustomer()];
    const entity = await db().entity.create({
      data: {
        ...{ id: 'ent_lookedat', holderName: 'Ana', holderId: 'MUAD800101AB1', customerId: other.id },
        ...{ isRoot: false, mode: 'test', raw: {}, syncedAt: new Date() },
      },
    });
    const { secret } = await someKey(['customers:read', 'entities:read']);
    const params = { id: publicId('customer', id) };
    for (let times = 0; times < 2; times += 1)
      expect((await ask(secret, 'getCustomer', { params })).status).toBe(200);
    expect((await ask(secret, 'getEntity', { params: { id: entity.id } })).status).toBe(200);
    for (const whose of [id, other.id])
      expect(await looksAt(whose)).toMatchObject([{ way: 'api', actorKind: 'key', reason: null }]);
    expect(await looksAt((await someCustomer()).id)).toEqual([]);
    // A key that may not see their data sees it masked, and looked at nobody.
    await noteKeyRead(await someOperator('viewer'), id);
    expect(await looksAt(id)).toHaveLength(1);
  });

  it('has which key read a list that they are on, once a day, and of a key that sees them masked nothing', async () => {
    const [{ id }, { id: nextId }] = [await someCustomer(), await someCustomer()];
    const { secret } = await someKey(['customers:read']);
    const list = () => ask(secret, 'listCustomers', { query: { limit: '2' } });
    for (let times = 0; times < 2; times += 1) expect((await list()).status).toBe(200);
    const [look] = await looksAt(id);
    expect(look).toMatchObject({ way: 'api', about: 'customers', actorKind: 'key' });
    expect(await looksAt(id)).toHaveLength(1);
    expect(await looksAt(nextId), 'one look at both').toEqual([look]);
    const { id: later } = await someCustomer();
    await list();
    expect((await looksAt(later)).length + (await looksAt(id)).length, 'whom it didn’t see yet').toBe(2);
    await noteKeyList(await someOperator('viewer'), 'customers', [id]);
    expect(await looksAt(id)).toHaveLength(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
    await ask(secret, 'listCustomers');
    expect((await looksAt(id)).length, 'and the day after').toBe(2);
  });

  it('has which key read whom they pay, what they paid and what came to them, one by one and in lists', async () => {
    const wallet = await someWallet();
    const whose = wallet.customerId ?? '';
    await fundWallet(wallet, 50_000n);
    const withdrawal = await someSentWithdrawal(wallet, await someOperator('operator'));
    const to = { destinationKind: 'clabe', destination: someClabe('012'), name: 'Omar Ruiz' } as const;
    const beneficiary = await db().beneficiary.create({
      data: { ...to, customerId: whose, savedById: withdrawal.requestedById },
    });
    const deposit = await db().transfer.create({
      data: {
        ...{ id: 'tr_lookedat', direction: 'inbound', state: 'succeeded', status: 'succeeded', amount: 700n },
        ...{ asset: 'MXN', accountId: wallet.accountId, walletId: wallet.id, counterpartyName: 'Eva Luna' },
        ...{ origin: 'webhook', mode: 'test', transactedAt: new Date() },
      },
    });
    const { secret } = await someKey(['customers:read', 'withdrawals:read', 'deposits:read', 'wallets:read']);
    const reads: [string, Asked, string][] = [
      ['getBeneficiary', { params: { id: publicId('beneficiary', beneficiary.id) } }, 'beneficiaries'],
      ['getWithdrawal', { params: { id: publicId('withdrawal', withdrawal.id) } }, 'withdrawals'],
      ['getDeposit', { params: { id: deposit.id } }, 'deposits'],
      ['listWalletTransactions', { params: { id: publicId('wallet', wallet.id) } }, 'transactions'],
    ];
    for (const [verb, asked, about] of [...reads, ...reads]) {
      expect((await ask(secret, verb, asked)).status, verb).toBe(200);
      expect(
        (await looksAt(whose)).filter((look) => look.about === about),
        verb,
      ).toMatchObject([{ way: 'api', actorKind: 'key', about }]);
    }
    const other = await someKey(['customers:read', 'withdrawals:read', 'deposits:read']);
    const lists = {
      listBeneficiaries: 'beneficiaries',
      listWithdrawals: 'withdrawals',
      listDeposits: 'deposits',
    };
    for (const [verb, about] of [...Object.entries(lists), ...Object.entries(lists)]) {
      expect((await ask(other.secret, verb)).status, verb).toBe(200);
      expect(
        (await looksAt(whose)).filter((look) => look.about === about),
        verb,
      ).toHaveLength(2);
    }
    // What nobody knows the wallet of is nobody's, and who sees it masked looks at nobody.
    const viewer = await someOperator('viewer');
    await noteKeyPayments(viewer, { about: 'deposits', isList: false }, [wallet.id, null]);
    expect(await looksAt(whose)).toHaveLength(7);
  });

  it('has of a file everybody who is in it, however it is written, as one look', async () => {
    const [one, other, absent] = [await someCustomer(), await someCustomer(), await someCustomer()];
    const look = lookAlong(await someOperator('admin'), { way: 'export', about: 'customers' });
    await look([]);
    await look([one.id, one.id]);
    await look([one.id, other.id]);
    const [first] = await looksAt(one.id);
    expect(await looksAt(one.id)).toHaveLength(1);
    expect(await looksAt(other.id)).toEqual([first]);
    expect(await looksAt(absent.id)).toEqual([]);
  });

  it('is told to who may read the audit log, and to nobody else', async () => {
    const { id } = await someCustomer();
    for (const role of ROLES) {
      const told = listLooks(await someOperator(role), { customerId: id });
      if (role === 'auditor' || role === 'admin') expect(await told).toEqual({ items: [], nextCursor: null });
      else await expect(told).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('is read page by page, the latest first', async () => {
    const [{ id: customerId }, actor] = [await someCustomer(), await someOperator('admin')];
    for (const about of ['a', 'b', 'c'])
      await transaction((tx) => noteLook(tx, actor, { way: 'statement', about }, [customerId]));
    const first = await listLooks(actor, { customerId }, 2);
    expect(first.items.map(({ about }) => about)).toEqual(['c', 'b']);
    const rest = await listLooks(actor, { customerId, cursor: first.nextCursor ?? '' }, 2);
    expect(rest.items.map(({ about }) => about)).toEqual(['a']);
  });

  it('is kept: nobody changes it or takes it away', async () => {
    const [{ id }, actor] = [await someCustomer(), await someOperator('admin')];
    await notePage(actor, id);
    await expect(db().dataLook.updateMany({ data: { actorName: 'somebody else' } })).rejects.toThrow();
    await expect(db().dataLookCustomer.deleteMany({ where: { customerId: id } })).rejects.toThrow();
    await expect(db().dataLook.deleteMany({})).rejects.toThrow();
    expect(await looksAt(id)).toHaveLength(1);
  });
});

it('somebody reveals so many people in a day, and then no more until some are a day old', async () => {
  const [support, colleague] = [await someOperator('support'), await someOperator('support')];
  const { id: subjectId } = await someCustomer();
  const at = new Date(Date.now() - 3_600_000);
  const over = { subjectType: 'customer', subjectId, reason, at, expiresAt: new Date(at.getTime() + 60_000) };
  await db().reveal.createMany({
    data: Array.from({ length: REVEALS_A_DAY - 1 }, () => ({ ...over, operatorId: support.id })),
  });
  const next = { subject: 'customer', reason } as const;
  await revealPerson(support, { ...next, id: (await someCustomer()).id });
  const { id } = await someCustomer();
  await expect(revealPerson(support, { ...next, id })).rejects.toMatchObject({
    code: 'reveals_spent',
    details: { most: REVEALS_A_DAY },
  });
  expect(await looksAt(id)).toEqual([]);
  await expect(revealPerson(colleague, { ...next, id })).resolves.toMatchObject({ subjectId: id });
  vi.useFakeTimers({ toFake: ['Date'], now: at.getTime() + 24 * 3_600_000 + 1 });
  await expect(revealPerson(support, { ...next, id })).resolves.toMatchObject({ subjectId: id });
});
