import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { countConflicts, KEPT_PER_EVENT, seeConflicts } from '~/lib/inbox/conflicts';
import { listEvents } from '~/lib/inbox/read';
import { receiveDelivery } from '~/lib/inbox/receive';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';

process.env.FINTOC_WEBHOOK_SECRET = `${WEBHOOK_SECRET}, whsec_before`;
withTestDatabase();

const someEvent = () => fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
const stored = (id: string) => db().inboxEvent.findUniqueOrThrow({ where: { id } });
const kept = (eventId: string) => db().inboxConflict.findMany({ where: { eventId }, orderBy: { id: 'asc' } });
const audited = (id: string) =>
  db().auditEntry.count({ where: { action: 'inbox_event.contradicted', subjectId: id } });
const changed = (event: ReturnType<typeof someEvent>, amount: number) => ({
  ...event,
  data: { ...event.data, amount },
});

describe('an event that comes with another content', () => {
  it('leaves the second word for word, with its secret, its headers and an audit row; the first stands', async () => {
    const event = someEvent();
    const body = JSON.stringify(event);
    expect(await deliver(body)).toBe(200);
    const other = `${JSON.stringify(changed(event, 990_000))}\n`;
    const headers = new Headers({
      'fintoc-signature': createWebhookSignature(other, 'whsec_before'),
      'user-agent': 'Somebody/2',
      cookie: 'private',
    });
    expect(await receiveDelivery(headers, other)).toEqual({ status: 200 });
    expect(await stored(event.id)).toMatchObject({ body, duplicates: 1, conflicts: 1, state: 'received' });
    const [row, ...more] = await kept(event.id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      body: other,
      bodyBytes: other.length,
      verifiedBy: 'environment',
      headers: { 'user-agent': 'Somebody/2' },
      deliveries: 1,
      seenAt: null,
    });
    expect(JSON.stringify(row?.headers)).not.toContain('private');
    expect(await audited(event.id)).toBe(1);
  });

  it('posts what came first, once', async () => {
    const wallet = await someWallet();
    const data = fintocTransfer({ accountId: wallet.accountId, numberId: wallet.numberId, amount: 700 });
    const event = fintocEvent(data);
    await deliver(event);
    await deliver(changed(event, 990_000));
    await drain();
    await deliver(changed(event, 990_000));
    await drain();
    expect(await balanceOf(`wallet/${wallet.id}/available`)).toBe(700n);
    await expectSoundBooks();
  });

  it('is kept once, however often and by however many it comes at the same moment', async () => {
    const event = someEvent();
    await deliver(event);
    await Promise.all(Array.from({ length: 20 }, () => deliver(changed(event, 1))));
    expect(await kept(event.id)).toMatchObject([{ deliveries: 20 }]);
    expect(await audited(event.id)).toBe(1);
    expect(await stored(event.id)).toMatchObject({ duplicates: 20, conflicts: 20 });
  });

  it('is told from a repetition, also one that is only written otherwise', async () => {
    const event = someEvent();
    await deliver(event);
    await deliver(event);
    const { id, ...rest } = event;
    await deliver(JSON.stringify({ ...rest, id }, null, 2));
    expect(await stored(event.id)).toMatchObject({ duplicates: 2, conflicts: 0 });
    expect(await kept(event.id)).toEqual([]);
  });

  it('without end leaves so many contents and no more, cut short; the rest is counted', async () => {
    const event = someEvent();
    await deliver(event);
    for (let nth = 0; nth < KEPT_PER_EVENT + 5; nth += 1)
      await deliver({ ...changed(event, nth + 1), padding: 'x'.repeat(100_000) });
    const rows = await kept(event.id);
    expect(rows).toHaveLength(KEPT_PER_EVENT);
    expect(rows[0]?.body).toHaveLength(64_000);
    expect(rows[0]?.bodyBytes).toBeGreaterThan(100_000);
    expect(await stored(event.id)).toMatchObject({ conflicts: KEPT_PER_EVENT + 5 });
  });
});

describe('a conflict', () => {
  it('is found by its mark and counted until somebody has looked, and said so', async () => {
    const [event, calm] = [someEvent(), someEvent()];
    for (const each of [event, calm]) await deliver(each);
    const before = await countConflicts();
    await deliver(changed(event, 1));
    await deliver(changed(event, 2));
    expect(await countConflicts()).toBe(before + 1);
    const found = (await listEvents(ANYBODY, { marks: ['conflicting'] })).items.map(({ id }) => id);
    expect(found).toContain(event.id);
    expect(found).not.toContain(calm.id);

    await expect(
      seeConflicts(await someOperator('viewer'), { eventId: event.id, reason: 'no' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const operator = await someOperator();
    await seeConflicts(operator, { eventId: event.id, reason: 'Compared at Fintoc' });
    expect(await countConflicts()).toBe(before);
    expect(await kept(event.id)).toMatchObject([{ seenById: operator.id }, { seenById: operator.id }]);
    await seeConflicts(operator, { eventId: event.id, reason: 'again' });
    await expect(
      seeConflicts(await someOperator(), { eventId: event.id, reason: 'again' }),
    ).rejects.toMatchObject({
      code: 'already_decided',
      details: { act: 'inbox_event.contradiction_seen', by: operator.name, at: expect.any(String) },
    });
    await deliver(changed(event, 2));
    expect(await countConflicts(), 'what was looked at calls for nobody again').toBe(before);
    await deliver(changed(event, 3));
    expect(await countConflicts()).toBe(before + 1);
    expect(
      await db().auditEntry.findMany({ where: { subjectId: event.id, actorKind: 'operator' } }),
    ).toMatchObject([{ action: 'inbox_event.contradiction_seen', reason: 'Compared at Fintoc' }]);
  });
});
