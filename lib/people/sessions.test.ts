import { expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import {
  endOtherSessions,
  endOwnSession,
  endSessionsOf,
  listOwnSessions,
  openSession,
  operatorOf,
  seeSession,
  signOut,
} from '~/lib/people/sessions';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const PLACE = { ip: '192.0.2.1', userAgent: 'Browser' };
const open = (actor: OperatorActor) => openSession(actor, PLACE);
const sessionOf = (id: string) => db().operatorSession.findUniqueOrThrow({ where: { id } });
const goesOn = async (id: string) => (await operatorOf(id)) !== null;
/** As if it had been opened, or somebody had been at work in it, so many minutes earlier. */
const earlier = (id: string, column: 'opened_at' | 'seen_at', minutes: number) =>
  tamper(
    `UPDATE operator_sessions SET ${column} = ${column} - make_interval(mins => $2) WHERE id = $1::uuid`,
    [id, minutes],
  );
const actsOf = (id: string) =>
  db().auditEntry.findMany({
    where: { subjectId: id, action: { contains: 'operator.s' } },
    orderBy: { id: 'asc' },
  });

it('ends where somebody signs out, for good, and nowhere else', async () => {
  const actor = await someOperator('viewer');
  const [here, there] = [await open(actor), await open(actor)];
  await signOut(actor, { sessionId: here });
  expect(await goesOn(here)).toBe(false);
  expect(await goesOn(there)).toBe(true);
  await signOut(actor, { sessionId: here });
  expect((await sessionOf(here)).endCause).toBe('signed_out');
  expect((await actsOf(actor.id)).map(({ action }) => action)).toEqual([
    'operator.signed_in',
    'operator.signed_in',
    'operator.signed_out',
  ]);
  await expect(
    db().$executeRaw`UPDATE operator_sessions SET ended_at = NULL, end_cause = NULL WHERE id = ${here}::uuid`,
  ).rejects.toThrow(/stays ended/);
});

it('ends after an hour without work, however often it is looked at, and after twelve in any case', async () => {
  const actor = await someOperator('viewer');
  const [idle, busy, old] = [await open(actor), await open(actor), await open(actor)];
  for (const id of [idle, busy]) await earlier(id, 'seen_at', 59);
  expect(await goesOn(idle)).toBe(true);
  await seeSession(busy);
  for (const id of [idle, busy]) await earlier(id, 'seen_at', 2);
  expect(await goesOn(idle)).toBe(false);
  expect(await goesOn(busy)).toBe(true);
  await seeSession(idle);
  expect(await goesOn(idle), 'seen too late').toBe(false);
  await earlier(old, 'opened_at', 12 * 60 + 1);
  expect(await goesOn(old)).toBe(false);
  expect((await listOwnSessions(actor)).map(({ id }) => id)).toEqual([busy]);
});

it('is ended from elsewhere by whose it is: one, or all but the one at hand', async () => {
  const actor = await someOperator('operator');
  const [one, two, three] = [await open(actor), await open(actor), await open(actor)];
  await endOwnSession(actor, { sessionId: one });
  expect(await Promise.all([one, two, three].map(goesOn))).toEqual([false, true, true]);
  expect(await endOtherSessions({ ...actor, sessionId: two })).toEqual({ ended: 1 });
  expect(await Promise.all([one, two, three].map(goesOn))).toEqual([false, true, false]);
  const stranger = await someOperator('admin');
  await expect(endOwnSession(stranger, { sessionId: two })).rejects.toMatchObject({ code: 'not_found' });
  expect(await goesOn(two)).toBe(true);
});

it('of somebody else is ended by an admin alone, who is written down', async () => {
  const [actor, admin] = [await someOperator('approver'), await someOperator('admin')];
  const sessions = [await open(actor), await open(actor)];
  for (const role of ['operator', 'approver', 'auditor', 'support'] as const)
    await expect(endSessionsOf(await someOperator(role), { operatorId: actor.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  expect(await endSessionsOf(admin, { operatorId: actor.id })).toEqual({ ended: 2 });
  expect(await Promise.all(sessions.map(goesOn))).toEqual([false, false]);
  expect((await actsOf(actor.id)).at(-1)).toMatchObject({
    ...{ action: 'operator.sessions_ended', actorId: admin.id, after: { ended: 2 } },
  });
});

it('ends with the access, whoever takes it, and doesn’t come back with it', async () => {
  const actor = await someOperator('viewer');
  const session = await open(actor);
  await db().operator.update({ where: { id: actor.id }, data: { disabledAt: new Date() } });
  await db().operator.update({ where: { id: actor.id }, data: { disabledAt: null } });
  expect(await goesOn(session)).toBe(false);
  expect((await sessionOf(session)).endCause).toBe('disabled');
});
