import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { readUsage } from '~/lib/ledger/usage';
import { proveNow } from '~/lib/proof/resolve';
import { latestStandstill } from '~/lib/standstill/found';
import { releaseStandstill } from '~/lib/standstill/release';
import { watchBooks } from '~/lib/standstill/watch';
import { zoneOf } from '~/lib/terms/limits';
import { expectSoundBooks } from '~/lib/testing/books';
import { drain } from '~/lib/testing/deliveries';
import { someOperator, someTerms } from '~/lib/testing/factories';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';
import { expectSoundUsage } from '~/lib/testing/usage';
import { setInPesos } from '~/lib/testing/wallets';
import { explainPayout } from '~/lib/transfers/unexplained';

/** What was used of limits after the backup, and what they were set to. */

const { fintoc, backUp, restore } = withRestorableBooks();

let operator: OperatorActor;
let two: [OperatorActor, OperatorActor];
let wallet: ReadyWallet;
let waited: string;
let forgotten: string;

beforeAll(async () => {
  operator = await someOperator();
  two = [await someOperator('approver'), await someOperator('approver')];
  await pollTransfers();
  const terms = await someTerms({ withdrawalDayAmount: 60_000n, withdrawalDayCount: 4n });
  wallet = await readyWallet({ termsId: terms.id });
  await depositInto(fintoc, wallet, 200_000);
  waited = (await withdraw(operator, wallet, { amount: 10_000n })).id;
  await backUp();
  await settleAll(fintoc);
  forgotten = (await withdraw(operator, wallet, { amount: 30_000n })).id;
  await settleAll(fintoc);
  await setInPesos(wallet.id, { termsId: (await someTerms({ withdrawalDayAmount: 45_000n })).id });
  await watchBooks();
  await restore();
  await watchBooks();
});

const used = async () => (await readUsage([wallet.id], zoneOf(wallet)))(wallet.id, 'MXN', 'outbound').day;

it('what the books still had asked for counts once, however it was paid meanwhile; what they forgot, not yet', async () => {
  expect(await used()).toMatchObject({ amount: 10_000n, count: 1n });
  await syncFintoc(system('setup'));
  await pollTransfers();
  await proveNow(await someOperator(), {});
  await proveAll();
  expect((await withdrawalRow(waited)).status).toBe('succeeded');
  expect(await db().withdrawal.count({ where: { id: forgotten } })).toBe(0);
  expect(await used()).toMatchObject({ amount: 10_000n, count: 1n });
});

it('what left for a withdrawal that they forgot counts in its day once two people said whose it was', async () => {
  const { transferId, walletId } = await db().unexplainedPayout.findFirstOrThrow();
  expect(walletId).toBe(wallet.id);
  for (const actor of two)
    await explainPayout(actor, { transferId, kind: 'wallet', walletId: wallet.id, reason: 'Their own' });
  expect(await used()).toMatchObject({ amount: 40_000n, count: 2n });
  const still = await latestStandstill(ANYBODY);
  for (const actor of two)
    await releaseStandstill(actor, { standstillId: still?.id ?? '', reason: 'Compared with Fintoc.' });
  // By the limits of the backup: what was set after it is forgotten with the rest of that time.
  await expect(withdraw(operator, wallet, { amount: 20_001n })).rejects.toMatchObject({
    code: 'limit_reached',
    details: { which: 'dayAmount', limit: '60000', used: '40000', left: '20000' },
  });
  await withdraw(operator, wallet, { amount: 20_000n });
  await expect(withdraw(operator, wallet, { amount: 1n })).rejects.toMatchObject({ code: 'limit_reached' });
});

it('and is given back to that day where it comes back', async () => {
  const { transferId } = await db().unexplainedPayout.findFirstOrThrow();
  await fintoc.control('POST', `/transfers/${transferId}/return`);
  await fintoc.deliveriesDone();
  await drain();
  expect(await used()).toMatchObject({ amount: 30_000n, count: 2n });
  await expectSoundUsage();
  await expectSoundBooks();
});
