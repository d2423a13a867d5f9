import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { suggestedWallets } from '~/lib/deposits/suggestions';
import { restoredCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import {
  type OpenWallet,
  someAccount,
  someClabe,
  someNumber,
  someOperator,
  someWallet,
} from '~/lib/testing/factories';
import { freezeWallet } from '~/lib/wallets/status';
import type { Prisma } from '~/prisma/generated/client';

withTestDatabase();

let accountId: string;
let operator: OperatorActor;
let serial = 0;

beforeAll(async () => {
  operator = await someOperator();
  accountId = (await someAccount({ isRoot: true })).id;
});

/** A deposit that stands in suspense, unless it is said whose it is. */
async function deposit(facts: Partial<Prisma.TransferUncheckedCreateInput> = {}): Promise<string> {
  serial += 1;
  const { id } = await db().transfer.create({
    data: {
      ...{
        id: `tr_${serial}`,
        direction: 'inbound',
        state: 'succeeded',
        status: 'succeeded',
        asset: 'MXN',
        amount: 5_000n,
      },
      ...{ accountId, mode: 'test', origin: 'webhook', transactedAt: new Date() },
      ...{ counterpartyName: 'NADIE CONOCIDO', counterpartyNumber: someClabe('012') },
      ...(!facts.walletId && { suspenseReason: 'unknown_number', suspenseSince: new Date() }),
      ...facts,
    },
  });
  return id;
}

async function suggested(facts: Partial<Prisma.TransferUncheckedCreateInput>) {
  const id = await deposit(facts);
  return ((await suggestedWallets(operator, [id])).get(id) ?? []).map(({ walletId, evidence, score }) => [
    walletId,
    evidence.join(' '),
    score,
  ]);
}

async function walletOf(facts: Parameters<typeof restoredCustomer>[1]): Promise<OpenWallet> {
  const wallet = await someWallet();
  await restoredCustomer(wallet.customerId ?? '', facts);
  return wallet;
}

describe('whose money in suspense may be', () => {
  it('is nobody’s of whom nothing speaks', async () => {
    await someWallet();
    expect(await suggested({})).toEqual([]);
    expect(await suggested({ counterpartyName: null, counterpartyNumber: null })).toEqual([]);
  });

  it('is told by the number that it was sent to, also one that the wallet has no more', async () => {
    const wallet = await someWallet();
    const former = await someNumber(wallet.accountId, { metadata: { wallet_id: wallet.id } });
    expect(await suggested({ accountNumberId: wallet.numberId })).toEqual([[wallet.id, 'number', 80]]);
    expect(await suggested({ accountNumberId: former.id })).toEqual([[wallet.id, 'number', 80]]);
    const garbled = await someNumber(accountId, { metadata: { wallet_id: 'none' } });
    expect(await suggested({ accountNumberId: garbled.id })).toEqual([]);
  });

  it('is told by the account that it stands in, of a wallet with its own', async () => {
    const wallet = await someWallet({ pattern: 'B' });
    expect(await suggested({ accountId: wallet.accountId })).toEqual([[wallet.id, 'account', 70]]);
  });

  it('is told by the name of who sent it, however it is written, and by one that is nearly the same', async () => {
    const wallet = await walletOf({ name: 'Ximena Ibargüengoitia Peña' });
    expect(await suggested({ counterpartyName: 'XIMENA IBARGUENGOITIA PENA' })).toEqual([
      [wallet.id, 'name', 50],
    ]);
    // Banks put the surnames first, or leave one out.
    expect(await suggested({ counterpartyName: 'IBARGUENGOITIA PENA XIMENA' })).toEqual([
      [wallet.id, 'similar', 25],
    ]);
    expect(await suggested({ counterpartyName: 'XIMENA IBARGUENGOITIA' })).toEqual([
      [wallet.id, 'similar', 25],
    ]);
    expect(await suggested({ counterpartyName: 'PEDRO IBARRA' })).toEqual([]);
  });

  it('is told by what its concept or reference names', async () => {
    const wallet = await walletOf({ taxId: 'IOPX900101QW5', externalId: 'user-88172' });
    const expected = [[wallet.id, 'reference', 70]];
    expect(await suggested({ comment: 'Abono a mi cuenta user-88172, gracias' })).toEqual(expected);
    expect(await suggested({ comment: 'rfc iopx900101qw5' })).toEqual(expected);
    expect(await suggested({ comment: `CLABE ${wallet.number}` })).toEqual(expected);
    expect(await suggested({ referenceId: 'user-88172' })).toEqual(expected);
  });

  it('is told by whom the sender paid before, more so with the same amount; and all of it counts together', async () => {
    const from = someClabe('072');
    const [wallet, other] = [await walletOf({ name: 'Zoraida Quetzalli' }), await someWallet()];
    for (const amount of [700n, 700n])
      await deposit({ walletId: wallet.id, counterpartyNumber: from, amount });
    await deposit({ walletId: other.id, counterpartyNumber: from, amount: 900n });
    expect(await suggested({ counterpartyNumber: from, amount: 700n })).toEqual([
      [wallet.id, 'sender amount', 72],
      [other.id, 'sender', 60],
    ]);
    expect(
      await suggested({
        counterpartyNumber: from,
        amount: 700n,
        counterpartyName: 'Zoraida Quetzalli',
        accountNumberId: wallet.numberId,
      }),
    ).toEqual([
      [wallet.id, 'number sender name amount', 97],
      [other.id, 'sender', 60],
    ]);
  });

  it('is never a wallet that can’t be credited', async () => {
    const wallet = await someWallet();
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Ordered by a court' });
    expect(await suggested({ accountNumberId: wallet.numberId })).toEqual([]);
    const open = await someWallet();
    expect(await suggested({ accountNumberId: open.numberId, asset: 'CLP' })).toEqual([]);
  });

  it('is told of a whole list at once', async () => {
    const [one, two] = [await someWallet(), await someWallet()];
    const ids = [
      await deposit({ accountNumberId: one.numberId }),
      await deposit({ accountNumberId: two.numberId }),
      await deposit(),
    ];
    const found = await suggestedWallets(operator, ids);
    expect(ids.map((id) => found.get(id)?.map(({ walletId }) => walletId))).toEqual([
      [one.id],
      [two.id],
      undefined,
    ]);
    expect(await suggestedWallets(operator, [])).toEqual(new Map());
    // Whom a sender paid before is nobody's business who may not assign it.
    expect(await suggestedWallets(await someOperator('support'), ids)).toEqual(new Map());
  });
});
