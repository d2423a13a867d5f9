import { afterEach, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { type Ceilings, NO_CEILINGS } from '~/lib/ledger/ceilings';
import { cash, type LedgerAccountSpec, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransaction, postTransactions } from '~/lib/ledger/post';
import { readUsage } from '~/lib/ledger/usage';
import { expectSoundBooks } from '~/lib/testing/books';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';
import { expectSoundUsage } from '~/lib/testing/usage';

withTestDatabase();
afterEach(async () => {
  await expectSoundBooks();
  await expectSoundUsage();
});

const bank = cash('acc_bank', 'MXN');
const ZONE = 'America/Mexico_City';

let serial = 0;
function purse(): LedgerAccountSpec & { walletId: string } {
  serial += 1;
  const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  return {
    ...walletAccount({ id, kind: 'customer', houseRole: null, asset: 'MXN' }, 'available'),
    walletId: id,
  };
}

function moved(
  cause: string,
  account: LedgerAccountSpec,
  direction: 'inbound' | 'outbound',
  amount: bigint,
  ceilings: Partial<Ceilings> = {},
): Posting {
  const [from, to] = direction === 'inbound' ? [bank, account] : [account, bank];
  return {
    ...{ cause: someCause(cause), kind: 'adjustment', effectiveAt: new Date() },
    use: { account, direction, amount, timeZone: ZONE, ceilings: { ...NO_CEILINGS, ...ceilings } },
    lines: [debit(from, amount), credit(to, amount)],
  };
}

const post = (posting: Posting) => transaction((tx) => postTransaction(tx, posting));
const usageOf = async (walletId: string) => (await readUsage([walletId], ZONE))(walletId, 'MXN', 'outbound');

describe('a limit in the posting', () => {
  it('of ten a day lets exactly ten of fifty at once through, with nobody but the ledger looking', async () => {
    const account = purse();
    await post(moved('r:fund', account, 'inbound', 1_000_000n));
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, nth) =>
        post(moved(`r:${nth}`, account, 'outbound', 100n, { dayCount: 10n })),
      ),
    );
    const refusals = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refusals).toHaveLength(40);
    for (const reason of refusals)
      expect(reason).toMatchObject({
        code: 'limit_reached',
        details: { which: 'dayCount', limit: '10', used: '10', left: '0', direction: 'outbound' },
      });
    expect((await usageOf(account.walletId)).day).toMatchObject({ amount: 1_000n, count: 10n });
  });

  it('of an amount counts within one batch, and leaves out what passes it alone', async () => {
    const account = purse();
    await post(moved('b:fund', account, 'inbound', 1_000_000n));
    const amounts = [400n, 700n, 500n, 101n, 100n];
    const results = await transaction((tx) =>
      postTransactions(
        tx,
        amounts.map((amount, nth) => moved(`b:${nth}`, account, 'outbound', amount, { dayAmount: 1_000n })),
      ),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...['posted', 'over_limit', 'posted', 'over_limit', 'posted'],
    ]);
  });

  it('of a week and of a month counts the days of it, and a day before them no more', async () => {
    const account = purse();
    await post(moved('w:fund', account, 'inbound', 1_000_000n));
    await post(moved('w:old', account, 'outbound', 600n));
    const tried = (cause: string, ceilings: Partial<Ceilings>) =>
      post(moved(cause, account, 'outbound', 500n, ceilings)).then(
        () => null,
        (error: { details: { which: string } }) => error.details.which,
      );
    expect(await tried('w:1', { weekAmount: 1_000n })).toBe('weekAmount');
    expect(await tried('w:2', { monthAmount: 1_000n })).toBe('monthAmount');
    expect(await tried('w:3', { monthCount: 1n })).toBe('monthCount');
    await tamper(
      `UPDATE ledger_transactions SET used_day = used_day - 40 WHERE used_wallet_id = $1 AND used_direction = 'outbound'`,
      [account.walletId],
    );
    await tamper(
      `UPDATE ledger_usage_days SET day = day - 40 WHERE wallet_id = $1 AND direction = 'outbound'`,
      [account.walletId],
    );
    expect(await tried('w:4', { weekAmount: 1_000n, monthAmount: 1_000n, monthCount: 1n })).toBeNull();
  });

  it('of the balance looks at what there is after the deposit', async () => {
    const account = purse();
    await post(moved('l:1', account, 'inbound', 800n, { balanceAmount: 1_000n }));
    await expect(
      post(moved('l:2', account, 'inbound', 201n, { balanceAmount: 1_000n })),
    ).rejects.toMatchObject({
      code: 'limit_reached',
      details: { which: 'balanceAmount', limit: '1000', used: '800', left: '200', renewsAt: '' },
    });
    await post(moved('l:3', account, 'inbound', 200n, { balanceAmount: 1_000n }));
  });

  it('is given back to the day in which it was used, once, and what was never counted gives nothing', async () => {
    const account = purse();
    await post(moved('g:fund', account, 'inbound', 1_000_000n));
    const hold = moved('g:hold', account, 'outbound', 900n, { dayAmount: 1_000n });
    await post(hold);
    await expect(post(moved('g:2', account, 'outbound', 200n, { dayAmount: 1_000n }))).rejects.toMatchObject({
      details: { used: '900', left: '100' },
    });
    const back = (cause: string, givesBack: Posting['cause']): Posting => ({
      ...{ cause: someCause(cause), kind: 'adjustment', effectiveAt: new Date(), givesBack },
      lines: [debit(bank, 900n), credit(account, 900n)],
    });
    await post(back('g:back', hold.cause));
    await post(back('g:back', hold.cause));
    await post(back('g:none', someCause('g:nobody')));
    expect((await usageOf(account.walletId)).day).toMatchObject({ amount: 0n, count: 0n });
    await post(moved('g:3', account, 'outbound', 1_000n, { dayAmount: 1_000n }));
  });

  it('counts in the day in which it was used, where that isn’t today’s, and is given back to it', async () => {
    const account = purse();
    await post(moved('d:fund', account, 'inbound', 1_000_000n));
    const usedAt = new Date(Date.now() - 40 * 86_400_000);
    const late = moved('d:late', account, 'outbound', 900n);
    await post({ ...late, ...(late.use && { use: { ...late.use, usedAt } }) });
    await post(moved('d:now', account, 'outbound', 1_000n, { dayAmount: 1_000n, monthAmount: 1_000n }));
    const days = () =>
      db().$queryRaw<{ fits: boolean; amount: bigint }[]>`
        SELECT day = (${usedAt}::timestamptz AT TIME ZONE ${ZONE})::date AS fits, amount FROM ledger_usage_days
        WHERE wallet_id = ${account.walletId}::uuid AND direction = 'outbound' ORDER BY day`;
    expect(await days()).toEqual([
      { fits: true, amount: 900n },
      { fits: false, amount: 1_000n },
    ]);
    await post({
      ...{ cause: someCause('d:back'), kind: 'adjustment', effectiveAt: new Date(), givesBack: late.cause },
      lines: [debit(bank, 900n), credit(account, 900n)],
    });
    expect(await days()).toMatchObject([{ amount: 0n }, { amount: 1_000n }]);
  });

  it('is of the day of its zone', async () => {
    const account = purse();
    await post(moved('z:fund', account, 'inbound', 100n));
    const far = { ...moved('z:1', account, 'outbound', 10n) };
    await post({ ...far, ...(far.use && { use: { ...far.use, timeZone: 'Pacific/Kiritimati' } }) });
    await post(moved('z:2', account, 'outbound', 10n));
    const days = await db().$queryRaw<{ fits: boolean }[]>`
      SELECT t.used_day = (t.posted_at AT TIME ZONE CASE t.cause_id WHEN 'z:1' THEN 'Pacific/Kiritimati' ELSE ${ZONE} END)::date AS fits
      FROM ledger_transactions t WHERE t.cause_id LIKE 'z:%'`;
    expect(days).toEqual([{ fits: true }, { fits: true }, { fits: true }]);
  });
});
