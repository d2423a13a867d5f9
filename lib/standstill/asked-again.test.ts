import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { confirmBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { captureHold, placeHold } from '~/lib/holds/holds';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import { latestStandstill } from '~/lib/standstill/found';
import { releaseStandstill } from '~/lib/standstill/release';
import { watchBooks } from '~/lib/standstill/watch';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { depositInto, type ReadyWallet, readyWallet, settleAll, skipPauses } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';
import { explainPayout } from '~/lib/transfers/unexplained';
import { enableAsset } from '~/lib/wallets/opening';

const { fintoc, backUp, restore } = withRestorableBooks();

let operator: OperatorActor;
let people: OperatorActor[];
let payer: ReadyWallet;
let other: ReadyWallet;
/** Batches: confirmed when the books were backed up, waiting for a decision, and uploaded after it. */
let confirmed: string;
let waiting: string;
const lateUpload = { requestId: randomUUID(), rows: rowsOf('50.00') };
/** What else was asked for after the backup, under which ids; all of it is asked for again. */
const ids = { capture: randomUUID(), reversal: randomUUID(), exchange: randomUUID() };
let holdId: string;
let posted: string;

function rowsOf(...amounts: string[]) {
  return amounts.map((amount) => [someClabe('012'), amount, 'Ximena Robles', 'Nómina']);
}

const confirm = (batchId: string) => confirmBatch(operator, { batchId, paysRepeats: false });
const approver = () => {
  const [first] = people;
  if (!first) throw new Error('Nobody approves.');
  return first;
};

/** From the one to the other, as two people do. */
async function book(amount: bigint): Promise<string> {
  const sides = { fromWalletId: payer.id, toWalletId: other.id, amount };
  const asked = { ...sides, reason: 'Pago', requestId: randomUUID() };
  const { id: adjustmentId } = await requestAdjustment(operator, asked);
  await approveAdjustment(approver(), { adjustmentId });
  return adjustmentId;
}

/** Works a batch to where a second person lets it out. */
async function letOut(batchId: string): Promise<void> {
  await workOffBatches();
  await approveBatch(approver(), { batchId });
  await workOffBatches();
}

/** Whoever asks again does so in the same words, and somebody approves what waits. */
async function bookAll(): Promise<void> {
  const asked = [
    await captureHold(operator, {
      ...{ holdId, toWalletId: other.id, amount: 700n, reason: 'Se entrega', requestId: ids.capture },
    }),
    await reverseAdjustment(operator, { adjustmentId: posted, reason: 'Error', requestId: ids.reversal }),
  ];
  const exchange = await requestExchange(operator, {
    ...{ walletId: other.id, fromAsset: 'MXN', toAsset: 'USD', amount: 1_700n, rate: '0.0587' },
    ...{ reason: 'Lo pidió el cliente', requestId: ids.exchange },
  });
  asked.push(await db().adjustment.findFirstOrThrow({ where: { exchangeId: exchange.id } }));
  for (const { id: adjustmentId, status } of asked)
    if (status === 'awaiting_approval') await approveAdjustment(approver(), { adjustmentId });
}

async function uploadLate(): Promise<string> {
  return (await upload(operator, payer, lateUpload.rows, lateUpload.requestId)).id;
}

const money = async () => [
  await moneyOf(payer),
  await moneyOf(other),
  await moneyOf({ id: other.id, asset: 'USD' }),
];
const marksPaid = async () =>
  (await fintoc.payouts()).map(({ metadata }) => String(metadata.withdrawal_id)).sort();

beforeAll(async () => {
  operator = await someOperator();
  people = [await someOperator('approver'), await someOperator('approver')];
  await pollTransfers();
  [payer, other] = [await readyWallet(), await readyWallet()];
  await depositInto(fintoc, payer, 100_000);
  await enableAsset(system('setup'), { walletId: other.id, asset: 'USD', requestId: randomUUID() });
  posted = await book(3_000n);
  await book(2_000n);
  holdId = (
    await placeHold(operator, {
      ...{ walletId: payer.id, asset: 'MXN', amount: 900n, reason: 'Orden', requestId: randomUUID() },
      expiresAt: new Date(Date.now() + 86_400_000),
    })
  ).id;
  waiting = (await upload(operator, payer, rowsOf('30.00', '31.00'))).id;
  await confirm(waiting);
  await workOffBatches();
  confirmed = (await upload(operator, payer, rowsOf('40.00', '41.00'))).id;
  await confirm(confirmed);
  await watchBooks();
  await backUp();
});

it('what batches, captures, reversals and exchanges did before the books were taken back is done once, however it is asked again', async () => {
  await approveBatch(approver(), { batchId: waiting });
  await letOut(confirmed);
  const late = await uploadLate();
  await confirm(late);
  await letOut(late);
  await settleAll(fintoc);
  await bookAll();
  await watchBooks();
  const [world, paid] = [await money(), await marksPaid()];
  expect(paid).toHaveLength(5);

  await restore();
  await watchBooks();
  await syncIfDue();
  // Before anybody has read what Fintoc paid meanwhile: its rows are the withdrawals that they were.
  await workOffBatches();
  await pollTransfers();
  for (const batchId of [waiting, confirmed]) await approveBatch(approver(), { batchId });
  await workOffBatches();
  // And after: what is known to be paid is asked for by nobody.
  expect(await uploadLate()).toBe(late);
  await confirm(late);
  await workOffBatches();
  expect(await db().batchRow.findMany({ where: { batchId: late } })).toMatchObject([
    { withdrawalId: null, refusal: 'paid_already' },
  ]);
  for (let nth = 0; nth < 2; nth += 1) await bookAll();

  await proveNow(operator, {});
  while ((await proveAccounts()) > 0);
  const { id: standstillId = '' } = (await latestStandstill(ANYBODY)) ?? {};
  const { transferId } = await db().unexplainedPayout.findFirstOrThrow();
  for (const actor of people) {
    await releaseStandstill(actor, { standstillId, reason: 'Compared with Fintoc.' });
    await explainPayout(actor, { transferId, kind: 'wallet', walletId: payer.id, reason: 'Nómina' });
  }
  await watchBooks();
  await skipPauses();
  await settleAll(fintoc);
  expect(await marksPaid()).toEqual(paid);
  expect(await money()).toEqual(world);
  expect(await db().exchange.count()).toBe(1);
  expect(await db().withdrawal.groupBy({ by: ['status'], _count: true })).toEqual([
    { status: 'succeeded', _count: 4 },
  ]);
  await expectSoundBooks();
});
