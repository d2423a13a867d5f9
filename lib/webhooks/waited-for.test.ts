import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { approvals } from '~/lib/api/approvals';
import { EventMessage } from '~/lib/api/events';
import { publicId, publicNumber } from '~/lib/api/ids';
import { statements } from '~/lib/api/statements';
import { TOLD_ACTIONS } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { askStatement } from '~/lib/statements/ask';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { queued, type Receiver, startReceiver } from '~/lib/testing/receiver';
import { made } from '~/lib/testing/statements';
import { deliverWebhooks } from '~/lib/webhooks/deliver';
import { createEndpoint } from '~/lib/webhooks/endpoints';

process.env.WEBHOOK_ALLOWED_NETWORKS = '127.0.0.0/8';
process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let [admin, operator]: OperatorActor[] = [];
let receiver: Receiver;
let [wallet, other]: OpenWallet[] = [];

beforeAll(async () => {
  admin = await someOperator('admin');
  operator = await someOperator();
  wallet = await someWallet();
  other = await someWallet();
  await fundWallet(wallet, 5_000n);
  await drain();
  receiver = await startReceiver();
  const patterns = ['statement.*', 'approval.*'];
  await createEndpoint(admin, { name: 'Backend', url: receiver.url, patterns });
});
afterAll(() => receiver.close());
afterAll(() => {
  delete process.env.WEBHOOK_ALLOWED_NETWORKS;
});

async function drain(): Promise<void> {
  await queued();
  while ((await deliverWebhooks()) > 0);
}

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC' }).format(new Date());
const asked = (day: string, walletId = wallet?.id ?? '') =>
  askStatement(operator as OperatorActor, {
    ...{ scope: 'wallet', scopeId: walletId, from: day, to: day },
    ...{ timeZone: 'UTC', format: 'pdf', locale: 'en' },
  });

/** What came of one thing, in its order. */
async function toldOf(id: string) {
  await drain();
  const messages = receiver.received.map(({ json }) => json).filter(({ subject }) => subject.id === id);
  for (const message of messages) expect(EventMessage.safeParse(message).error).toBeUndefined();
  return messages;
}

it('a statement that is ready comes as the API shows it, and its file can be taken', async () => {
  const { id } = await made(await asked(today));
  const [message, ...more] = await toldOf(publicId('statement', id));
  expect(more).toEqual([]);
  expect(message).toMatchObject({
    type: 'statement.ready',
    subject: { object: 'statement' },
    wallet_id: publicId('wallet', wallet?.id ?? ''),
    data: { status: 'ready', wallet_id: publicId('wallet', wallet?.id ?? '') },
  });
  expect(statements.get.answer.parse(message.resource)).toMatchObject({ status: 'ready', lines: 1 });
  const { secret } = await someKey(['statements:read', 'wallets:read']);
  const { body } = await ask(secret, 'downloadStatement', { params: { id: message.resource.id } });
  expect(body.length).toBe(message.resource.size);
});

it('one that can’t be made is told of as well, with why', async () => {
  // Whoever asked may take nothing away by now.
  const statement = await asked(today);
  await db().operator.update({ where: { id: operator?.id ?? '' }, data: { role: 'viewer' } });
  const { id } = await made(statement);
  await db().operator.update({ where: { id: operator?.id ?? '' }, data: { role: 'operator' } });
  const [message] = await toldOf(publicId('statement', id));
  expect(message).toMatchObject({
    type: 'statement.failed',
    data: { status: 'failed', failure_code: 'asker_gone' },
    resource: { status: 'failed', failure: 'asker_gone' },
  });
});

it('what moves money and waits is told when it is asked and when it ends, with its approval', async () => {
  const { id } = await requestAdjustment(operator as OperatorActor, {
    ...{ fromWalletId: wallet?.id ?? '', toWalletId: other?.id ?? '', amount: 400n, reason: 'Twice' },
    requestId: 'an adjustment',
  });
  await drain();
  await approveAdjustment(await someOperator('approver'), { adjustmentId: id });
  const approval = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
  const messages = await toldOf(publicId('approval', approval.id));
  expect(messages.map(({ type, data }) => [type, data])).toEqual([
    ['approval.asked', { status: 'waiting', action: 'adjustment.post', asset: 'MXN', amount: '400' }],
    ['approval.approved', { status: 'approved', action: 'adjustment.post', asset: 'MXN', amount: '400' }],
  ]);
  for (const { resource } of messages)
    expect(approvals.get.answer.parse(resource)).toMatchObject({ subject_id: publicId('adjustment', id) });
});

it('each that the platform may follow is told of by PostgreSQL, and no other', async () => {
  const triggers = await db().$queryRaw<{ text: string }[]>`
    SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgfoid = 'tell_money_approvals'::regproc`;
  expect(triggers).toHaveLength(2);
  for (const { text } of triggers)
    expect([...text.matchAll(/'(\w+\.\w+)'/g)].map(([, action]) => action)).toEqual(TOLD_ACTIONS);
});

it('of who works here nobody else hears: neither by an endpoint nor by reading the events', async () => {
  const before = receiver.received.length;
  await db().$executeRaw`
    INSERT INTO outbox_events (type, subject_kind, subject_id, actor_kind, actor_id, data)
    VALUES ('approval.asked', 'approval', 'somebody', 'operator', 'x', '{}')`;
  const { id } = await db().outboxEvent.findFirstOrThrow({ where: { subjectId: 'somebody' } });
  await drain();
  expect(receiver.received).toHaveLength(before);
  const { secret } = await someKey(['events:read', 'wallets:read']);
  const { status } = await ask(secret, 'getEvent', {
    params: { id: publicNumber('event', id) },
  });
  expect(status).toBe(404);
  const later = { type: 'wallet.opened', subjectKind: 'wallet', subjectId: randomUUID() };
  await db().outboxEvent.create({ data: { ...later, actorKind: 'system', actorId: 'x', data: {} } });
  // An event is read once nothing that began before it is under way, in any database of the server.
  await expect.poll(() => listed(secret)).toContain(publicId('wallet', later.subjectId));
  expect(await listed(secret)).not.toContain('somebody');
});

/** What every event that a key may read is about. */
async function listed(secret: string): Promise<string[]> {
  const subjects: string[] = [];
  let place: string | null = null;
  for (let more = true; more; ) {
    const query: Record<string, string> = { limit: '100', ...(place !== null && { cursor: place }) };
    const { body } = await ask(secret, 'listEvents', { query });
    subjects.push(...body.data.map(({ subject }: { subject: { id: string } }) => subject.id));
    [place, more] = [body.next_cursor, body.has_more];
  }
  return subjects;
}
