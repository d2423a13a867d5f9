import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { find, findAgain } from '~/lib/find/find';
import type { Found } from '~/lib/find/found';
import { refOf } from '~/lib/find/things';
import { readerOf } from '~/lib/people/reveals';
import { restoredCustomer, storedCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  type OpenWallet,
  someClabe,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';

withTestDatabase();

const CLABE = someClabe('012');
let wallet: OpenWallet;
let withdrawal: { id: string; transferId: string | null };

beforeAll(async () => {
  wallet = await someWallet();
  await fundWallet(wallet, 123_456n);
  await restoredCustomer(wallet.customerId ?? '', {
    ...{ name: 'Zoraida Ibargüengoitia', taxId: 'IOZX900101QW5', externalId: 'user-9917' },
  });
  const sent = await someSentWithdrawal(wallet, await someOperator(), { destination: CLABE });
  withdrawal = await db().withdrawal.findUniqueOrThrow({ where: { id: sent.id } });
  await db().transfer.create({
    data: {
      ...{ id: 'tr_found', direction: 'inbound', state: 'succeeded', status: 'succeeded', asset: 'MXN' },
      ...{
        amount: 59_013n,
        accountId: wallet.accountId,
        mode: 'test',
        origin: 'webhook',
        walletId: wallet.id,
      },
      ...{ transactedAt: new Date(), counterpartyName: 'Ramiro', trackingKey: 'MBAN01002611260004455667' },
    },
  });
});

async function someCustomer(name: string, facts: { taxId?: string; email?: string } = {}): Promise<string> {
  const { id } = await storedCustomer({ name, ...facts });
  return id;
}

const brief = (found: Found[]) => found.map(({ kind, id }) => [kind, id]);

describe('from anywhere', () => {
  it('a customer is found by name in any spelling, by tax id and by their id at the platform, with what they have', async () => {
    for (const typed of ['zoraida', 'IBARGUENGOITIA', 'Iozx900101qw5', 'user-9917', wallet.customerId ?? ''])
      expect(brief(await find(ANYBODY, typed)), typed).toContainEqual(['customer', wallet.customerId]);
    const [customer] = await find(ANYBODY, 'zoraida');
    expect(customer).toMatchObject({
      ...{ kind: 'customer', name: 'Zoraida Ibargüengoitia', detail: 'IOZX900101QW5' },
      money: [{ asset: 'MXN', amount: expect.any(BigInt) }],
    });
  });

  it('a name that is nearly so finds who was meant; one that is spelt so finds nobody else', async () => {
    expect(brief(await find(ANYBODY, 'soraida ibarguengoytia'))).toEqual([['customer', wallet.customerId]]);
    expect(await find(ANYBODY, 'wenceslao kowalski')).toEqual([]);
  });

  it('slips are forgiven: letters that changed places, one too many, one that is missing, in a short name too', async () => {
    for (const typed of [
      'Zoradia',
      'zoraida ibarguengoitai',
      'Zorraida',
      'Ibargengoitia',
      'Ibarguengoitia Soraida',
    ])
      expect(brief(await find(ANYBODY, typed)), typed).toEqual([['customer', wallet.customerId]]);
    const juan = await someCustomer('Juan Hu');
    expect(brief(await find(ANYBODY, 'jaun'))).toEqual([['customer', juan]]);
  });

  it('who is called just so comes first, before who begins so and who only has the word', async () => {
    const ids: string[] = [];
    for (const name of [
      'Abril',
      'Abril Zúñiga',
      'María Abril',
      'Rosa Abril',
      'Eva Abril',
      'Ada Abril',
      'Luz Abril',
    ])
      ids.push(await someCustomer(name));
    const found = (await find(ANYBODY, 'ABRIL')).filter(({ kind }) => kind === 'customer');
    expect(found).toHaveLength(5);
    expect(found.slice(0, 2).map(({ id }) => id)).toEqual(ids.slice(0, 2));
  });

  it('two of one name are told apart: by tax id, since when, and an e-mail that is masked for everybody', async () => {
    const twins = [
      await someCustomer('Gemela Igual', { taxId: 'GEIA900101AA1', email: 'ana.igual@correo.test' }),
      await someCustomer('Gemela Igual', { taxId: 'GEIB910202BB2', email: 'bea.igual@correo.test' }),
    ];
    const found = await find(ANYBODY, 'gemela igual');
    expect(found.map(({ id }) => id).sort()).toEqual([...twins].sort());
    expect(new Set(found.map(({ detail }) => detail)).size).toBe(2);
    expect(JSON.stringify(found)).not.toContain('ana.igual');
    expect(found.every(({ at, email }) => at !== null && email.endsWith('@correo.test'))).toBe(true);
  });

  it('a wallet is found by its name and CLABE, with its balance and state', async () => {
    for (const typed of [wallet.name, wallet.number, wallet.id])
      expect(brief(await find(ANYBODY, typed)), typed).toContainEqual(['wallet', wallet.id]);
    const found = (await find(ANYBODY, wallet.number)).find(({ kind }) => kind === 'wallet');
    expect(found).toMatchObject({
      detail: 'Zoraida Ibargüengoitia',
      status: { kind: 'wallet', code: 'open' },
    });
  });

  it('a payment is found by its key, whole or its visible end, by its amount, by the other side’s CLABE and by id', async () => {
    for (const typed of ['MBAN01002611260004455667', '455667', '590.13', 'tr_found'])
      expect(brief(await find(ANYBODY, typed)), typed).toContainEqual(['deposit', 'tr_found']);
    for (const typed of [CLABE, withdrawal.id])
      expect(brief(await find(ANYBODY, typed)), typed).toContainEqual(['withdrawal', withdrawal.id]);
  });

  it('a rail’s id leads to what it is; one that nothing has leads nowhere', async () => {
    expect(brief(await find(ANYBODY, wallet.accountId))).toEqual([['account', wallet.accountId]]);
    expect(brief(await find(ANYBODY, wallet.numberId))).toEqual([['number', wallet.numberId]]);
    expect(await find(ANYBODY, 'evt_nothing')).toEqual([]);
    expect(await find(ANYBODY, '01890a5d-ac96-774b-bcce-b302099a8057')).toEqual([]);
  });

  it('an id of what has no page of its own leads to whose it is', async () => {
    const portfolio = await db().portfolio.create({
      data: { customerId: wallet.customerId ?? '', name: 'Nómina' },
    });
    expect(brief(await find(ANYBODY, portfolio.id.toUpperCase()))).toEqual([['customer', wallet.customerId]]);
    const { id } = await db().ledgerTransaction.findFirstOrThrow();
    expect(brief(await find(ANYBODY, `#${id}`))).toEqual([['transaction', String(id)]]);
    const terms = await db().walletTerms.findFirstOrThrow();
    expect(await find(ANYBODY, terms.id)).toEqual([]);
    expect(brief(await find(await readerOf(await someOperator('auditor')), terms.id))).toEqual([
      ['terms', terms.id],
    ]);
  });

  it('what was opened before is told as it is now, in that order, to who may see it', async () => {
    const refs = [`deposit:tr_found`, `wallet:${wallet.id}`, `customer:${wallet.customerId}`].flatMap(
      (text) => refOf(text) ?? [],
    );
    const again = await findAgain(ANYBODY, refs);
    expect(brief(again)).toEqual([
      ['deposit', 'tr_found'],
      ['wallet', wallet.id],
      ['customer', wallet.customerId],
    ]);
    await db().wallet.update({
      where: { id: wallet.id },
      data: { status: 'frozen', frozenDeposits: 'suspend', frozenDirection: 'both' },
    });
    expect((await findAgain(OUTSIDER, refs)).map(({ status }) => status?.code)).toEqual([
      ...['succeeded', 'frozen', 'frozen'],
    ]);
    for (const text of [
      '',
      'wallet',
      'wallet:1',
      'nothing:1',
      "deposit:x'",
      'transaction:-1',
      '__proto__:tr_x',
    ])
      expect(refOf(text), text).toBeNull();
  });

  it('who sees tax ids masked sees them masked here, and nothing is looked for by one letter', async () => {
    const [customer] = await find(OUTSIDER, 'zoraida');
    expect(customer?.detail).not.toContain('900101');
    expect(await find(ANYBODY, 'z')).toEqual([]);
    expect(await find(ANYBODY, '  ​ ')).toEqual([]);
  });
});
