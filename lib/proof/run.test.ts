import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { proveAccount, proveAccounts } from '~/lib/proof/run';
import { pollTransfers } from '~/lib/sync';
import { moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { breaksOf, proofStateOf, provenWallet, timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  await pollTransfers();
});

beforeEach(() => fintoc.calm());

async function newestMovement({ accountId }: ReadyWallet): Promise<{ id: string; balance: number }> {
  const [newest] = await fintoc.api('GET', `/v2/accounts/${accountId}/movements?limit=1`);
  return newest;
}

describe('an account whose books equal Fintoc’s', () => {
  it('is proven up to its newest movement, with every batch written down', async () => {
    const wallet = await provenWallet(fintoc);
    const { id } = await withdraw(operator, wallet);
    await settleAll(fintoc);
    const { transferId } = await withdrawalRow(id);
    await fintoc.control('POST', `/transfers/${transferId}/return`);
    await settleAll(fintoc);
    await depositInto(fintoc, wallet, 2_500);
    await proveAccount(wallet.accountId);
    const newest = await newestMovement(wallet);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({
      provenMovementId: newest.id,
      provenBalance: BigInt(newest.balance),
      provenCount: 4n,
      difference: 0n,
      laggingCount: 0,
      error: null,
    });
    const proofs = await db().proof.findMany({
      where: { accountId: wallet.accountId },
      orderBy: { at: 'asc' },
    });
    expect(proofs.map(({ count, balance, difference }) => ({ count, balance, difference }))).toEqual([
      { count: 1, balance: 100_000n, difference: 0n },
      { count: 3, balance: 102_500n, difference: 0n },
    ]);
    expect(await breaksOf(wallet.accountId)).toEqual([]);
  });

  it('is proven as far as its movements can be read, says how many can’t be, and goes on once they can', async () => {
    const wallet = await provenWallet(fintoc);
    await depositInto(fintoc, wallet, 1_000);
    const last = await newestMovement(wallet);
    await depositInto(fintoc, wallet, 2_000);
    const bad = await newestMovement(wallet);
    await depositInto(fintoc, wallet, 3_000);
    await fintoc.sql(`ALTER TABLE sandbox.movements DROP CONSTRAINT IF EXISTS movements_direction_check`);
    const turn = (direction: string) =>
      fintoc.sql(`UPDATE sandbox.movements SET direction = $2 WHERE id = $1`, [bad.id, direction]);
    await turn('sideways');
    for (let round = 0; round < 2; round += 1) await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({
      error: 'unreadable:1',
      provenMovementId: last.id,
      provenCount: 2n,
    });
    expect(await breaksOf(wallet.accountId)).toEqual([]);
    await turn('inbound');
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({
      error: null,
      provenCount: 4n,
      difference: 0n,
    });
    expect(await breaksOf(wallet.accountId)).toEqual([]);
  });

  it('is proven with the daily settlement that swept it', async () => {
    const wallet = await provenWallet(fintoc);
    await fintoc.control('POST', '/daily-settlement', { account_id: wallet.accountId });
    await settleAll(fintoc);
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenBalance: 0n, provenCount: 2n });
  });

  it('is proven from its first movement on, over more pages than one, once by however many workers', async () => {
    const wallet = await readyWallet({ pattern: 'B' });
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 10,
      count: 230,
      settle: true,
    });
    await settleAll(fintoc);
    await Promise.all([proveAccounts(), proveAccounts(), proveAccount(wallet.accountId)]);
    await depositInto(fintoc, wallet, 7);
    await db().proofState.updateMany({ data: { nextAt: new Date() } });
    await Promise.all([proveAccounts(), proveAccounts(), proveAccount(wallet.accountId)]);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 231n, provenBalance: 2_307n });
    const { accountId } = wallet;
    const places = await db().proofMovement.findMany({ where: { accountId }, orderBy: { position: 'asc' } });
    const [first] = places;
    expect(places.map(({ position }) => position - (first?.position ?? 0n))).toEqual(
      places.map((_, nth) => BigInt(nth)),
    );
    const { _sum } = await db().proof.aggregate({ where: { accountId }, _sum: { count: true } });
    expect(_sum.count).toBe(231);
  });
});

describe('what is late', () => {
  it('is shown as lag, not as a break, until a webhook had its time; then it is recovered', async () => {
    const wallet = await provenWallet(fintoc);
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 100 });
    await depositInto(fintoc, wallet, 4_000);
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ laggingCount: 1, provenCount: 1n });
    expect(await breaksOf(wallet.accountId)).toEqual([]);
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect((await moneyOf(wallet)).available).toBe(104_000n);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ laggingCount: 0, provenCount: 2n });
    expect(await breaksOf(wallet.accountId)).toEqual([]);
  });

  it('by an outage of Fintoc is no break: the account tells why, and is proven when Fintoc is back', async () => {
    const wallet = await provenWallet(fintoc);
    await fintoc.control('POST', '/faults', {
      kind: 'empty_503',
      when: 'before_commit',
      count: 1,
      path: '/v2/accounts',
    });
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ error: 'http_503' });
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ error: null });
  });
});

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
    await depositInto(fintoc, wallet, 3_000);
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
    await depositInto(fintoc, wallet, 3_000);
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
    await depositInto(fintoc, ana, 1_234);
    await depositInto(fintoc, beto, 1_000);
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
    await depositInto(fintoc, wallet, 600);
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
