import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { publicId, uuidOf } from '~/lib/api/ids';
import type { RuledAction } from '~/lib/approvals/actions';
import { changeRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { ask, someKey } from '~/lib/testing/api';
import { audited } from '~/lib/testing/audited';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someCustomer, someOperator, someWallet } from '~/lib/testing/factories';
import { closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { freezeTogether, reopenTogether, unfreezeTogether } from '~/lib/wallets/together';

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
const reopenAll: Undo = ({ customerId }) => reopenTogether(operator, customerId ?? '', { reason });
const closing = { reason, closed_by: 'customer' };

describe('a web that dies before it answers, and somebody who undoes the act: asked again', () => {
  it.each<[string, object, Undo[], Undo, string]>([
    ['freezeWallet', { reason }, [], thaw, 'open'],
    ['unfreezeWallet', { reason }, [freeze], freeze, 'frozen'],
    ['closeWallet', closing, [], reopen, 'open'],
    ['reopenWallet', { reason }, [close], close, 'closed'],
    ['freezeCustomer', { reason }, [], thawAll, 'open'],
    ['unfreezeCustomer', { reason }, [freezeAll], freezeAll, 'frozen'],
    ['closeCustomer', closing, [], reopenAll, 'open'],
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

it('what a key does is audited as the key’s, with where it came from', async () => {
  const wallet = await someWallet();
  const { id, secret: own } = await someKey(['wallets:freeze']);
  await ask(own, 'freezeWallet', {
    ...{ params: { id: publicId('wallet', wallet.id) }, body: { reason } },
    headers: { 'x-forwarded-for': '203.0.113.9' },
  });
  expect(await audited({ subjectId: wallet.id, action: 'wallet.frozen' })).toMatchObject([
    { actorKind: 'key', actorId: id, reason, ip: '203.0.113.9' },
  ]);
});

describe('what a rule has somebody decide on', () => {
  const rules: { action: RuledAction; rule: string }[] = [];
  const rule = (action: RuledAction, mode: 'on' | 'off', known?: string) =>
    changeRule(system('setup'), {
      ...{ action, name: action, mode, rule: known },
      ...{ conditions: {}, steps: [{ people: 1 }] },
    });
  beforeAll(async () => {
    for (const action of ['wallet.freeze', 'wallet.close'] as const)
      rules.push({ action, rule: (await rule(action, 'on')).id });
  });
  afterAll(async () => {
    for (const { action, rule: known } of rules) await rule(action, 'off', known);
  });

  it('is followed by its approval: by its id, by what it is about, and by what is told', async () => {
    const wallet = await someWallet();
    const id = publicId('wallet', wallet.id);
    const asked = { params: { id }, body: { reason }, headers: { 'idempotency-key': randomUUID() } };
    const waits = await ask(secret, 'freezeWallet', asked);
    expect(waits).toMatchObject({ status: 409, body: { code: 'rule_asks' } });
    const approvalId = waits.body.approval_id;
    const shown = { id: approvalId, action: 'wallet.freeze', subject_id: id, status: 'waiting' };
    expect((await ask(secret, 'getApproval', { params: { id: approvalId } })).body).toMatchObject(shown);
    const list = await ask(secret, 'listApprovals', { query: { subject_id: id } });
    expect(list.body.data).toMatchObject([shown]);

    // Asked anew it waits as it did, also where the answer was lost.
    const anew = await ask(secret, 'freezeWallet', { ...asked, headers: {} });
    expect(anew.body).toMatchObject({ code: 'approval_waits', approval_id: approvalId });
    await db().apiRequest.updateMany({
      where: { idempotencyKey: asked.headers['idempotency-key'] },
      data: { status: null, body: null, leaseUntil: new Date(0) },
    });
    expect((await ask(secret, 'freezeWallet', asked)).body).toMatchObject({
      ...{ code: 'rule_asks', approval_id: approvalId },
    });

    await decideApproval(await someOperator('approver'), {
      ...{ approvalId: uuidOf('approval', approvalId) ?? '', verdict: 'declined', reason: 'Not so' },
    });
    const told = await db().outboxEvent.findMany({
      where: { subjectKind: 'money_approval', subjectId: uuidOf('approval', approvalId) ?? '' },
      orderBy: { id: 'asc' },
    });
    expect(told.map(({ type, walletId, data }) => ({ type, walletId, data }))).toEqual([
      ...[
        { type: 'approval.asked', walletId: wallet.id, data: { action: 'wallet.freeze', status: 'waiting' } },
      ],
      ...[
        {
          type: 'approval.declined',
          walletId: wallet.id,
          data: { action: 'wallet.freeze', status: 'declined' },
        },
      ],
    ]);
  });

  it('of a whole customer is about the customer', async () => {
    const { customerId } = await someWallet();
    const id = publicId('customer', customerId ?? '');
    const { body } = await ask(secret, 'closeCustomer', { params: { id }, body: closing });
    expect(body.code).toBe('rule_asks');
    const approval = await ask(secret, 'getApproval', { params: { id: body.approval_id } });
    expect(approval.body).toMatchObject({ action: 'wallet.close', subject_id: id });
  });
});

describe('another asset of a wallet', () => {
  it('is enabled once, and its opening given up once', async () => {
    const wallet = await someWallet();
    const params = { id: publicId('wallet', wallet.id) };
    const enable = (key: string) =>
      ask(secret, 'enableWalletAsset', {
        params,
        body: { asset: 'USD' },
        headers: { 'idempotency-key': key },
      });
    const held = await enable(`usd-${wallet.id}`);
    expect(held).toMatchObject({ status: 201, body: { balances: [{ asset: 'MXN' }, { asset: 'USD' }] } });
    const again = await enable(`again-${wallet.id}`);
    expect(again).toMatchObject({ status: 422, body: { pointer: '/asset' } });
    const ended = await ask(secret, 'cancelWalletOpening', { params, body: { asset: 'USD', reason } });
    expect(ended.body.code).toBe('already_decided');
  });

  it('that is opening on a rail is given up alone; the wallet with its last one', async () => {
    const customer = await someCustomer();
    const made = await ask(secret, 'createWallet', {
      body: { customer_id: publicId('customer', customer.id), asset: 'MXN', pattern: 'A', name: 'Uno' },
    });
    const params = { id: made.body.id };
    const cancel = (body: object) => ask(secret, 'cancelWalletOpening', { params, body });
    expect((await cancel({ asset: 'MXN', reason })).body.code).toBe('last_asset');
    const ended = await cancel({ reason });
    expect(ended.body).toMatchObject({ status: 'closed', closed_by: 'platform' });
  });
});
