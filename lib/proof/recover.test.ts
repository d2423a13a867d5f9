import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { recoverTransfers } from '~/lib/proof/recover';
import { proveAccount } from '~/lib/proof/run';
import { mainRail } from '~/lib/rails/registry';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import {
  arrive,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet({ pattern: 'B' });
  await arrive(fintoc, wallet, 100_000);
});

beforeEach(() => fintoc.calm());

afterEach(async () => {
  await expectSoundBooks();
  const { available_balance } = await fintoc.api('GET', `/v2/accounts/${wallet.accountId}`);
  expect(await balanceOf(`fintoc/${wallet.accountId}/cash`)).toBe(BigInt(available_balance));
});

/** All that happened so far was days ago, and the polls since have seen it; what comes now is lost on the way. */
async function daysLater(): Promise<void> {
  await fintoc.sql(`UPDATE sandbox.transfers SET transaction_date = transaction_date - interval '3 days'`);
  await fintoc.sql(`UPDATE transfers SET transacted_at = transacted_at - interval '3 days'`);
  await pollTransfers();
  await fintoc.control('POST', '/delivery-rules', { drop: true, count: 100 });
}

const ageMovements = () =>
  fintoc.sql(`UPDATE sandbox.movements SET transaction_date = transaction_date - interval '5 minutes'`);

describe('what no webhook told and no list of transfers shows', () => {
  it('a payout that the bank gave back days after it arrived is back in the wallet', async () => {
    const { id } = await withdraw(operator, wallet);
    await settleAll(fintoc);
    const { available } = await moneyOf(wallet);
    await daysLater();
    const { transferId } = await withdrawalRow(id);
    await fintoc.control('POST', `/transfers/${transferId}/return`);
    await ageMovements();
    await pollTransfers();
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
    await proveAccount(wallet.accountId);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'returned' });
    expect((await moneyOf(wallet)).available).toBe(available + 10_000n);
  });

  it('a deposit that was reversed days after it came is taken back, once, by two workers', async () => {
    await arrive(fintoc, wallet, 4_000);
    const deposit = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id, amount: 4_000n } });
    const { available } = await moneyOf(wallet);
    await daysLater();
    await fintoc.control('POST', `/transfers/${deposit.id}/reverse`);
    await ageMovements();
    await Promise.all([proveAccount(wallet.accountId), proveAccount(wallet.accountId)]);
    expect((await moneyOf(wallet)).available).toBe(available - 4_000n);
    await proveAccount(wallet.accountId);
    expect((await moneyOf(wallet)).available).toBe(available - 4_000n);
  });

  it('a transfer that can’t be read is a dead letter, and keeps no other from being taken in', async () => {
    const { available } = await moneyOf(wallet);
    await daysLater();
    const ids: string[] = [];
    for (const amount of [500, 600]) {
      const body = { account_number_id: wallet.accountNumberId, amount, settle: true };
      const [{ id }] = await fintoc.control('POST', '/inbound-transfers', body);
      ids.push(id);
    }
    const [bad = ''] = ids;
    await fintoc.sql(
      `UPDATE sandbox.transfers SET transaction_date = now() - interval '2 days' WHERE id = ANY ($1)`,
      [ids],
    );
    const say = (counterparty: object) =>
      fintoc.sql(`UPDATE sandbox.transfers SET counterparty = $2 WHERE id = $1`, [bad, counterparty]);
    await say({ holder_name: 5 });
    await ageMovements();
    await proveAccount(wallet.accountId);
    expect((await moneyOf(wallet)).available).toBe(available + 600n);
    const { accountId } = wallet;
    expect(await db().proofState.findUnique({ where: { accountId } })).toMatchObject({ error: null });
    expect(await db().inboxEvent.findMany({ where: { objectId: bad } })).toMatchObject([
      { id: `poll:${bad}:unreadable`, state: 'dead' },
    ]);
    await say({ holder_name: 'Ana' });
    expect(await recoverTransfers([bad], mainRail())).toBe(1);
    await drain();
    expect((await moneyOf(wallet)).available).toBe(available + 1_100n);
    await proveAccount(accountId);
  });

  it('a transfer that never reached us at all is found by its movement', async () => {
    const { available } = await moneyOf(wallet);
    await daysLater();
    const number = wallet.accountNumberId;
    const [sent] = await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: number,
      amount: 900,
      settle: true,
    });
    // Older than any poll still looks.
    await fintoc.sql(
      `UPDATE sandbox.transfers SET transaction_date = now() - interval '2 days' WHERE id = $1`,
      [sent.id],
    );
    await ageMovements();
    await pollTransfers();
    expect((await moneyOf(wallet)).available).toBe(available);
    await proveAccount(wallet.accountId);
    expect((await moneyOf(wallet)).available).toBe(available + 900n);
  });
});
