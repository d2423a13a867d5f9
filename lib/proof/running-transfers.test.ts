import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { withTestDatabase } from '~/lib/testing/database';
import { arrive, type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { rulesOf, someBooks } from '~/lib/testing/verifying';

withTestDatabase();
const fintoc = withLocalFintoc();

let own: ReadyWallet;
let shared: ReadyWallet;

beforeAll(async () => {
  ({ wallet: own, other: shared } = await someBooks(fintoc));
});

const ages = () =>
  tamper(`
    UPDATE ledger_entries SET posted_at = posted_at - interval '5 minutes';
    UPDATE ledger_transactions SET posted_at = posted_at - interval '5 minutes'`);
const faults = async () => rulesOf((await lastLedgerCheck()).faults);
const amountsOf = (amount: bigint) => `transaction_id IN (
  SELECT e.transaction_id FROM ledger_entries e WHERE e.amount = ${amount})`;

describe('what runs by itself looks at transfers too', () => {
  it('deposits of two wallets that were swapped are found among what was posted since the last look', async () => {
    const second = await readyWallet();
    await arrive(fintoc, shared, 5_151);
    await arrive(fintoc, second, 5_252);
    await ages();
    const swap = (amount: bigint, walletId: string) =>
      tamper(
        `UPDATE ledger_entries SET wallet_id = '${walletId}' WHERE kind = 'deposit' AND wallet_id IS NOT NULL AND ${amountsOf(amount)}`,
      );
    await swap(5_151n, second.id);
    await swap(5_252n, shared.id);
    await checkLedger();
    expect(await faults()).toEqual(['a deposit is in the wallet of its account number']);
    await swap(5_151n, shared.id);
    await swap(5_252n, second.id);
    await checkLedger();
    expect(await faults()).toEqual([]);
  });

  it('and long after that, in the round over all that is old', async () => {
    while ((await checkLedger()) > 0);
    const { id } = await db().transfer.findFirstOrThrow({
      where: { amount: 100_000n, accountId: own.accountId },
    });
    const step = (from: string, to: string) =>
      tamper(`UPDATE ledger_transactions SET step = '${to}' WHERE cause_id = '${id}' AND step = '${from}'`);
    await step('credit', 'gone');
    for (let looks = 0; (await faults()).length === 0 && looks < 50; looks += 1)
      await checkLedger({ rows: 2 });
    expect(await faults()).toContain('a transfer that ended has its posting');
    await step('gone', 'credit');
    await checkLedger();
    expect(await faults()).toEqual([]);
  });

  it('what leaves a customer’s own account is that customer’s, or stands where people see that it isn’t', async () => {
    const { id } = await fintoc.control('POST', '/dashboard-payouts', {
      account_id: own.accountId,
      amount: 6_161,
      counterparty: { account_number: '012180000000000002' },
      settle: true,
    });
    await fintoc.deliveriesDone();
    await arrive(fintoc, own, 1);
    expect(await db().unexplainedPayout.count({ where: { transferId: id } })).toBe(1);
    await ages();
    await checkLedger();
    expect(await faults()).not.toContain("what moves in an own account is its wallet's");
    // As somebody's hand would book it to another customer.
    const book = (from: string, to: string) =>
      tamper(`UPDATE ledger_entries SET sequence = sequence + 1000, account_id = (SELECT id FROM ledger_accounts WHERE code = '${to}' AND asset = 'MXN')
        WHERE account_id = (SELECT id FROM ledger_accounts WHERE code = '${from}' AND asset = 'MXN') AND ${amountsOf(6_161n)}`);
    await arrive(fintoc, await readyWallet(), 2);
    await book('suspense/unexplained_payouts', `wallet/${shared.id}/available`);
    await ages();
    for (
      let looks = 0;
      looks < 50 && !(await faults()).some((rule) => rule.includes('own account'));
      looks += 1
    )
      await checkLedger({ rows: 2 });
    expect(await faults()).toContain("what moves in an own account is its wallet's");
  });
});
