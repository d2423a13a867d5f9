import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { tryRule } from '~/lib/deciding/tryout';
import { replayEvent, replayEvents } from '~/lib/inbox/replay';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { someAccount, someOperator } from '~/lib/testing/factories';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
const RULE: NewRule = {
  ...{ action: 'event.replay', name: 'Reprocesos', mode: 'on' },
  ...{ conditions: {}, steps: [{ people: 1 }] },
};

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
});

async function taken(): Promise<string> {
  const event = fintocEvent(fintocTransfer({ accountId: (await someAccount()).id }));
  await deliver(event);
  await drain();
  return event.id;
}

const stateOf = async (id: string) => (await db().inboxEvent.findUniqueOrThrow({ where: { id } })).state;

it('an event is replayed at once, and by somebody else’s decision where a rule says so', async () => {
  const [one, two, three] = [await taken(), await taken(), await taken()];
  await replayEvent(operator, { eventId: one });
  expect(await stateOf(one)).toBe('received');

  const { id: rule } = await changeRule(system('setup'), RULE);
  const requestId = crypto.randomUUID();
  const waits = expect.objectContaining({ code: 'rule_asks' });
  await expect(replayEvent(operator, { eventId: two, requestId })).rejects.toEqual(waits);
  const before = await stateOf(two);
  expect(before).not.toBe('received');
  await expect(replayEvent(operator, { eventId: two })).rejects.toMatchObject({ code: 'approval_waits' });
  const asked = { action: 'event.replay', subjectId: two } as const;
  await expect(approveWaiting(operator, asked)).rejects.toMatchObject({ code: 'forbidden' });
  await approveWaiting(approver, asked);
  expect(await stateOf(two)).toBe('received');

  await drain();
  await expect(replayEvents(operator, { eventIds: [three, one] })).rejects.toEqual(waits);
  await approveWaiting(approver, { action: 'event.replay', subjectId: three });
  expect([await stateOf(three), await stateOf(one)]).toEqual(['received', 'received']);
  expect(await db().replay.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({ count: 2 });

  await changeRule(system('setup'), { ...RULE, rule, mode: 'off' });
  await drain();
  await replayEvent(operator, { eventId: two });
  const admin = await someOperator('admin');
  expect(await tryRule(admin, RULE)).toMatchObject({ looked: 5, waits: 5, waited: 0, totals: [] });
});
