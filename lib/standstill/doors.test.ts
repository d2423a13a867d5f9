import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { revokeKey, rotateKey } from '~/lib/api/keys';
import { db } from '~/lib/db';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { changeOperator } from '~/lib/people/access';
import { changeRole } from '~/lib/people/custom-roles';
import { WITH_ROLE } from '~/lib/people/role-of';
import { openSession, operatorOf } from '~/lib/people/sessions';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import type { CustomRole } from '~/lib/roles';
import { foundSince, latestStandstill } from '~/lib/standstill/found';
import { releaseStandstill } from '~/lib/standstill/release';
import { watchBooks } from '~/lib/standstill/watch';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { type Answer, ask, someKey, type TestKey } from '~/lib/testing/api';
import { approveWaiting } from '~/lib/testing/approvals';
import { someClabe, someCustomer, someOperator, someRole } from '~/lib/testing/factories';
import { depositInto, type ReadyWallet, readyWallet, settleAll, withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';
import { tamper } from '~/lib/testing/tampering';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';

const { fintoc, backUp, restore, loseMarks } = withRestorableBooks();

let one: OperatorActor;
let another: OperatorActor;
let wallet: ReadyWallet;
let frozen: ReadyWallet;
let thawed: ReadyWallet;
let stays: string;
let keys: { kept: TestKey; revoked: TestKey; rotated: TestKey };
let operators: Record<
  'left' | 'demoted' | 'changed' | 'back' | 'promoted' | 'narrowed' | 'scoped' | 'moved',
  OperatorActor
>;
/** One made after the backup, and one that was there already, for others. */
let scopes: Record<'young' | 'old', string>;
/** What they show. */
let portfolios: string[];

const asked = { headers: { 'idempotency-key': 'salary-of-May' } };
const pay = async (): Promise<Answer> => {
  const body = {
    wallet_id: publicId('wallet', wallet.id),
    ...{ asset: 'MXN', amount: '20000', destination: DESTINATION, beneficiary_name: 'Ana López' },
  };
  return ask(keys.kept.secret, 'createWithdrawal', { ...asked, body });
};
const DESTINATION = someClabe('012');
const THIEF = someClabe('014');
/** A form that stays open in somebody's browser. */
const form = {
  requestId: '0b6f1c0e-5c1a-4f0e-9d51-0f9f0a8f2d77',
  amount: 11_000n,
  destination: someClabe('072'),
};

const set = (id: string, facts: string) => tamper(`UPDATE operators SET ${facts} WHERE id = $1::uuid`, [id]);
/** Of who lost a part of what they could do. */
function roleOfTheirs(): CustomRole {
  const { role } = operators.narrowed;
  if (typeof role === 'string') throw new Error('Theirs is one that people made.');
  return role;
}
const rowOf = ({ id }: OperatorActor) => db().operator.findUniqueOrThrow({ where: { id } });

beforeAll(async () => {
  process.env.API_REQUESTS_PER_SECOND = '100000';
  [one, another] = [await someOperator('approver'), await someOperator('approver')];
  operators = {
    left: await someOperator('approver'),
    narrowed: await someOperator(await someRole('notes:write', 'withdrawals:request')),
    demoted: await someOperator('approver'),
    changed: await someOperator('operator'),
    back: await someOperator('operator'),
    promoted: await someOperator('viewer'),
    scoped: await someOperator('viewer'),
    moved: await someOperator('viewer'),
  };
  await set(operators.back.id, 'disabled_at = now()');
  keys = { kept: await someKey(), revoked: await someKey(), rotated: await someKey() };
  await pollTransfers();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
  [frozen, thawed] = [await readyWallet(), await readyWallet()];
  await freezeWallet(one, { walletId: thawed.id, reason: 'Una duda' });
  await watchBooks();
  stays = await openSession(another, { ip: '', userAgent: '' });
  const { id: customerId } = await someCustomer();
  const { id: portfolioId } = await db().portfolio.create({ data: { customerId, name: 'Nómina' } });
  portfolios = [portfolioId];
  const { id: old } = await someRole('notes:write');
  await db().customRole.update({ where: { id: old }, data: { portfolioIds: portfolios } });
  await backUp();

  const { id: young } = await someRole('notes:write', 'cases:write');
  scopes = { old, young };
  await db().customRole.update({ where: { id: young }, data: { portfolioIds: portfolios } });
  for (const [{ id }, role] of [
    [operators.scoped, young],
    [operators.moved, old],
  ] as const)
    await db().operator.update({ where: { id }, data: { role: 'custom', customRoleId: role } });
  const admin = await someOperator('admin');
  await changeOperator(admin, { id: operators.left.id, role: 'approver', disabled: true });
  await changeOperator(admin, { id: operators.demoted.id, role: 'operator', disabled: false });
  const { id: roleId, name } = roleOfTheirs();
  await changeRole(admin, { id: roleId, name, permissions: ['notes:write'], portfolioIds: [portfolioId] });
  await set(operators.changed.id, 'password_version = password_version + 1');
  await set(operators.back.id, 'disabled_at = NULL');
  await set(operators.promoted.id, `role = 'admin'`);
  await revokeKey(keys.revoked.maker, { keyId: keys.revoked.id, reason: 'Leaked' });
  await rotateKey(keys.rotated.maker, { keyId: keys.rotated.id, overlapHours: 0 });
  await approveWaiting(keys.rotated.approver, { action: 'key.rotate', subjectId: keys.rotated.id });
  expect((await pay()).status).toBe(201);
  await withdraw(one, wallet, form);
  await settleAll(fintoc);
  const lifted = await stopPayouts(one, { reason: 'Falsa alarma' });
  for (const person of [one, another])
    await resumePayouts(person, { stopId: lifted.id, reason: 'No era nada' });
  await stopPayouts(one, { accountId: wallet.accountId, reason: 'El banco avisó de un fraude' });
  await freezeWallet(one, { walletId: frozen.id, reason: 'Orden judicial', direction: 'debits' });
  await unfreezeWallet(one, { walletId: thawed.id, reason: 'Se aclaró' });
  await blockBeneficiary(one, { number: THIEF, reason: 'Suplantó a un proveedor' });
  await watchBooks();
  await restore();
});

it('lets nobody in again who was shut out since, and nobody who wasn’t in yet', async () => {
  // Before anybody has looked, no key is taken; nor after that, while the books stand still.
  expect(await ask(keys.kept.secret, 'listWallets')).toMatchObject({
    status: 503,
    body: { code: 'books_older' },
  });
  await watchBooks();
  const answer = await pay();
  expect(answer).toMatchObject({ status: 503, body: { code: 'books_older' } });
  expect(answer.headers.get('retry-after')).toBe('60');

  const { left, demoted, changed, back, promoted } = operators;
  expect((await rowOf(left)).disabledAt).not.toBeNull();
  expect((await db().operatorSession.findUniqueOrThrow({ where: { id: stays } })).endCause).toBe('restored');
  expect(await operatorOf(stays), 'whoever signed out since').toBeNull();
  expect((await rowOf(demoted)).role).toBe('operator');
  const narrowed = await db().customRole.findUniqueOrThrow({ where: { id: roleOfTheirs().id } });
  expect(narrowed).toMatchObject({
    ...{ permissions: ['console:read', 'notes:write'], portfolioIds: portfolios },
  });
  expect((await rowOf(changed)).passwordVersion).toBe(3);
  expect((await rowOf(back)).disabledAt).not.toBeNull();
  expect((await rowOf(promoted)).role).toBe('viewer');

  const still = await latestStandstill(ANYBODY);
  if (!still) throw new Error('They are older.');
  const { shut } = await foundSince(ANYBODY, still);
  expect(shut).toHaveLength(11);
  expect(shut).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'operator', id: left.id, what: 'disabled', name: left.name }),
      expect.objectContaining({ kind: 'operator', id: demoted.id, what: 'role' }),
      expect.objectContaining({ kind: 'operator', id: operators.narrowed.id, what: 'role' }),
      expect.objectContaining({ kind: 'operator', id: changed.id, what: 'password' }),
      expect.objectContaining({ kind: 'key', id: keys.revoked.id, what: 'revoked' }),
      expect.objectContaining({ kind: 'key', id: keys.rotated.id, what: 'rotated' }),
      expect.objectContaining({ kind: 'stop', id: wallet.accountId, what: 'stopped' }),
      expect.objectContaining({ kind: 'wallet', id: frozen.id, what: 'frozen' }),
      expect.objectContaining({ kind: 'beneficiary', id: `…${THIEF.slice(-4)}`, what: 'blocked' }),
    ]),
  );
  // Nor does what was stopped go on by itself when people let these books go on.
  expect(await db().payoutStop.findMany({ where: { resumedAt: null } })).toMatchObject([
    {
      ...{ accountId: wallet.accountId, cause: 'person', stoppedById: one.id },
      reason: 'El banco avisó de un fraude',
    },
  ]);
  // Neither does what was frozen pay, nor is anybody paid who was blocked; and nothing is lifted.
  expect(await db().wallet.findUniqueOrThrow({ where: { id: frozen.id } })).toMatchObject({
    ...{ status: 'frozen', frozenDirection: 'debits', statusReason: 'Orden judicial' },
  });
  expect((await db().wallet.findUniqueOrThrow({ where: { id: thawed.id } })).status).toBe('frozen');
  expect(await db().blockedBeneficiary.findMany()).toMatchObject([
    { destination: THIEF, blockedById: one.id, reason: 'Suplantó a un proveedor' },
  ]);
  const told = await db().auditEntry.findMany({ where: { actorName: 'standstill' } });
  expect(told.map(({ action, subjectId }) => `${action} ${subjectId}`)).toEqual(
    expect.arrayContaining([
      `operator.changed ${left.id}`,
      `api_key.revoked ${keys.revoked.id}`,
      `wallet.frozen ${frozen.id}`,
      `beneficiary.blocked ${THIEF}`,
    ]),
  );
});

it('shows nobody the house to whom some portfolios alone were shown since, nor lets them do what they couldn’t then', async () => {
  for (const who of [operators.scoped, operators.moved]) {
    const { customRole } = await db().operator.findUniqueOrThrow({
      where: { id: who.id },
      include: WITH_ROLE,
    });
    expect(customRole).toMatchObject({ permissions: ['console:read'], portfolioIds: portfolios });
  }
  // Whoever had the older role before has it as it was.
  expect(await db().customRole.findUniqueOrThrow({ where: { id: scopes.old } })).toMatchObject({
    ...{ permissions: ['console:read', 'notes:write'], portfolioIds: portfolios },
  });
  expect((await rowOf(operators.scoped)).customRoleId).toBe(scopes.young);
});

it('pays once what is asked again under the same id, before the books know of it and after', async () => {
  const before = await fintoc.payouts();
  expect(before).toHaveLength(2);
  const again = await withdraw(one, wallet, form);
  await syncIfDue();
  await pollTransfers();
  expect((await db().withdrawal.findUniqueOrThrow({ where: { id: again.id } })).status).toBe('succeeded');
  await proveNow(await someOperator(), {});
  while ((await proveAccounts()) > 0);
  const { id = '' } = (await latestStandstill(ANYBODY)) ?? {};
  for (const person of [one, another])
    await releaseStandstill(person, { standstillId: id, reason: 'Compared with Fintoc.' });
  await watchBooks();

  expect((await ask(keys.revoked.secret, 'listWallets')).body.code).toBe('key_revoked');
  expect((await ask(keys.rotated.secret, 'listWallets')).body.code).toBe('key_rotated');
  expect(await pay()).toMatchObject({ status: 409, body: { code: 'paid_already' } });
  expect(await pay()).toMatchObject({ status: 409, body: { code: 'paid_already' } });
  await settleAll(fintoc);
  expect(await fintoc.payouts()).toHaveLength(before.length);
}, 120_000);

it('says so where nothing is remembered of who may get in', async () => {
  await restore();
  loseMarks();
  await pollTransfers();
  await watchBooks();
  const still = await latestStandstill(ANYBODY);
  expect(still?.state).toBe('open');
  if (still) expect((await foundSince(ANYBODY, still)).shut).toBeNull();
  expect(await rowOf(operators.left)).toMatchObject({ disabledAt: null });
});
