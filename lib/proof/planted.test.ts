import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { proveAccount } from '~/lib/proof/run';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet } from '~/lib/testing/factories';
import { arrive, type ReadyWallet, readyWallet, settleAll } from '~/lib/testing/journeys';
import { breaksOf, proofStateOf, provenWallet, timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(async () => {
  await pollTransfers();
});

beforeEach(() => fintoc.calm());

async function newestMovement({ accountId }: ReadyWallet): Promise<{ id: string; balance: number }> {
  const [newest] = await fintoc.api('GET', `/v2/accounts/${accountId}/movements?limit=1`);
  return newest;
}

describe('a wrong row planted by hand is found and named', () => {
  it('a movement that is at Fintoc alone', async () => {
    const wallet = await provenWallet(fintoc);
    const { id } = await fintoc.control('POST', `/accounts/${wallet.accountId}/movements`, {
      direction: 'outbound',
      amount: 500,
    });
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([
      {
        kind: 'missing_here',
        state: 'open',
        movementId: id,
        expected: -500n,
        difference: -500n,
        cure: 'adjust',
      },
    ]);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 1n });
  });

  it('an entry that is missing here', async () => {
    const wallet = await readyWallet({ pattern: 'B' });
    await arrive(fintoc, wallet, 3_000);
    const { id } = await newestMovement(wallet);
    const { id: transferId } = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id } });
    await tamper(
      `DELETE FROM ledger_entries WHERE transaction_id IN (SELECT id FROM ledger_transactions WHERE transfer_id = $1)`,
      [transferId],
    );
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([
      { kind: 'missing_here', movementId: id, transferId, expected: 3_000n, actual: 0n, cure: 'adjust' },
    ]);
  });

  it('an amount that was changed', async () => {
    const wallet = await readyWallet({ pattern: 'B' });
    await arrive(fintoc, wallet, 3_000);
    const { id } = await newestMovement(wallet);
    await tamper(`UPDATE ledger_entries SET amount = 2_900 WHERE amount = 3_000 AND kind = 'deposit'`);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([
      {
        kind: 'amount_differs',
        movementId: id,
        expected: 3_000n,
        actual: 2_900n,
        difference: 100n,
        cure: 'adjust',
      },
    ]);
  });

  it('a balance that was changed after it was proven', async () => {
    const wallet = await provenWallet(fintoc);
    const code = `fintoc/${wallet.accountId}/cash`;
    await tamper(`UPDATE ledger_accounts SET balance = balance - 40 WHERE code = $1`, [code]);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([
      { kind: 'balance', state: 'open', expected: 100_000n, actual: 99_960n, difference: 40n },
    ]);
    await tamper(`UPDATE ledger_accounts SET balance = balance + 40 WHERE code = $1`, [code]);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([{ kind: 'balance', state: 'cured' }]);
  });

  it('a deposit in another wallet than that of its account number', async () => {
    const [ana, beto] = [await readyWallet(), await readyWallet()];
    await arrive(fintoc, ana, 1_234);
    await arrive(fintoc, beto, 1_000);
    await tamper(`UPDATE ledger_entries SET wallet_id = $1 WHERE amount = -1_234 AND wallet_id = $2`, [
      beto.id,
      ana.id,
    ]);
    await proveAccount(ana.accountId);
    expect(await breaksOf(ana.accountId)).toMatchObject([
      { kind: 'wrong_wallet', walletId: beto.id, ownerWalletId: ana.id, expected: 1_234n, cure: 'adjust' },
    ]);
  });

  it('cash that Fintoc knows nothing of', async () => {
    const wallet = await provenWallet(fintoc);
    const { number = '' } =
      (await db().accountNumber.findUnique({ where: { id: wallet.accountNumberId } })) ?? {};
    await fundWallet({ ...wallet, numberId: wallet.accountNumberId, number }, 800n);
    await db().proofExemption.deleteMany({ where: { accountId: wallet.accountId } });
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toEqual([]);
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([
      { kind: 'missing_there', expected: 0n, actual: 800n, difference: -800n },
    ]);
  });

  it('balances of Fintoc that do not follow from one movement to the next', async () => {
    const wallet = await provenWallet(fintoc);
    await arrive(fintoc, wallet, 600);
    const { id } = await newestMovement(wallet);
    await fintoc.sql('UPDATE sandbox.movements SET balance = balance - 1 WHERE id = $1', [id]);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([
      { kind: 'order', movementId: id, expected: 100_599n, actual: 100_600n, difference: -1n, cure: 'wait' },
    ]);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 1n });
  });

  it('each of more than fifty deposits in another wallet', async () => {
    const [ana, beto] = [await readyWallet(), await readyWallet()];
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: ana.accountNumberId,
      amount: 77,
      count: 120,
      settle: true,
    });
    await settleAll(fintoc);
    await tamper(`UPDATE ledger_entries SET wallet_id = $1 WHERE wallet_id = $2`, [beto.id, ana.id]);
    await proveAccount(ana.accountId);
    await proveAccount(ana.accountId);
    const found = await db().proofBreak.findMany({ where: { kind: 'wrong_wallet', ownerWalletId: ana.id } });
    expect(found).toHaveLength(120);
    const told = { action: 'proof.broken', subjectId: { in: found.map(({ id }) => id) } };
    expect(await db().auditEntry.count({ where: told })).toBe(120);
  });

  it('each of more than fifty balances of Fintoc that don’t follow', async () => {
    const wallet = await provenWallet(fintoc);
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 10,
      count: 60,
      settle: true,
    });
    await settleAll(fintoc);
    await fintoc.sql(`
      UPDATE sandbox.movements m SET balance = m.balance + n.nth
      FROM (SELECT id, row_number() OVER (ORDER BY seq) AS nth FROM sandbox.movements
            WHERE account_id = '${wallet.accountId}' AND amount = 10) n WHERE n.id = m.id`);
    await proveAccount(wallet.accountId);
    const found = await breaksOf(wallet.accountId);
    expect(found.filter(({ kind, difference }) => kind === 'order' && difference === 1n)).toHaveLength(60);
    expect(found).toHaveLength(60);
  });
});
