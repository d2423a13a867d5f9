import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { find } from '~/lib/find/find';
import type { Found } from '~/lib/find/found';
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
  await db().customer.update({
    where: { id: wallet.customerId ?? '' },
    data: { name: 'Zoraida Ibargüengoitia', taxId: 'IOZX900101QW5', externalId: 'user-9917' },
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

  it('who sees tax ids masked sees them masked here, and nothing is looked for by one letter', async () => {
    const [customer] = await find(OUTSIDER, 'zoraida');
    expect(customer?.detail).not.toContain('900101');
    expect(await find(ANYBODY, 'z')).toEqual([]);
    expect(await find(ANYBODY, '  ​ ')).toEqual([]);
  });
});
