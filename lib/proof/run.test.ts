import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { proveAccount, proveAccounts } from '~/lib/proof/run';
import { moneyOf } from '~/lib/testing/books';
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
import { breaksOf, proofStateOf, provenWallet, timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  await pollTransfers();
});

beforeEach(() => fintoc.calm());

type Newest = { id: string; balance: number; resource_id: string };

async function newestMovement({ accountId }: ReadyWallet): Promise<Newest> {
  const [newest] = await fintoc.api('GET', `/v2/accounts/${accountId}/movements?limit=1`);
  return newest;
}

describe('two workers at one account', () => {
  it('take turns, and the slower one, whose lease ran out, writes nothing of what it saw', async () => {
    const wallet = await provenWallet(fintoc);
    const { accountId } = wallet;
    await fintoc.control('POST', '/faults', {
      kind: 'slow',
      delay_ms: 1_500,
      method: 'GET',
      path: `/v2/accounts/${accountId}/movements`,
    });
    const slow = proveAccount(accountId);
    while ((await fintoc.control('GET', '/faults')).length > 0);
    expect(await proveAccount(accountId), 'while it is in time').toBe(false);
    await db().queueItem.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });
    expect(await proveAccount(accountId)).toBe(true);
    const before = await proofStateOf(accountId);
    expect(await slow).toBe(true);
    expect(await proofStateOf(accountId)).toEqual(before);
  });
});

describe('an account whose books equal Fintoc’s', () => {
  it('is proven up to its newest movement, with every batch written down', async () => {
    const wallet = await provenWallet(fintoc);
    const { id } = await withdraw(operator, wallet);
    await settleAll(fintoc);
    const { transferId } = await withdrawalRow(id);
    await fintoc.control('POST', `/transfers/${transferId}/return`);
    await settleAll(fintoc);
    await arrive(fintoc, wallet, 2_500);
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
    await arrive(fintoc, wallet, 1_000);
    const last = await newestMovement(wallet);
    await arrive(fintoc, wallet, 2_000);
    const bad = await newestMovement(wallet);
    await arrive(fintoc, wallet, 3_000);
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
    await arrive(fintoc, wallet, 7);
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
    await arrive(fintoc, wallet, 4_000);
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ laggingCount: 1, provenCount: 1n });
    expect(await breaksOf(wallet.accountId)).toEqual([]);
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect((await moneyOf(wallet)).available).toBe(104_000n);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ laggingCount: 0, provenCount: 2n });
    expect(await breaksOf(wallet.accountId)).toEqual([]);
  });

  it('and was undone before anybody heard of it is no break when its webhooks come one after the other', async () => {
    const wallet = await provenWallet(fintoc);
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 100 });
    await arrive(fintoc, wallet, 4_000);
    const { resource_id: transferId } = await newestMovement(wallet);
    await fintoc.control('POST', `/transfers/${transferId}/return`);
    await settleAll(fintoc);
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 3n, laggingCount: 0 });
    await fintoc.control('DELETE', '/delivery-rules');
    const deposits = `/events?type=transfer.inbound.succeeded&resource_id=${transferId}`;
    const [late] = await fintoc.control('GET', deposits);
    await fintoc.control('POST', `/events/${late.id}/redeliver`);
    await fintoc.deliveriesDone();
    await drain();
    expect((await moneyOf(wallet)).available).toBe(104_000n);
    await timePasses(fintoc);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toEqual([]);
    expect((await moneyOf(wallet)).available).toBe(100_000n);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 3n, difference: 0n });
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
