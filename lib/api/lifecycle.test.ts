import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { db } from '~/lib/db';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { freezeTogether, unfreezeTogether } from '~/lib/wallets/together';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let secret: string;
let operator: OperatorActor;
beforeAll(async () => {
  ({ secret } = await someKey());
  operator = await someOperator();
});

const reason = 'Because it has to be';
type Undo = (wallet: OpenWallet) => Promise<unknown>;
const freeze: Undo = ({ id: walletId }) => freezeWallet(operator, { walletId, reason });
const thaw: Undo = ({ id: walletId }) => unfreezeWallet(operator, { walletId, reason });
const close: Undo = ({ id: walletId }) => closeWallet(operator, { walletId, reason, closedBy: 'customer' });
const reopen: Undo = ({ id: walletId }) => reopenWallet(operator, { walletId, reason });
const customer = ({ customerId }: OpenWallet) => ({ subject: 'customer', id: customerId ?? '' }) as const;
const freezeAll: Undo = (wallet) => freezeTogether(operator, customer(wallet), { reason });
const thawAll: Undo = (wallet) => unfreezeTogether(operator, customer(wallet), { reason });
const closing = { reason, closed_by: 'customer' };

describe('a web that dies before it answers, and somebody who undoes the act: asked again', () => {
  it.each<[string, object, Undo[], Undo, string]>([
    ['freezeWallet', { reason }, [], thaw, 'open'],
    ['unfreezeWallet', { reason }, [freeze], freeze, 'frozen'],
    ['closeWallet', closing, [], reopen, 'open'],
    ['reopenWallet', { reason }, [close], close, 'closed'],
    ['freezeCustomer', { reason }, [], thawAll, 'open'],
    ['unfreezeCustomer', { reason }, [freezeAll], freezeAll, 'frozen'],
    ['closeCustomer', closing, [], reopen, 'open'],
  ])('%s is not done anew', async (operation, body, before, undo, status) => {
    const wallet = await someWallet();
    for (const act of before) await act(wallet);
    const id = operation.endsWith('Customer')
      ? publicId('customer', wallet.customerId ?? '')
      : publicId('wallet', wallet.id);
    const key = randomUUID();
    const asked = { params: { id }, body, headers: { 'idempotency-key': key } };
    expect((await ask(secret, operation, asked)).status).toBe(200);
    await db().apiRequest.updateMany({
      where: { idempotencyKey: key },
      data: { status: null, body: null, leaseUntil: new Date(0) },
    });
    await undo(wallet);
    expect((await ask(secret, operation, asked)).status).toBe(200);
    expect((await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } })).status).toBe(status);
  });
});
