import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { proveAccount } from '~/lib/proof/run';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { depositInto, type ReadyWallet } from '~/lib/testing/journeys';
import { breaksOf, proofStateOf, provenWallet, timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();
const fintoc = withLocalFintoc();

let wallet: ReadyWallet;

beforeAll(() => pollTransfers());

beforeEach(async () => {
  await fintoc.calm();
  wallet = await provenWallet(fintoc);
  for (const amount of [1_000, 2_000, 3_000]) await depositInto(fintoc, wallet, amount);
  await prove();
});

const prove = () => proveAccount(wallet.accountId);
const openBreaksOf = async () => (await breaksOf(wallet.accountId)).filter(({ state }) => state === 'open');
const listed = async (): Promise<{ id: string; amount: number }[]> =>
  fintoc.api('GET', `/v2/accounts/${wallet.accountId}/movements?limit=100`);
const ours = async () =>
  (
    await db().proofMovement.findMany({
      where: { accountId: wallet.accountId },
      orderBy: { position: 'desc' },
    })
  ).map(({ id, balance }) => ({ id, balance: Number(balance) }));
const theirs = async () =>
  (await fintoc.api('GET', `/v2/accounts/${wallet.accountId}/movements?limit=100`)).map(
    ({ id, balance }: { id: string; balance: number }) => ({ id, balance }),
  );

describe('the newest movements are read again at every run', () => {
  it('one that Fintoc takes back leaves its entry without a movement: a break, cured by what undoes it', async () => {
    const gone = (await listed())[1];
    await fintoc.control('POST', `/movements/${gone?.id}/retract`, { stated: true });
    await timePasses(fintoc);
    await prove();
    expect(await ours()).toEqual(await theirs());
    expect(await openBreaksOf()).toMatchObject([{ kind: 'missing_there', actual: 2_000n, cure: 'adjust' }]);
    expect(await db().retractedMovement.findUnique({ where: { id: gone?.id ?? '' } })).not.toBeNull();
    // The proof goes back to before it, and stands at equal balances there.
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenBalance: 106_000n - 2_000n });
    await prove();
    expect(await openBreaksOf()).toHaveLength(1);
  });

  it.each([
    ['the newest', 0],
    ['the only ones', null],
  ])('%s of them too', async (_what, which) => {
    const all = await listed();
    for (const { id } of which === null ? all : [all[which] ?? { id: '' }])
      await fintoc.control('POST', `/movements/${id}/retract`, { stated: true });
    await timePasses(fintoc);
    await prove();
    expect(await ours()).toEqual(await theirs());
    expect(await openBreaksOf()).toHaveLength(which === null ? all.length : 1);
  });

  it('one that appears late behind newer ones is found, and is missing here', async () => {
    await fintoc.control('POST', `/accounts/${wallet.accountId}/movements/late`, {
      direction: 'outbound',
      amount: 700,
      behind: 2,
    });
    await timePasses(fintoc);
    await prove();
    expect(await ours()).toEqual(await theirs());
    expect(await openBreaksOf()).toMatchObject([{ kind: 'missing_here', expected: -700n }]);
  });

  it('behind more than a page of newer ones too: what stands after it moves up', async () => {
    const many = 130;
    await Promise.all(
      Array.from({ length: many }, () =>
        fintoc.control('POST', '/inbound-transfers', {
          account_number_id: wallet.accountNumberId,
          amount: 100,
          settle: true,
        }),
      ),
    );
    await fintoc.deliveriesDone();
    await drain();
    await prove();
    await fintoc.control('POST', `/accounts/${wallet.accountId}/movements/late`, {
      direction: 'outbound',
      amount: 700,
      behind: many - 5,
    });
    await timePasses(fintoc);
    for (let turn = 0; turn < 4; turn += 1) await prove();
    const held = await ours();
    expect(held.slice(0, 100)).toEqual(await theirs());
    expect(held).toHaveLength(many + 5);
    expect(await openBreaksOf()).toMatchObject([{ kind: 'missing_here', expected: -700n }]);
    const positions = await db().proofMovement.findMany({
      where: { accountId: wallet.accountId },
      orderBy: { position: 'asc' },
      select: { position: true },
    });
    const first = positions[0]?.position ?? 0n;
    expect(positions.map(({ position }) => position - first)).toEqual(held.map((_row, nth) => BigInt(nth)));
  });

  it('and new ones beside a late one, all in Fintoc’s order', async () => {
    await fintoc.control('POST', `/accounts/${wallet.accountId}/movements/late`, {
      direction: 'inbound',
      amount: 900,
      behind: 1,
    });
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 5_000,
      settle: true,
    });
    await fintoc.deliveriesDone();
    await prove();
    expect(await ours()).toEqual(await theirs());
  });
});

describe('what Fintoc says of a movement that was proven', () => {
  const told = (what: string) => fintoc.sql(`UPDATE sandbox.movements SET ${what} WHERE id = '${changed}'`);
  let changed: string;

  beforeEach(async () => {
    changed = (await listed())[1]?.id ?? '';
  });

  it('another balance is found, and is a break of order until two people or Fintoc end it', async () => {
    await told('balance = balance + 7');
    await timePasses(fintoc);
    await prove();
    expect(await ours()).toEqual(await theirs());
    // Neither it nor the one after it follows.
    expect(await openBreaksOf()).toMatchObject([
      { kind: 'order', movementId: changed, difference: 7n },
      { kind: 'order', difference: -7n },
    ]);
  });

  it('another amount is another movement: the entry has none any more, and the new one is missing here', async () => {
    await told('amount = amount - 500, balance = balance - 500');
    await timePasses(fintoc);
    await prove();
    expect(await ours()).toEqual(await theirs());
    expect((await openBreaksOf()).length).toBeGreaterThan(0);
    expect(await db().retractedMovement.findUnique({ where: { id: changed } })).not.toBeNull();
  });
});

describe('what Fintoc states as the balance', () => {
  const statedOff = (by: number) =>
    fintoc.control('POST', `/accounts/${wallet.accountId}/stated-balance`, { by });

  it('is part of the proof: off for longer than a movement may take, it is a break; equal again, it is cured', async () => {
    await statedOff(-60_000);
    await prove();
    expect(await openBreaksOf()).toEqual([]);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({
      statedBalance: 46_000n,
      statedOffSince: expect.any(Date),
    });
    // The overview says the same as Fintoc, beside the ledger's word.
    const account = await db().account.findUniqueOrThrow({ where: { id: wallet.accountId } });
    expect(account.availableBalance).toBe(46_000n);
    await tamper(`UPDATE proof_states SET stated_off_since = stated_off_since - interval '5 minutes'`);
    await prove();
    expect(await openBreaksOf()).toMatchObject([
      { kind: 'stated_balance', expected: 46_000n, actual: 106_000n, difference: -60_000n },
    ]);
    await statedOff(60_000);
    await prove();
    expect((await breaksOf(wallet.accountId)).map(({ state }) => state)).toEqual(['cured']);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ statedOffSince: null });
  });

  it('ahead of the list by a movement that comes each time is no break; ahead by one that never comes is', async () => {
    const minutesPass = () =>
      tamper(`UPDATE proof_states SET stated_off_since = stated_off_since - interval '5 minutes'`);
    // As where money comes in without a break: each statement has a deposit more than the list that was read before it.
    await statedOff(500);
    await prove();
    for (let nth = 0; nth < 3; nth += 1) {
      await minutesPass();
      await depositInto(fintoc, wallet, 500);
      await prove();
      expect(await openBreaksOf()).toEqual([]);
    }
    await minutesPass();
    await depositInto(fintoc, wallet, 700);
    await minutesPass();
    await prove();
    expect(await openBreaksOf()).toMatchObject([{ kind: 'stated_balance', difference: 500n }]);
    // The one that was missing comes, and the next is missing again.
    await depositInto(fintoc, wallet, 500);
    await prove();
    expect(await openBreaksOf()).toEqual([]);
    await statedOff(-500);
  });
});
