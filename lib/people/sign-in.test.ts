import { describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { changeOperator, createOperator } from '~/lib/people/access';
import { operatorOf, type Place } from '~/lib/people/sessions';
import { signIn } from '~/lib/people/sign-in';
import type { RoleName } from '~/lib/roles';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const PASSWORD = 'correcto caballo';
const OTHER = 'batería grapa nueva';
let serial = 0;

async function person(role: RoleName = 'operator') {
  serial += 1;
  const email = `p${serial}@monedero.test`;
  const name = `P${serial}`;
  const { id } = await createOperator(system('setup'), { email, name, role, password: PASSWORD });
  const actor: OperatorActor = { kind: 'operator', id, name, role };
  return { id, email, actor };
}

const from = (ip: string): Place => ({ ip, userAgent: 'Browser' });
/** Null where it is wrong, the seconds to wait where nobody looked, else the session. */
const tried = (email: string, password: string, place?: Place) =>
  signIn(email, password, place).then(
    (who) => who?.sessionId ?? null,
    (error: { code: string; details: { seconds: number } }) =>
      error.code === 'too_many_tries' ? error.details.seconds : Promise.reject(error),
  );
const times = async (count: number, run: (nth: number) => Promise<unknown>) => {
  for (let nth = 0; nth < count; nth += 1) await run(nth);
};
/** As if it had been so long ago. */
const later = (seconds: number) =>
  db().$executeRaw`UPDATE sign_in_tries SET until = until - make_interval(secs => ${seconds})`;

it('takes the address however it is typed, and says nothing on why it refuses', async () => {
  const { id, email } = await person();
  expect(await signIn(` ${email.toUpperCase()} `, PASSWORD)).toMatchObject({ id, email });
  expect(await signIn(email, OTHER)).toBeNull();
  expect(await signIn('nobody@monedero.test', PASSWORD)).toBeNull();
});

it('is refused to who is disabled, whose sessions end and stay ended when they are enabled again', async () => {
  await person('admin');
  const { id, email } = await person();
  const session = String(await tried(email, PASSWORD));
  expect(await operatorOf(session)).toMatchObject({ id });
  await changeOperator(system('setup'), { id, role: 'operator', disabled: true });
  expect(await signIn(email, PASSWORD)).toBeNull();
  expect(await operatorOf(session)).toBeNull();
  await changeOperator(system('setup'), { id, role: 'operator', disabled: false });
  expect(await operatorOf(session)).toBeNull();
  expect(await operatorOf(String(await tried(email, PASSWORD)))).toMatchObject({ id });
});

it('is written down, and what failed as well, for addresses that nobody has too', async () => {
  const { id, email } = await person();
  const place = from('198.51.100.7');
  await tried(email, PASSWORD, place);
  await tried(email, OTHER, place);
  await tried('nobody-at-all@monedero.test', OTHER, place);
  const rows = await db().auditEntry.findMany({
    where: { action: { startsWith: 'operator.sign' } },
    orderBy: { id: 'desc' },
    take: 3,
  });
  expect(rows.map(({ action, subjectId, actorKind }) => [action, subjectId === id, actorKind])).toEqual([
    ['operator.sign_in_failed', false, 'system'],
    ['operator.sign_in_failed', true, 'system'],
    ['operator.signed_in', true, 'operator'],
  ]);
  expect(rows[0]?.after).toEqual(place);
  const kept = rows.map(({ before, after, subjectId, actorName }) => ({
    before,
    after,
    subjectId,
    actorName,
  }));
  expect(JSON.stringify(kept)).not.toMatch(/nobody-at-all|batería|correcto/);
});

describe('guessing', () => {
  it('from one place waits twice as long after each try from the sixth, and the right password ends that', async () => {
    const { email } = await person();
    const here = from('192.0.2.1');
    await times(6, async () => expect(await tried(email, OTHER, here)).toBeNull());
    expect(await tried(email, PASSWORD, here), 'the right one isn’t looked at either').toBe(1);
    await later(1);
    expect(await tried(email, OTHER, here)).toBeNull();
    expect(await tried(email, OTHER, here)).toBe(2);
    await later(2);
    expect(await tried(email, OTHER, here)).toBeNull();
    expect(await tried(email, OTHER, here)).toBe(4);
    await later(4);
    expect(await tried(email, PASSWORD, here)).toEqual(expect.any(String));
    await times(5, async () => expect(await tried(email, OTHER, here)).toBeNull());
    expect(await tried(email, PASSWORD, here), 'five are forgiven').toEqual(expect.any(String));
  });

  it('keeps nobody out who sits elsewhere', async () => {
    const { email } = await person();
    await times(8, () => tried(email, OTHER, from('192.0.2.2')));
    expect(await tried(email, PASSWORD, from('192.0.2.2'))).toEqual(expect.any(Number));
    expect(await tried(email, PASSWORD, from('192.0.2.3'))).toEqual(expect.any(String));
  });

  it('thirty at once is thirty: six are looked at', async () => {
    const { email } = await person();
    const began = Date.now();
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => tried(email, OTHER, from('192.0.2.4'))),
    );
    const looked = outcomes.filter((outcome) => outcome === null).length;
    expect(looked).toBeGreaterThanOrEqual(6);
    // The sixth costs a second, the next two, and so on: where thirty take longer than that, it is one more.
    expect(looked).toBeLessThanOrEqual(6 + Math.floor(Math.log2((Date.now() - began) / 1000 + 1)));
  });

  it('from many places at one person slows all of them down, for half a minute at most, but their own', async () => {
    const { email } = await person();
    const own = from('192.0.2.5');
    await tried(email, PASSWORD, own);
    await db().$executeRaw`
      UPDATE sign_in_tries SET failures = 60 WHERE key LIKE 'person %'`;
    await tried(email, OTHER, from('203.0.113.0'));
    expect(await tried(email, PASSWORD, from('203.0.113.1'))).toBeLessThanOrEqual(30);
    expect(await tried(email, PASSWORD, from('203.0.113.1'))).toBeGreaterThan(20);
    expect(await tried(email, PASSWORD, own)).toEqual(expect.any(String));
    await db().$executeRaw`DELETE FROM sign_in_tries`;
  });

  it('from one place at many people slows the place down', async () => {
    const place = from('192.0.2.6');
    await tried('a@monedero.test', OTHER, place);
    await db().$executeRaw`UPDATE sign_in_tries SET failures = 103 WHERE key = ${`source ${place.ip}`}`;
    expect(await tried('b@monedero.test', OTHER, place)).toBeNull();
    expect(await tried('c@monedero.test', OTHER, place)).toBeGreaterThan(4);
    expect(await tried('c@monedero.test', OTHER, from('192.0.2.7'))).toBeNull();
  });

  it('keeps no address that was typed, and forgets after a day', async () => {
    await tried('typed-by-mistake@monedero.test', OTHER, from('192.0.2.8'));
    const rows = await db().signInTry.findMany();
    expect(
      JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain('typed-by');
    await db().$executeRaw`UPDATE sign_in_tries SET at = at - interval '25 hours'`;
    await tried('another@monedero.test', OTHER, from('192.0.2.9'));
    expect(await db().signInTry.count()).toBe(3);
  });
});
