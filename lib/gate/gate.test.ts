import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { beginAnywhere, heldWithdrawals, openGate, type Round } from '~/lib/gate/gate';
import { pollTransfers } from '~/lib/inbox/sync';
import { checkLedger } from '~/lib/proof/ledger-check';
import { releaseBreak } from '~/lib/proof/resolve';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { expectHeld, expectPaidOnce, parkAll, payoutsOf } from '~/lib/testing/gates';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { breakAccount } from '~/lib/testing/proofs';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Prisma } from '~/prisma/generated/client';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

/** Each reason on an account of its own, so that none hides another. */
beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

describe('what keeps a payout back, and lets it go once it is over', () => {
  it('a frozen wallet', async () => {
    const { id } = await withdraw(operator, wallet);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await expectHeld(fintoc, id, 'wallet_frozen');
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await expectPaidOnce(fintoc, id);
  });

  it('a freeze as it is sent: each left before it or waits, none after it, and each leaves once', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) ids.push((await withdraw(operator, wallet, { amount: 1_000n })).id);
    await openGate();
    await Promise.all([
      submitWithdrawals(),
      freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' }),
      submitWithdrawals(),
    ]);
    const sent = async () =>
      (await Promise.all(ids.map((id) => payoutsOf(fintoc, id)))).map((all) => all.length);
    const before = await sent();
    expect(Math.max(...before)).toBeLessThanOrEqual(1);
    while ((await submitWithdrawals()) > 0);
    expect(await sent()).toEqual(before);
    for (const [nth, id] of ids.entries())
      if (before[nth] === 0) expect(await withdrawalRow(id)).toMatchObject({ heldReason: 'wallet_frozen' });
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    for (const id of ids) await expectPaidOnce(fintoc, id);
  });

  it('a closed wallet', async () => {
    const { id } = await withdraw(operator, wallet);
    // Who closes it in the console is refused while something waits: somebody did it by the database.
    const become = (status: 'closed' | 'open') =>
      db().wallet.update({ where: { id: wallet.id }, data: { status } });
    await become('closed');
    await expectHeld(fintoc, id, 'wallet_closed');
    await become('open');
    await expectPaidOnce(fintoc, id);
  });

  it('a blocked beneficiary', async () => {
    const { id, destination } = await withdraw(operator, wallet);
    await blockBeneficiary(operator, { number: destination, reason: 'Reported as fraud' });
    await expectHeld(fintoc, id, 'beneficiary_blocked');
    const [one, other] = [await someOperator('approver'), await someOperator('approver')];
    await unblockBeneficiary(one, { number: destination, reason: 'Cleared by the bank' });
    await approveWaiting(other, { action: 'beneficiary.unblock', subjectId: destination });
    await expectPaidOnce(fintoc, id);
  });

  it('a break of its account, until two people release it', async () => {
    const { id } = await withdraw(operator, wallet);
    const breakId = await breakAccount(fintoc, wallet.accountId);
    await expectHeld(fintoc, id, 'account_paused');
    await releaseBreak(operator, { breakId, reason: 'Known' });
    await openGate();
    await expectHeld(fintoc, id, 'account_paused');
    await releaseBreak(await someOperator('approver'), { breakId, reason: 'Known' });
    await expectPaidOnce(fintoc, id);
  });

  it('a proof that is older than minutes: the account is looked at by the next free worker', async () => {
    const { id } = await withdraw(operator, wallet);
    const old = new Date(Date.now() - 10 * 60_000);
    const nextAt = new Date(Date.now() + 3_600_000);
    await db().proofState.update({ where: { accountId: wallet.accountId }, data: { readAt: old, nextAt } });
    await expectHeld(fintoc, id, 'proof_late');
    const state = await db().proofState.findUniqueOrThrow({ where: { accountId: wallet.accountId } });
    expect(state.nextAt.getTime()).toBeLessThanOrEqual(Date.now());
    await expectPaidOnce(fintoc, id);
  });

  it('an account that can’t be proven', async () => {
    const { id } = await withdraw(operator, wallet);
    await fintoc.control('POST', '/faults', {
      kind: 'refusal',
      method: 'GET',
      path: `/v2/accounts/${wallet.accountId}/movements`,
      status: 403,
      // However slow this machine is, and however often it is tried meanwhile.
      count: 1_000,
    });
    await proveAll();
    await expectHeld(fintoc, id, 'proof_late');
    await fintoc.calm();
    await expectPaidOnce(fintoc, id);
  });

  it('a ledger at which nobody looked for minutes', async () => {
    const { id } = await withdraw(operator, wallet);
    const row = await db().setting.findUniqueOrThrow({ where: { key: 'ledgerChecked' } });
    const at = new Date(Date.now() - 10 * 60_000).toISOString();
    await db().setting.update({
      where: { key: 'ledgerChecked' },
      data: { value: { ...(row.value as object), at } },
    });
    await expectHeld(fintoc, id, 'ledger_late');
    await expectPaidOnce(fintoc, id);
  });

  it('what is owed and not covered', async () => {
    const { id } = await withdraw(operator, wallet);
    // Nobody proves the account any more: its money covers nobody.
    const at = new Date(Date.now() - 60 * 60_000);
    await db().account.updateMany({ data: { createdAt: at } });
    await db().proofState.updateMany({ data: { provenAt: null } });
    await db().proofBreak.create({
      data: {
        accountId: wallet.accountId,
        asset: 'MXN',
        kind: 'order',
        state: 'released',
        subject: 'test',
        expected: 1n,
        actual: 0n,
        difference: 1n,
        cure: 'wait',
        at,
      },
    });
    await checkLedger();
    await expectHeld(fintoc, id, 'not_covered');
    await db().proofBreak.deleteMany({ where: { subject: 'test' } });
    await db().account.updateMany({ data: { createdAt: new Date() } });
    await expectPaidOnce(fintoc, id);
  });
});

describe('the gate is asked at the moment of sending', () => {
  it('what was claimed and waits its turn is kept back when its wallet is frozen meanwhile', async () => {
    const { id } = await withdraw(operator, wallet);
    // Others have taken the next second's calls.
    await db().$executeRaw`
      INSERT INTO rate_slots (key, next_at) VALUES ('fintoc.calls', now() + interval '2 seconds')
      ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at`;
    const sending = submitWithdrawals();
    await eventually(async () => (await withdrawalRow(id)).status === 'submitting');
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await sending;
    expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', heldReason: 'wallet_frozen' });
    expect(await payoutsOf(fintoc, id)).toEqual([]);
  });

  it('a request that is sent again too: it stays where it is, and can’t be called off', async () => {
    const { id } = await withdraw(operator, wallet);
    await fintoc.control('POST', '/faults', {
      kind: 'reset',
      method: 'POST',
      path: '/v2/transfers',
      when: 'before_commit',
    });
    await submitWithdrawals();
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'submitting',
      heldReason: 'wallet_frozen',
      submittedAt: expect.any(Date),
    });
    await expect(cancelWithdrawal(operator, { withdrawalId: id, reason: 'x' })).rejects.toMatchObject({
      code: 'already_decided',
    });
    expect(await payoutsOf(fintoc, id)).toEqual([]);
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await skipPauses();
    await expectPaidOnce(fintoc, id);
  });

  it('is looked at a few at a time, each once a round, and nothing is written of what stays', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 7; nth += 1) ids.push((await withdraw(operator, wallet, { amount: 1_000n })).id);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    while ((await submitWithdrawals()) > 0);
    const stored = () => db().$queryRaw`
      SELECT id, ctid::text, xmin::text, xmax::text, held_reason FROM withdrawals WHERE id = ANY (${ids}::uuid[]) ORDER BY id`;
    const before = await stored();
    const round = beginAnywhere();
    const looks = Math.ceil((await heldCount()) / 4);
    for (let nth = 0; nth < 2 * looks; nth += 1) expect(await openGate(round, 4)).toBe(4);
    expect(await stored()).toEqual(before);
  });

  it('is asked once a round by each of several workers, and none waits for another', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 7; nth += 1) ids.push((await withdraw(operator, wallet, { amount: 1_000n })).id);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    while ((await submitWithdrawals()) > 0);
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    const ours = { id: { in: ids } };
    expect(await heldCount(ours)).toBe(7);
    const looks = Math.ceil((await heldCount()) / 2);
    const round = beginAnywhere();
    const goRound = async (each: Round) => {
      for (let nth = 0; nth < looks; nth += 1) expect(await openGate(each, 2)).toBeLessThanOrEqual(2);
    };
    const [locked = ''] = ids;
    await transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS locked FROM withdrawals WHERE id = ${locked}::uuid FOR UPDATE`;
      expect(await openGate(round, 2)).toBe(2);
      expect(await heldCount(ours)).toBeGreaterThanOrEqual(5);
      await Promise.all([round, beginAnywhere(), beginAnywhere()].map(goRound));
      expect(await heldCount(ours)).toBe(1);
    });
    await goRound(round);
    expect(await heldCount(ours)).toBe(0);
    await expectPaidOnce(fintoc, ...ids);
  });

  it('what waits is told by reason, and what is held never starves the others', async () => {
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' }).catch(() => undefined);
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    const held: string[] = [];
    for (let nth = 0; nth < 15; nth += 1)
      held.push((await withdraw(operator, wallet, { amount: 1_000n })).id);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    const free = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, free, 10_000);
    const { id } = await withdraw(operator, free, { amount: 5_000n, requestId: randomUUID() });
    while ((await submitWithdrawals()) > 0);
    expect(await payoutsOf(fintoc, id)).toHaveLength(1);
    const told = (await heldWithdrawals()).find(({ reason }) => reason === 'wallet_frozen');
    expect(told?.count).toBeGreaterThanOrEqual(15);
    expect(told?.amount).toBeGreaterThanOrEqual(15_000n);
    for (const each of held) expect(await payoutsOf(fintoc, each)).toEqual([]);
  });
});

const heldCount = (of: Prisma.WithdrawalWhereInput = {}) =>
  db().withdrawal.count({ where: { ...of, status: 'queued', heldReason: { not: null } } });

/** Last: the books are never sound again after it. */
describe('money that was invented', () => {
  it('is not paid out: the ledger breaks its own promise', async () => {
    await tamper(
      `UPDATE ledger_accounts SET balance = balance + 500000 WHERE code = 'wallet/${wallet.id}/available'`,
    );
    const { id } = await withdraw(operator, wallet, { amount: 400_000n });
    await checkLedger();
    await expectHeld(fintoc, id, 'ledger_red');
  });
});

afterEach(parkAll);
