import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { PAGE_SIZE } from '~/lib/pagination';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { blockBeneficiary, listBlocked, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { approveWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const REASON = 'Reportada por fraude';
let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator('operator');
  approver = await someOperator('approver');
});

afterEach(async () => {
  await db().blockedBeneficiary.deleteMany();
  await expectSoundBooks();
});

const refused = (code: string) => expect.objectContaining({ code });
const invalid = (fields: object) => expect.objectContaining({ fields });
const auditOf = (number: string) =>
  db().auditEntry.findMany({ where: { subjectId: number }, orderBy: { id: 'asc' } });

describe('a blocked beneficiary', () => {
  it('is paid nothing, and who asks reads why; unblocked, everything is as before', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 50_000n);
    const number = someClabe('012');
    // As a person pastes it.
    await blockBeneficiary(approver, { number: `${number.slice(0, 3)} ${number.slice(3)}`, reason: REASON });
    await expect(withdraw(operator, wallet, { destination: number })).rejects.toMatchObject({
      code: 'beneficiary_blocked',
      details: { reason: REASON },
    });
    expect(await moneyOf(wallet)).toEqual({ available: 50_000n, reserved: 0n });
    await withdraw(operator, wallet, { destination: someClabe('012') });
    await unblockBeneficiary(approver, { number, reason: 'Se aclaró con el banco' });
    await withdraw(operator, wallet, { destination: number });
  });

  it('blocked while a payout waits, that one is not approved until it is unblocked, and can be declined', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 20_000_000n);
    const number = someClabe('012');
    const first = await withdraw(operator, wallet, { amount: 6_000_000n, destination: number });
    const second = await withdraw(operator, wallet, { amount: 6_000_001n, destination: number });
    await blockBeneficiary(approver, { number, reason: REASON });
    await expect(approveWithdrawal(approver, { withdrawalId: first.id })).rejects.toMatchObject({
      code: 'beneficiary_blocked',
      details: { reason: REASON },
    });
    await declineWithdrawal(approver, { withdrawalId: second.id, reason: REASON });
    await unblockBeneficiary(approver, { number, reason: 'Se aclaró con el banco' });
    expect((await approveWithdrawal(approver, { withdrawalId: first.id })).status).toBe('queued');
  });

  it('is listed with bank, reason, who and when', async () => {
    const number = someClabe('012');
    await blockBeneficiary(approver, { number, reason: ` ${REASON} ` });
    expect((await listBlocked(ANYBODY)).items).toEqual([
      expect.objectContaining({
        destinationKind: 'clabe',
        destination: number,
        bank: 'BBVA',
        reason: REASON,
        blockedBy: approver.name,
        createdAt: expect.any(Date),
      }),
    ]);
  });

  it('leaves one audit row at each end, with the reasons', async () => {
    const number = someClabe();
    await blockBeneficiary(approver, { number, reason: REASON });
    await unblockBeneficiary(approver, { number, reason: 'Se aclaró con el banco' });
    expect(await auditOf(number)).toEqual([
      expect.objectContaining({ action: 'beneficiary.blocked', actorId: approver.id, reason: REASON }),
      expect.objectContaining({
        action: 'beneficiary.unblocked',
        reason: 'Se aclaró con el banco',
        before: { destinationKind: 'clabe', destination: number, reason: REASON },
      }),
    ]);
  });

  it('is blocked once by ten at once, and unblocked once', async () => {
    const number = someClabe();
    const ten = (work: () => Promise<unknown>) =>
      Promise.allSettled(Array.from({ length: 10 }, work)).then(
        (results) => results.filter(({ status }) => status === 'fulfilled').length,
      );
    // The same words of the same person are one block, however often they are sent.
    expect(await ten(() => blockBeneficiary(approver, { number, reason: REASON }))).toBe(10);
    await expect(blockBeneficiary(approver, { number, reason: `${REASON}, otra vez` })).rejects.toEqual(
      invalid({ number: 'already_blocked' }),
    );
    expect(await ten(() => unblockBeneficiary(approver, { number, reason: REASON }))).toBe(1);
    await expect(unblockBeneficiary(approver, { number, reason: REASON })).rejects.toEqual(
      refused('not_found'),
    );
    expect(await auditOf(number)).toHaveLength(2);
  });

  it('is unblocked once by a form that is sent again because its answer was lost', async () => {
    const number = someClabe();
    await blockBeneficiary(approver, { number, reason: REASON });
    const form = { number, reason: REASON, requestId: crypto.randomUUID() };
    await unblockBeneficiary(approver, form);
    await unblockBeneficiary(approver, form);
    await expect(unblockBeneficiary(approver, { ...form, reason: 'Otro motivo' })).rejects.toEqual(
      refused('request_reused'),
    );
    expect(await auditOf(number)).toHaveLength(2);
  });
});

describe('blocking', () => {
  it('takes a CLABE and a reason that says something', async () => {
    await expect(blockBeneficiary(approver, { number: '012', reason: 'no' })).rejects.toEqual(
      invalid({ number: 'clabe_length', reason: 'reason_too_short' }),
    );
    const number = someClabe();
    const wrong = `${number.slice(0, 17)}${(Number(number.slice(17)) + 1) % 10}`;
    await expect(blockBeneficiary(approver, { number: wrong, reason: REASON })).rejects.toEqual(
      invalid({ number: 'clabe_check_digit' }),
    );
    await blockBeneficiary(approver, { number, reason: REASON });
    await expect(unblockBeneficiary(approver, { number, reason: 'no' })).rejects.toEqual(
      invalid({ reason: 'reason_too_short' }),
    );
  });

  it('and unblocking are for who decides on payouts', async () => {
    const number = someClabe();
    for (const role of ['viewer', 'support', 'operator', 'auditor'] as const) {
      const actor = await someOperator(role);
      await expect(blockBeneficiary(actor, { number, reason: REASON })).rejects.toEqual(refused('forbidden'));
      await expect(unblockBeneficiary(actor, { number, reason: REASON })).rejects.toEqual(
        refused('forbidden'),
      );
    }
    await blockBeneficiary(await someOperator('admin'), { number, reason: REASON });
  });
});

it('the list pages by key, each once', async () => {
  const numbers = Array.from({ length: PAGE_SIZE + 3 }, () => someClabe());
  // Many at one moment, as an import would write them.
  const createdAt = new Date();
  await db().blockedBeneficiary.createMany({
    data: numbers.map((destination) => ({
      ...{ destinationKind: 'clabe' as const, destination },
      ...{ reason: REASON, blockedById: approver.id, createdAt },
    })),
  });
  const first = await listBlocked(ANYBODY);
  const second = await listBlocked(ANYBODY, { cursor: first.nextCursor ?? '' });
  expect(first.items).toHaveLength(PAGE_SIZE);
  expect(second.nextCursor).toBeNull();
  expect([...first.items, ...second.items].map(({ destination }) => destination).sort()).toEqual(
    numbers.sort(),
  );
});
