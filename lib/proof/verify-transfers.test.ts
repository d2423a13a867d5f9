import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { arrive, type ReadyWallet, settleAll, withdraw } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { rulesOf, someBooks, verify, whileWrong } from '~/lib/testing/verifying';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

let wallet: ReadyWallet;

beforeAll(async () => {
  ({ wallet } = await someBooks(fintoc));
});

describe('the postings of what went back or out', () => {
  const posted = (id: string, step: string) =>
    `(SELECT id FROM ledger_transactions WHERE cause_id = '${id}' AND step = '${step}')`;
  const reservedOf = (id: string, step: string) => `
    account_id IN (SELECT id FROM ledger_accounts WHERE bucket = 'reserved') AND transaction_id = ${posted(id, step)}`;

  it('a return of a deposit that is missing, twice, or of another amount', async () => {
    await arrive(fintoc, wallet, 246);
    const { id } = await db().transfer.findFirstOrThrow({ where: { amount: 246n } });
    await fintoc.control('POST', `/transfers/${id}/reverse`);
    await settleAll(fintoc);
    expect(await verify()).toEqual([]);
    expect(
      await whileWrong(
        `UPDATE ledger_transactions SET step = 'gone' WHERE cause_id = '${id}' AND step = 'return_at_once'`,
        `UPDATE ledger_transactions SET step = 'return_at_once' WHERE step = 'gone'`,
      ),
    ).toEqual([
      {
        rule: 'a transfer that ended has its posting',
        subject: `transfer ${id} (inbound, returned)`,
        expected: 'one return: cash -246',
        actual: '0 returns: cash 0',
      },
    ]);
    expect(
      rulesOf(
        await whileWrong(
          `UPDATE ledger_transactions SET cause_kind = 'transfer', cause_id = '${id}', step = 'complete_return', round = 7,
             transfer_id = '${id}' WHERE cause_kind = 'withdrawal' AND step = 'hold'`,
          `UPDATE ledger_transactions SET cause_kind = 'withdrawal', cause_id = withdrawal_id, step = 'hold', round = 0,
             transfer_id = NULL WHERE step = 'complete_return' AND round = 7`,
        ),
      ),
    ).toContain("a posting has its transfer's amount");
    const cash = `amount = -246 AND transaction_id = ${posted(id, 'return_at_once')}`;
    expect(
      rulesOf(
        await whileWrong(
          `UPDATE ledger_entries SET amount = -240 WHERE ${cash}`,
          `UPDATE ledger_entries SET amount = -246 WHERE ${cash.replace('-246', '-240')}`,
        ),
      ),
    ).toContain("a posting has its transfer's amount");
  });

  it('a settled payout that takes another amount out of transit', async () => {
    const { id } = await db().transfer.findFirstOrThrow({
      where: { direction: 'outbound', amount: 10_000n },
    });
    const entry = (amount: number) => `amount = ${amount} AND transaction_id = ${posted(id, 'settle')}`;
    const faults = await whileWrong(
      `UPDATE ledger_entries SET amount = -9_000 WHERE ${entry(-10_000)}`,
      `UPDATE ledger_entries SET amount = -10_000 WHERE ${entry(-9_000)}`,
    );
    expect(faults.find(({ rule }) => rule.includes('posting'))).toMatchObject({
      rule: "a posting has its transfer's amount",
      subject: `transfer ${id} (outbound, succeeded)`,
      expected: `transfer:${id}:settle: cash 0, in transit -10000`,
      actual: expect.stringContaining('in transit -9000'),
    });
  });

  it('a withdrawal without its hold, or whose hold is not of amount and fee', async () => {
    const { id } = await db().withdrawal.findFirstOrThrow({ where: { status: 'succeeded' } });
    const missing = await whileWrong(
      `UPDATE ledger_transactions SET step = 'gone' WHERE cause_id = '${id}' AND step = 'hold'`,
      `UPDATE ledger_transactions SET step = 'hold' WHERE step = 'gone'`,
    );
    expect(missing).toEqual([
      {
        rule: 'a withdrawal has its hold and what ended it',
        subject: `withdrawal ${id} (succeeded)`,
        expected: 'hold: reserved 10000',
        actual: 'no such transaction',
      },
    ]);
    const less = await whileWrong(
      `UPDATE ledger_entries SET amount = amount + 9 WHERE ${reservedOf(id, 'hold')}`,
      `UPDATE ledger_entries SET amount = amount - 9 WHERE ${reservedOf(id, 'hold')}`,
    );
    expect(rulesOf(less)).toEqual(
      expect.arrayContaining([
        'a hold and its end are of amount and fee',
        'a withdrawal sets aside what it has not ended with',
      ]),
    );
    const fee = await whileWrong(
      `UPDATE withdrawals SET fee_amount = 3 WHERE id = '${id}'`,
      `UPDATE withdrawals SET fee_amount = 0 WHERE id = '${id}'`,
    );
    expect(fee.map(({ rule, expected }) => [rule, expected])).toEqual([
      ['a hold and its end are of amount and fee', 'hold: reserved 10003'],
    ]);
  });

  it('a withdrawal that was given back and still sets money aside', async () => {
    const asked = await withdraw(await someOperator(), wallet, { amount: 1_111n });
    expect(await verify()).toEqual([]);
    const without = await whileWrong(
      `UPDATE withdrawals SET status = 'cancelled' WHERE id = '${asked.id}'`,
      `UPDATE withdrawals SET status = 'queued' WHERE id = '${asked.id}'`,
    );
    expect(without).toEqual([
      {
        rule: 'a withdrawal has its hold and what ended it',
        subject: `withdrawal ${asked.id} (cancelled)`,
        expected: 'release: reserved -1111',
        actual: 'no such transaction',
      },
      {
        rule: 'a withdrawal sets aside what it has not ended with',
        subject: `withdrawal ${asked.id} (cancelled)`,
        expected: 'reserved 0',
        actual: 'reserved 1111',
      },
    ]);
    await cancelWithdrawal(await someOperator(), { withdrawalId: asked.id, reason: 'Ya no' });
    expect(await verify()).toEqual([]);
    const less = await whileWrong(
      `UPDATE ledger_entries SET amount = amount - 1 WHERE ${reservedOf(asked.id, 'release')}`,
      `UPDATE ledger_entries SET amount = amount + 1 WHERE ${reservedOf(asked.id, 'release')}`,
    );
    expect(rulesOf(less)).toContain('a hold and its end are of amount and fee');
  });
});
