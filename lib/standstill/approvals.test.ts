import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import { latestStandstill } from '~/lib/standstill/found';
import { releaseStandstill } from '~/lib/standstill/release';
import { watchBooks } from '~/lib/standstill/watch';
import { someOperator } from '~/lib/testing/factories';
import { payoutsOf } from '~/lib/testing/gates';
import {
  depositInto,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

const { fintoc, backUp, restore } = withRestorableBooks();

const LARGE = 6_000_000n;

let approver: OperatorActor;
/** Asked for before the backup, and approved after it: one was paid, the other waited for its wallet to be thawed. */
let paid: string;
let unpaid: string;
/** Asked for and approved after the backup, and not sent. */
let forgotten: string;

beforeAll(async () => {
  approver = await someOperator('approver');
  const admin = await someOperator('admin');
  await pollTransfers();
  const [first, second] = [await readyWallet(), await readyWallet()];
  for (const wallet of [first, second]) await depositInto(fintoc, wallet, 20_000_000);
  const ask = async (wallet: { id: string }) =>
    (await withdraw(await someOperator(), wallet, { amount: LARGE })).id;
  [paid, unpaid] = [await ask(first), await ask(second)];
  await watchBooks();
  await backUp();

  const approve = (withdrawalId: string) => approveWithdrawal(approver, { withdrawalId });
  await freezeWallet(admin, { walletId: second.id, reason: 'Checked' });
  for (const id of [paid, unpaid]) await approve(id);
  await settleAll(fintoc);
  expect((await withdrawalRow(paid)).status).toBe('succeeded');
  expect((await withdrawalRow(unpaid)).status).toBe('queued');
  await unfreezeWallet(admin, { walletId: second.id, reason: 'Checked' });
  forgotten = await ask(first);
  await approve(forgotten);
  await watchBooks();

  await restore();
  await watchBooks();
  await syncIfDue();
  await pollTransfers();
  await proveNow(await someOperator(), {});
  while ((await proveAccounts()) > 0);
  const still = await latestStandstill(ANYBODY);
  for (const actor of [approver, admin])
    await releaseStandstill(actor, { standstillId: still?.id ?? '', reason: 'Compared with Fintoc.' });
  await watchBooks();
  await skipPauses();
  await settleAll(fintoc);
});

const approvalsOf = (subjectId: string) =>
  db().approval.findMany({ where: { subjectId }, select: { state: true } });

describe('an approval that a restore took back', () => {
  it('pays nobody once payouts go on: two people have to want it again', async () => {
    expect(await withdrawalRow(unpaid)).toMatchObject({ status: 'awaiting_approval', approvedById: null });
    expect(await approvalsOf(unpaid)).toEqual([{ state: 'waiting' }]);
    expect(await payoutsOf(fintoc, unpaid)).toEqual([]);
    await approveWithdrawal(await someOperator('approver'), { withdrawalId: unpaid });
    await settleAll(fintoc);
    expect(await payoutsOf(fintoc, unpaid)).toHaveLength(1);
    expect((await withdrawalRow(unpaid)).status).toBe('succeeded');
  });

  it('of what was paid meanwhile is asked for no more', async () => {
    expect(await withdrawalRow(paid)).toMatchObject({ status: 'succeeded' });
    expect(await approvalsOf(paid)).toEqual([{ state: 'cancelled' }]);
    await expect(approveWithdrawal(approver, { withdrawalId: paid })).rejects.toMatchObject({
      code: 'already_decided',
    });
    expect(await payoutsOf(fintoc, paid)).toHaveLength(1);
  });

  it('of what was asked for since is gone with it, and nothing leaves', async () => {
    expect(await db().withdrawal.count({ where: { id: forgotten } })).toBe(0);
    expect(await approvalsOf(forgotten)).toEqual([]);
    expect(await payoutsOf(fintoc, forgotten)).toEqual([]);
    expect(await db().unexplainedPayout.count()).toBe(0);
  });
});
