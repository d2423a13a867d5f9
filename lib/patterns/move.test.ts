import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { returnDeposit } from '~/lib/deposits/deposits';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { askToMove, cancelMove } from '~/lib/patterns/ask';
import { balanceOf, moneyOf } from '~/lib/testing/books';
import { restoredCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator, someTerms } from '~/lib/testing/factories';
import {
  arrive,
  depositInto,
  expectCashEqualsFintoc,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { expectProven, moveByTwo, moveOf, paymentsOf, turnsUntil, untilMoved } from '~/lib/testing/moves';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { inPesos } from '~/lib/testing/wallets';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { deleteQuarantined, quarantineNumber } from '~/lib/wallets/quarantine';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { WalletPattern } from '~/prisma/generated/client';

// Each takes many turns of every worker.
vi.setConfig({ testTimeout: 300_000 });

withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(() => pollTransfers());
beforeEach(() => fintoc.calm());

const cashOf = (accountId: string | null) => balanceOf(`fintoc/${accountId}/cash`);
const incomingTo = (accountId: string | null) => balanceOf(`fintoc/${accountId}/incoming`);

const isWaitingFor =
  ({ id }: ReadyWallet, waitsFor: string) =>
  async () =>
    (await moveOf(id)).waitsFor === waitsFor;

async function holding(pattern: 'A' | 'B', amount: number, termsId?: string): Promise<ReadyWallet> {
  const wallet = await readyWallet({ pattern, ...(termsId && { termsId }) });
  await depositInto(fintoc, wallet, amount);
  return wallet;
}

let serial = 0;
/** The customer's own entity, whose KYB Fintoc has approved. */
async function approvedEntity({ customerId }: ReadyWallet): Promise<string> {
  serial += 1;
  const taxId = `EMP8001${String(serial).padStart(2, '0')}AB1`;
  await restoredCustomer(customerId ?? '', { taxId, taxIdKind: 'rfc', kind: 'business' });
  const asked = { country_code: 'mx', holder_name: 'Textiles Robles', holder_id: taxId };
  const { id } = await fintoc.api('POST', '/v2/entities', asked);
  await fintoc.control('POST', `/entities/${id}/status`, { status: 'operational' });
  await syncFintoc(system('setup'));
  return id;
}

const MOVES: ['A' | 'B', WalletPattern][] = [
  ['A', 'B'],
  ['B', 'A'],
  ['A', 'C'],
  ['B', 'C'],
];

describe.each(MOVES)('a wallet that moves from %s to %s', (from, to) => {
  it('has its money at each moment, pays from its new account, and its old number receives on', async () => {
    const wallet = await holding(from, 50_000);
    const entityId = to === 'C' ? await approvedEntity(wallet) : null;
    await moveByTwo(wallet, to);
    const move = await untilMoved(fintoc, wallet);
    const now = await inPesos(wallet.id);
    expect(now).toMatchObject({ pattern: to, entityId, accountId: move.toAccountId, status: 'open' });
    expect(now.accountId).not.toBe(wallet.accountId);
    expect(now.accountNumber?.number).toBeDefined();
    expect(now.accountNumberId).not.toBe(wallet.accountNumberId);
    expect(await paymentsOf(move.id)).toMatchObject([{ amount: 50_000n, state: 'arrived' }]);
    expect(await incomingTo(now.accountId)).toBe(0n);
    if (from === 'B') expect(await cashOf(wallet.accountId)).toBe(0n);
    if (to !== 'A') expect(await cashOf(now.accountId)).toBe(50_000n);

    // Somebody still pays to the number that they know, and somebody to the new one.
    await arrive(fintoc, wallet, 7_000);
    await arrive(fintoc, { accountNumberId: now.accountNumberId ?? '' }, 300);
    expect(await moneyOf(wallet)).toEqual({ available: 57_300n, reserved: 0n });
    await turnsUntil(fintoc, async () => (await paymentsOf(move.id)).at(1)?.state === 'arrived');
    expect(await paymentsOf(move.id)).toMatchObject([
      { state: 'arrived' },
      { amount: 7_000n, state: 'arrived' },
    ]);
    expect(await moneyOf(wallet)).toEqual({ available: 57_300n, reserved: 0n });

    const { id } = await withdraw(await someOperator(), wallet, { amount: 57_300n });
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', accountId: now.accountId });
    if (to !== 'A') expect(await cashOf(now.accountId)).toBe(0n);
    await expectCashEqualsFintoc(fintoc);
    await expectProven();
  });
});

it('takes along the fees that stand in an account of its own, and credits none of its money a second time', async () => {
  const terms = await someTerms({ depositFeeAmount: 500n });
  const wallet = await holding('B', 20_000, terms.id);
  await moveByTwo(wallet, 'A');
  const { id, toAccountId } = await untilMoved(fintoc, wallet);
  expect(await moneyOf(wallet)).toEqual({ available: 19_500n, reserved: 0n });
  expect(await paymentsOf(id)).toMatchObject([{ amount: 20_000n, toAccountId }]);
  expect(await db().transfer.count({ where: { walletId: wallet.id, direction: 'inbound' } })).toBe(1);
  await expectProven();
});

it('moves an empty wallet without a payment', async () => {
  const wallet = await readyWallet();
  await moveByTwo(wallet, 'B');
  const { id } = await untilMoved(fintoc, wallet);
  expect(await paymentsOf(id)).toEqual([]);
});

describe('until its money has arrived', () => {
  it('its payouts wait at the gate, and go from the new account afterwards', async () => {
    const wallet = await holding('A', 30_000);
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    await moveByTwo(wallet, 'B');
    await turnsUntil(fintoc, isWaitingFor(wallet, 'payment_pending'));
    expect(await moveOf(wallet.id)).toMatchObject({ state: 'moving' });
    const { accountId } = await inPesos(wallet.id);
    const withdrawal = await withdraw(await someOperator(), wallet, { amount: 30_000n });
    await settleAll(fintoc);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ heldReason: 'credit_unconfirmed', accountId });
    await fintoc.calm();
    await untilMoved(fintoc, wallet);
    await settleAll(fintoc);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'succeeded' });
    await expectProven();
  });

  it('it goes nowhere while payouts are stopped, or its account’s proof is red', async () => {
    const wallet = await holding('B', 30_000);
    await db().payoutStop.create({
      data: { accountId: wallet.accountId, cause: 'returns', reason: 'Muchas devoluciones', facts: {} },
    });
    const { id } = await moveByTwo(wallet, 'A');
    await turnsUntil(fintoc, isWaitingFor(wallet, 'payouts_stopped'));
    expect(await paymentsOf(id)).toMatchObject([{ state: 'due', heldReason: 'payouts_stopped' }]);
    expect(await moveOf(wallet.id)).toMatchObject({ state: 'moving', waitsFor: 'payouts_stopped' });
    expect(await moneyOf(wallet)).toEqual({ available: 30_000n, reserved: 0n });
    expect((await fintoc.payouts()).filter(({ account_id }) => account_id === wallet.accountId)).toEqual([]);
  });

  it('one that comes back is the old account’s again, and another takes its place', async () => {
    const wallet = await holding('B', 30_000);
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const { id } = await moveByTwo(wallet, 'A');
    await turnsUntil(fintoc, isWaitingFor(wallet, 'payment_pending'));
    const [payment] = await paymentsOf(id);
    await fintoc.control('POST', `/transfers/${payment?.transferId}/return`);
    await fintoc.calm();
    await fintoc.deliveriesDone();
    await drain();
    expect(await cashOf(wallet.accountId)).toBe(30_000n);
    // The next one waits for a while.
    await tamper(`UPDATE pattern_payments SET created_at = created_at - interval '1 hour'`);
    await untilMoved(fintoc, wallet);
    expect(await paymentsOf(id)).toMatchObject([{ state: 'failed' }, { state: 'arrived', amount: 30_000n }]);
    await expectProven();
  });
});

describe('what is in flight', () => {
  it('ends before the wallet gets its new account; until then the move can be called off', async () => {
    const [wallet, other] = [await holding('A', 6_000_000), await holding('A', 6_000_000)];
    const asker = await someOperator();
    const waiting = await withdraw(asker, wallet, { amount: 6_000_000n });
    const kept = await withdraw(await someOperator(), other, { amount: 6_000_000n });
    await moveByTwo(wallet, 'B');
    const called = await moveByTwo(other, 'B');
    await turnsUntil(fintoc, isWaitingFor(wallet, 'in_flight'));
    expect(await moveOf(wallet.id)).toMatchObject({ state: 'switching', waitsFor: 'in_flight' });
    expect(await inPesos(wallet.id)).toMatchObject({ pattern: 'A', accountNumberId: wallet.accountNumberId });
    await cancelMove(asker, { moveId: called.id, reason: 'Ya no lo pide' });
    await cancelWithdrawal(asker, { withdrawalId: waiting.id, reason: 'Ya no' });
    await untilMoved(fintoc, wallet);
    expect(await moveOf(other.id)).toMatchObject({ state: 'cancelled' });
    expect(await inPesos(other.id)).toMatchObject({ pattern: 'A', accountId: other.accountId });
    expect(await withdrawalRow(kept.id)).toMatchObject({ status: 'awaiting_approval' });
  });
});

describe('asking for it', () => {
  it('takes a second person, and names what stands in the way', async () => {
    const wallet = await holding('A', 1_000);
    const asker = await someOperator('admin');
    const ask = (to: WalletPattern) =>
      askToMove(asker, { walletId: wallet.id, asset: 'MXN', to, reason: 'Crece' });
    await expect(ask('A')).rejects.toMatchObject({ details: { obstacle: 'same_pattern' } });
    await restoredCustomer(wallet.customerId ?? '', { taxId: 'SIN800101AB9' });
    await expect(ask('C')).rejects.toMatchObject({ details: { obstacle: 'no_entity' } });
    await ask('B');
    expect(await db().patternMove.count({ where: { walletId: wallet.id } })).toBe(0);
    await expect(ask('B')).rejects.toMatchObject({ details: { obstacle: 'asked_already' } });
    const waiting = await db().approval.findFirstOrThrow({ where: { subjectId: wallet.id } });
    expect(waiting.state).toBe('waiting');
  });
});

it('the old number is given up by quarantine, once nobody has paid to it for long enough', async () => {
  const wallet = await holding('A', 1_000);
  const actor = await someOperator();
  const quarantine = () =>
    quarantineNumber(actor, { accountNumberId: wallet.accountNumberId, reason: 'Ya nadie la usa' });
  await expect(quarantine()).rejects.toMatchObject({ code: 'conflict' });
  await moveByTwo(wallet, 'B');
  await untilMoved(fintoc, wallet);
  await expect(quarantine()).rejects.toMatchObject({ code: 'number_in_use' });
  // What came in on it is in another account by now: nothing goes back from where it isn't.
  const { id: transferId } = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id } });
  await expect(returnDeposit(actor, { transferId, reason: 'Se equivocó' })).rejects.toMatchObject({
    code: 'deposit_moved',
  });
  // Years later.
  const long = `interval '200 days'`;
  await tamper(`UPDATE transfers SET transacted_at = transacted_at - ${long} WHERE wallet_id = $1`, [
    wallet.id,
  ]);
  await tamper(`UPDATE account_numbers SET last_transfer_at = NULL WHERE id = $1`, [wallet.accountNumberId]);
  await quarantine();
  await alignAccountNumbers();
  const number = () => db().accountNumber.findUniqueOrThrow({ where: { id: wallet.accountNumberId } });
  expect(await number()).toMatchObject({ status: 'disabled' });
  await tamper(
    `UPDATE account_numbers SET quarantine_ends_at = now(), last_transfer_at = NULL WHERE id = $1`,
    [wallet.accountNumberId],
  );
  await deleteQuarantined();
  expect(await number()).toMatchObject({ status: 'deleted' });
});
