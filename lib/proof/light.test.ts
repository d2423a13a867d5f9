import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { booksByAsset } from '~/lib/overview/overview';
import type { LedgerCheck } from '~/lib/proof/ledger-check';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { getAccountProof, ledgerLight, lightOver, proofSummaries } from '~/lib/proof/read';
import { proveAccount } from '~/lib/proof/run';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { arrive, type ReadyWallet } from '~/lib/testing/journeys';
import { proofStateOf, provenWallet } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(() => pollTransfers());
beforeEach(() => fintoc.calm());

const lightOf = async ({ accountId }: ReadyWallet) => (await getAccountProof(accountId)).light;

/** As if all that is known of the account had been known so much earlier, and nobody had looked since. */
async function minutesPass({ accountId }: ReadyWallet, minutes: number): Promise<void> {
  const by = `${minutes} minutes`;
  await db().$executeRaw`
    UPDATE proof_states SET proven_at = proven_at - ${by}::interval, read_at = read_at - ${by}::interval,
      lagging_since = lagging_since - ${by}::interval WHERE account_id = ${accountId}`;
  await db().$executeRaw`
    UPDATE proof_movements SET at = at - ${by}::interval, read_at = read_at - ${by}::interval
    WHERE account_id = ${accountId}`;
  await db().$executeRaw`
    UPDATE accounts SET created_at = created_at - ${by}::interval WHERE id = ${accountId}`;
}

describe('the light of an account', () => {
  it('is green when all is equal, and while what just came in is on its way', async () => {
    const wallet = await provenWallet(fintoc);
    expect(await lightOf(wallet)).toBe('green');
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 300,
      settle: true,
    });
    await fintoc.deliveriesDone();
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ laggingCount: 1 });
    expect(await lightOf(wallet)).toBe('green');
    await drain();
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ laggingCount: 0, laggingSince: null });
  });

  it('is amber, then red, while events wait and are not processed, however often the proof runs', async () => {
    const wallet = await provenWallet(fintoc);
    await minutesPass(wallet, 60);
    await proveAccount(wallet.accountId);
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 400,
      settle: true,
    });
    await fintoc.deliveriesDone();
    const { provenAt: before } = await proofStateOf(wallet.accountId);
    await proveAccount(wallet.accountId);
    await minutesPass(wallet, 6);
    await proveAccount(wallet.accountId);
    const { provenAt, laggingSince, laggingCount } = await proofStateOf(wallet.accountId);
    expect(laggingCount).toBe(1);
    expect(await lightOf(wallet)).toBe('amber');
    // Equal up to when the oldest that waits came, and not up to now.
    expect(before && provenAt && provenAt <= before).toBe(true);
    const [summary] = await proofSummaries();
    expect(summary).toMatchObject({ laggingCount: 1, laggingSince });
    await minutesPass(wallet, 30);
    await proveAccount(wallet.accountId);
    expect(await lightOf(wallet)).toBe('red');
    await drain();
    await proveAccount(wallet.accountId);
    expect(await lightOf(wallet)).toBe('green');
  });

  it('is amber, then red, when the worker stands still and nothing is known to wait', async () => {
    const wallet = await provenWallet(fintoc);
    await minutesPass(wallet, 4);
    expect(await lightOf(wallet)).toBe('green');
    await minutesPass(wallet, 2);
    expect(await lightOf(wallet)).toBe('amber');
    await minutesPass(wallet, 25);
    expect(await lightOf(wallet)).toBe('red');
    await proveAccount(wallet.accountId);
    expect(await lightOf(wallet)).toBe('green');
  });

  it('is red when the worker stands still behind a break that was released', async () => {
    const wallet = await provenWallet(fintoc);
    await db().proofBreak.create({
      data: {
        accountId: wallet.accountId,
        asset: 'MXN',
        kind: 'missing_here',
        state: 'released',
        subject: 'mov_x',
        expected: 5n,
        actual: 0n,
        difference: 5n,
        cure: 'adjust',
        at: new Date(),
      },
    });
    expect(await lightOf(wallet)).toBe('amber');
    await minutesPass(wallet, 31);
    expect(await lightOf(wallet)).toBe('red');
  });
});

describe('the light over everything', () => {
  const NOW = new Date('2026-11-21T12:00:00Z');
  const check = (facts: Partial<LedgerCheck>) => ({ ...CHECK, at: '2026-11-21T11:59:50Z', ...facts });
  let CHECK: LedgerCheck;

  beforeAll(async () => {
    CHECK = await lastLedgerCheck();
  });

  it('is of the ledger too: red when one of its promises is broken, late when nobody looked', async () => {
    const fault = { rule: 'debits equal credits', subject: 'MXN', expected: '0', actual: '5' };
    expect(ledgerLight(check({}), NOW)).toBe('green');
    expect(ledgerLight(check({ faults: [fault] }), NOW)).toBe('red');
    expect(ledgerLight(check({ at: '2026-11-21T11:54:00Z' }), NOW)).toBe('amber');
    expect(ledgerLight(check({ at: '2026-11-21T11:29:00Z' }), NOW)).toBe('red');
    expect(lightOver([], check({ faults: [fault] }), NOW)).toBe('red');
    expect(lightOver([], check({}), NOW)).toBe('new');
  });

  it('is looked at by the worker', async () => {
    const wallet = await provenWallet(fintoc);
    await arrive(fintoc, wallet, 10);
    await checkLedger();
    expect(ledgerLight(await lastLedgerCheck())).toBe('green');
  });

  it('on the overview is red too, and says how many promises are broken', async () => {
    const wallet = await provenWallet(fintoc);
    await checkLedger();
    const mxn = async () => (await booksByAsset()).find(({ asset }) => asset === 'MXN')?.proof;
    expect((await mxn())?.ledger).toMatchObject({ light: 'green', faults: 0 });
    const code = `wallet/${wallet.id}/available`;
    await tamper('UPDATE ledger_accounts SET balance = balance + 5, created_at = $2 WHERE code = $1', [
      code,
      new Date(0),
    ]);
    await checkLedger();
    expect(await mxn()).toMatchObject({ light: 'red', ledger: { light: 'red', faults: expect.any(Number) } });
    await tamper('UPDATE ledger_accounts SET balance = balance - 5 WHERE code = $1', [code]);
    await checkLedger();
    expect((await mxn())?.ledger).toMatchObject({ light: 'green', faults: 0 });
  });
});
