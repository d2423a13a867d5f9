import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { pollTransfers } from '~/lib/inbox/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { expectPaidOnce, parkAll, payoutsOf } from '~/lib/testing/gates';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

afterEach(parkAll);

describe('what was queued before these books were started again', () => {
  it('is searched for before its first request: a restored backup pays nobody again', async () => {
    const { id } = await withdraw(operator, wallet);
    await settleAll(fintoc);
    expect(await payoutsOf(fintoc, id)).toHaveLength(1);
    // As a backup of an hour ago has it: queued, held, and nothing known of what Fintoc did since.
    await tamper(
      `DELETE FROM ledger_entries WHERE transaction_id IN (SELECT id FROM ledger_transactions WHERE transfer_id = (SELECT transfer_id FROM withdrawals WHERE id = '${id}'))`,
    );
    await tamper(
      `DELETE FROM ledger_transactions WHERE transfer_id = (SELECT transfer_id FROM withdrawals WHERE id = '${id}')`,
    );
    const { transferId } = await withdrawalRow(id);
    await tamper(`UPDATE ledger_accounts a SET
        balance = coalesce((SELECT e.balance_after FROM ledger_entries e WHERE e.account_id = a.id ORDER BY e.sequence DESC LIMIT 1), 0),
        sequence = coalesce((SELECT max(e.sequence) FROM ledger_entries e WHERE e.account_id = a.id), 0)`);
    await tamper(`UPDATE withdrawals SET status = 'queued', transfer_id = NULL, submitted_at = NULL, sent_at = NULL,
      submit_attempts = 0, created_at = created_at - interval '1 day' WHERE id = '${id}'`);
    await tamper(`DELETE FROM proof_movements WHERE resource_id = '${transferId}'`);
    await tamper(`DELETE FROM transfers WHERE id = '${transferId}'`);
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await drain();
    expect(await payoutsOf(fintoc, id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', transferId });
  });

  it('goes out after the search when nothing stands there', async () => {
    const { id } = await withdraw(operator, wallet);
    await tamper(`UPDATE withdrawals SET created_at = created_at - interval '1 day' WHERE id = '${id}'`);
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      searchedAt: expect.any(Date),
      searchedCount: expect.any(Number),
    });
    await expectPaidOnce(fintoc, id);
  });

  it('is back in the queue, to be called off, when the search finds no Fintoc', async () => {
    const { id } = await withdraw(operator, wallet);
    await tamper(`UPDATE withdrawals SET created_at = created_at - interval '1 day' WHERE id = '${id}'`);
    await fintoc.control('POST', '/faults', { kind: 'reset', method: 'GET', path: '/v2/transfers' });
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'queued',
      submittedAt: null,
      failureCode: 'connection',
    });
    expect(await payoutsOf(fintoc, id)).toEqual([]);
    await skipPauses();
    await expectPaidOnce(fintoc, id);
  });
});
