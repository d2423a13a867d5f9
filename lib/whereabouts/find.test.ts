import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { returnDeposit } from '~/lib/deposits/deposits';
import { pollTransfers } from '~/lib/inbox/sync';
import { recoverTransfers } from '~/lib/proof/recover';
import { mainRail } from '~/lib/rails/registry';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someOperator } from '~/lib/testing/factories';
import {
  arrive,
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  returnByTwo,
  settleAll,
  withdraw,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { freezeWallet } from '~/lib/wallets/status';
import { whereIs } from '~/lib/whereabouts/find';
import { NOTHING, type Sought } from '~/lib/whereabouts/receipt';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

/** What the local Fintoc makes of payouts to these (sandbox/README.md). */
const NO_FUNDS = '012969100000000013';
const NO_ACCOUNT = '012969100000000039';

let reader: OperatorActor;
let operator: OperatorActor;
let wallet: ReadyWallet;
let clabe: string;

beforeAll(async () => {
  reader = await someOperator('auditor');
  operator = await someOperator('operator');
});
beforeEach(() => fintoc.calm());

const ask = (sought: Partial<Sought>, who = reader) => whereIs(who, { ...NOTHING, ...sought });
const lastTransfer = () => db().transfer.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
const dayOf = (at: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(at);

/** The one answer to a question that has one. */
async function oneAnswer(sought: Partial<Sought>, who = reader) {
  const { same, near, absent } = await ask(sought, who);
  expect({ same: same.length, near: near.length, absent }).toEqual({ same: 1, near: 0, absent: null });
  return same[0] ?? expect.fail('nothing was found');
}

async function someDeposit(amount: number, number = wallet.accountNumberId) {
  await arrive(fintoc, { accountNumberId: number }, amount);
  return lastTransfer();
}

describe('a deposit', () => {
  beforeAll(async () => {
    wallet = await readyWallet();
    clabe = (await db().accountNumber.findUniqueOrThrow({ where: { id: wallet.accountNumberId } })).number;
  });

  it('is credited, with all that shows it, by its clave, its end, or CLABE and amount', async () => {
    await depositInto(fintoc, wallet, 123_457);
    const { id, trackingKey, transactedAt } = await lastTransfer();
    const key = trackingKey ?? '';
    const asked: Partial<Sought>[] = [
      { key },
      { key: key.slice(-7) },
      { clabes: [clabe], amount: 123_457n },
      { amount: 123_457n, day: dayOf(transactedAt) },
      { id },
    ];
    for (const sought of asked)
      expect(await oneAnswer(sought)).toMatchObject({
        ...{
          kind: 'deposit',
          id,
          wallet: { id: wallet.id },
          verdict: { word: 'credited' },
          fit: { differs: [] },
        },
        evidence: {
          ...{ event: { type: 'transfer.inbound.succeeded' }, booked: { kind: 'deposit' } },
          movement: { accountId: wallet.accountId, matchedAt: expect.any(Date) },
        },
      });
  });

  it('that is off by centavos or a day is offered as near, and never as it', async () => {
    const { id, transactedAt } = await someDeposit(77_777);
    const day = dayOf(transactedAt);
    const dayBefore = dayOf(new Date(transactedAt.getTime() - 86_400_000));
    for (const [sought, differs] of [
      [{ amount: 77_780n, day }, ['amount']],
      [{ amount: 77_777n, day: dayBefore }, ['day']],
    ] as const) {
      const { same, near, absent } = await ask(sought);
      expect(same).toEqual([]);
      expect(near).toMatchObject([{ id, fit: { how: 'near', differs } }]);
      expect(absent?.absence).toBeDefined();
    }
    expect((await ask({ amount: 78_777n, day })).near).toEqual([]);
  });

  it('is one of several that only more can tell apart', async () => {
    const [one, other] = [await someDeposit(5_555), await someDeposit(5_555)];
    const { same } = await ask({ clabes: [clabe], amount: 5_555n });
    expect(same.map(({ id }) => id).sort()).toEqual([other.id, one.id].sort());
    expect((await oneAnswer({ clabes: [clabe], amount: 5_555n, key: one.trackingKey })).id).toBe(one.id);
  });

  it('waits in suspense, with the reason, then for a return, and goes back', async () => {
    const account = await fintoc.rootAccount();
    const number = await fintoc.api('POST', '/v2/account_numbers', { account_id: account.id });
    const { id } = await someDeposit(40_001, number.id);
    expect((await oneAnswer({ id })).verdict).toMatchObject({
      ...{ word: 'suspense', reason: { of: 'suspense', code: 'unknown_number' }, waitsHere: true },
    });

    await depositInto(fintoc, wallet, 40_002);
    const credited = await lastTransfer();
    await returnDeposit(operator, { transferId: credited.id, reason: 'Not theirs' });
    expect((await oneAnswer({ id: credited.id })).verdict).toMatchObject({
      word: 'return_asked',
      waitsHere: true,
    });

    await depositInto(fintoc, wallet, 40_003);
    const back = await lastTransfer();
    await proveAll();
    await returnByTwo(operator, { transferId: back.id });
    await fintoc.deliveriesDone();
    await drain();
    expect(['returning', 'returned']).toContain((await oneAnswer({ id: back.id })).verdict.word);
  });

  it('is refused by a number that is disabled', async () => {
    const frozen = await readyWallet();
    const { number } = await db().accountNumber.findUniqueOrThrow({ where: { id: frozen.accountNumberId } });
    await freezeWallet(system('setup'), { walletId: frozen.id, reason: 'Test', deposits: 'refuse' });
    await fintoc.api('PATCH', `/v2/account_numbers/${frozen.accountNumberId}`, { status: 'disabled' });
    const { absent } = await ask({ clabes: [number], amount: 60_601n });
    expect(absent).toMatchObject({ absence: 'number_refuses', number: { id: frozen.accountNumberId } });
    const { id } = await someDeposit(60_601, frozen.accountNumberId);
    expect((await oneAnswer({ id })).verdict).toMatchObject({
      ...{ word: 'refused', reason: { of: 'number', code: 'wallet_frozen' } },
    });
  });

  it('comes while Fintoc has it pending', async () => {
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const [sent] = await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 31_313,
    });
    await recoverTransfers([sent.id], mainRail());
    expect((await oneAnswer({ id: sent.id })).verdict.word).toBe('coming');
  });

  it('that is not here is said so, with how far was looked', async () => {
    await pollTransfers();
    const { same, near, absent } = await ask({ clabes: [clabe], amount: 987_654n, day: '2026-01-05' });
    expect([same, near]).toEqual([[], []]);
    expect(absent).toMatchObject({
      ...{
        absence: 'not_here',
        readUntil: expect.any(Date),
        number: { status: 'enabled', wallet: { id: wallet.id } },
      },
      proof: { id: wallet.accountId },
    });
    expect((await ask({ clabes: [someClabe('735')] })).absent?.absence).toBe('number_unknown');
    expect((await ask({ clabes: [someClabe('012')] })).absent?.absence).toBe('clabe_elsewhere');
  });
});

describe('a withdrawal', () => {
  let paying: ReadyWallet;

  beforeAll(async () => {
    paying = await readyWallet();
    await depositInto(fintoc, paying, 9_000_000);
  });

  const asked = async (facts: Parameters<typeof withdraw>[2]) =>
    withdraw(await someOperator('operator'), paying, facts);
  const verdictOf = async (id: string) => (await oneAnswer({ id })).verdict;

  it('waits for approval, or is called off', async () => {
    const { id } = await asked({ amount: 6_000_000n });
    expect(await verdictOf(id)).toMatchObject({ word: 'waits_approval', waitsHere: true });
    await cancelWithdrawal(operator, { withdrawalId: id, reason: 'Test' });
    expect(await verdictOf(id)).toMatchObject({
      word: 'not_sent',
      reason: { of: 'ending', code: 'cancelled' },
    });
  });

  it('waits at the gate and says why', async () => {
    const { id } = await asked({ amount: 1_001n });
    expect(await verdictOf(id)).toMatchObject({ word: 'queued' });
    await db().withdrawal.update({ where: { id }, data: { heldReason: 'proof_late' } });
    expect(await verdictOf(id)).toMatchObject({
      word: 'waits_gate',
      reason: { of: 'gate', code: 'proof_late' },
    });
  });

  it('is in transit, then paid, and found by its beneficiary’s CLABE or its clave', async () => {
    await proveAll();
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const destination = someClabe('012');
    const { id } = await asked({ amount: 2_002n, destination });
    await settleAll(fintoc);
    expect(await verdictOf(id)).toMatchObject({ word: 'in_transit' });
    const { transferId } = await db().withdrawal.findUniqueOrThrow({ where: { id } });
    await fintoc.control('POST', `/transfers/${transferId}/settle`);
    await settleAll(fintoc);
    const { trackingKey } = await db().transfer.findUniqueOrThrow({ where: { id: transferId ?? '' } });
    for (const sought of [
      { clabes: [destination], amount: 2_002n },
      { key: trackingKey },
      { id: transferId },
    ])
      expect(await oneAnswer(sought)).toMatchObject({ kind: 'withdrawal', id, verdict: { word: 'paid' } });
  });

  it('fails or comes back with the reason', async () => {
    await proveAll();
    const failed = await asked({ amount: 3_003n, destination: NO_FUNDS });
    const back = await asked({ amount: 3_004n, destination: NO_ACCOUNT });
    await settleAll(fintoc);
    expect(await verdictOf(failed.id)).toMatchObject({ word: 'failed', reason: { of: 'failure' } });
    expect(await verdictOf(back.id)).toMatchObject({
      ...{ word: 'came_back', reason: { of: 'failure', code: 'non_existing_account' } },
    });
  });
});

describe('who may not see people’s data', () => {
  it('finds by a whole number alone, and reads it masked, without the CEP', async () => {
    const { id, counterpartyNumber } = await someDeposit(88_001);
    await db().transfer.update({
      where: { id },
      data: { receiptUrl: 'https://www.banxico.org.mx/cep/go?i=1' },
    });
    const support = await someOperator('support');
    const seen = await oneAnswer({ id });
    expect(seen).toMatchObject({
      receiptUrl: expect.stringContaining('cep'),
      other: { number: counterpartyNumber },
    });
    const masked = await oneAnswer({ id }, support);
    expect(masked).toMatchObject({ receiptUrl: null, sight: { seen: false } });
    expect(masked.other.number).toEqual({ masked: expect.stringContaining('•') });
  });
});
