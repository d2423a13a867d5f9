import { describe, expect, test } from 'vitest';
import { MAGIC_CLABES, RETURN_FAILS_AMOUNT } from '~/sandbox/scenarios';
import { CLABE, fundedSandbox } from '~/sandbox/testing/funded';
import { eventually } from '~/sandbox/testing/harness';

const bank = fundedSandbox(100_000);

describe('outbound', () => {
  test('is debited while pending, and succeeds', async () => {
    await bank.settleByHand();
    const { id } = await bank.send(4_000);
    expect(await bank.balanceOf(bank.root.id)).toBe(96_000);
    await bank.sandbox.control('POST', '/settlement-mode', { mode: 'auto' });
    await bank.until(id, 'succeeded');
    expect(await bank.balanceOf(bank.root.id)).toBe(96_000);
    expect(await bank.eventTypes(id)).toEqual(['transfer.outbound.succeeded']);
  });

  test('to the magic CLABE without funds fails, and every centavo comes back in a paired movement', async () => {
    const { id } = await bank.send(4_000, MAGIC_CLABES.insufficientFunds);
    await bank.until(id, 'failed');
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
    const [refund, debit] = await bank.movementsOf(bank.root.id);
    expect(refund).toMatchObject({
      type: 'transfer_return',
      direction: 'inbound',
      return_pair_id: debit.id,
      balance: 100_000,
    });
    expect(debit).toMatchObject({
      type: 'transfer',
      direction: 'outbound',
      return_pair_id: refund.id,
      resource_id: id,
    });
    expect(await bank.eventTypes(id)).toEqual(['transfer.outbound.failed']);
  });

  test.each(['rejected', 'returned'])('that outcome can be %s instead', async (outcome) => {
    await bank.sandbox.control('POST', '/settlement-mode', { insufficient_funds_outcome: outcome });
    const { id } = await bank.send(4_000, MAGIC_CLABES.insufficientFunds);
    await bank.until(id, outcome);
    expect(await bank.eventTypes(id)).toEqual([`transfer.outbound.${outcome}`]);
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
  });

  test('to an account that does not exist is returned with the reason', async () => {
    const { id } = await bank.send(4_000, MAGIC_CLABES.nonExistingAccount);
    expect(await bank.until(id, 'returned')).toMatchObject({ return_reason: 'non_existing_account' });
  });

  test('may succeed and be returned later, as Mexican banks do', async () => {
    const { id } = await bank.send(4_000, MAGIC_CLABES.returnedLate);
    await bank.until(id, 'returned');
    expect(await bank.eventTypes(id)).toEqual(['transfer.outbound.succeeded', 'transfer.outbound.returned']);
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
  });

  test('waits for its due time over a restart, and is then settled once', async () => {
    await bank.sandbox.control('POST', '/settlement-mode', { delay_ms: 60_000 });
    const { id } = await bank.send(4_000);
    await bank.sandbox.restart();
    expect((await bank.read(id)).status).toBe('pending');
    await bank.sandbox.control('POST', '/time/advance', { seconds: 61 });
    await bank.until(id, 'succeeded');
    expect(await bank.eventTypes(id)).toHaveLength(1);
  });

  test('to a number of this sandbox arrives there, with the same tracking key and the real holder', async () => {
    const other = await bank.newAccount();
    const { id, tracking_key } = await bank.send(4_000, other.root_account_number);
    await bank.until(id, 'succeeded');
    await eventually(async () => (await bank.balanceOf(other.id)) === 4_000);
    const { body } = await bank.sandbox.api('GET', `/v2/transfers?account_id=${other.id}`);
    expect(body).toMatchObject([
      { direction: 'inbound', status: 'succeeded', tracking_key, comment: 'Pago' },
    ]);
    expect(body[0].counterparty).toMatchObject({
      account_number: bank.root.root_account_number,
      holder_id: 'ND',
    });
  });

  test('to its own root number leaves and comes back', async () => {
    const { id } = await bank.send(4_000, bank.root.root_account_number);
    await bank.until(id, 'succeeded');
    await eventually(async () => (await bank.balanceOf(bank.root.id)) === 100_000);
    expect(await bank.movementsOf(bank.root.id)).toHaveLength(3);
  });

  test('to a disabled number of this sandbox comes back, and is seen there as rejected', async () => {
    const number = await bank.newNumber();
    await bank.sandbox.api('PATCH', `/v2/account_numbers/${number.id}`, { body: { status: 'disabled' } });
    const { id } = await bank.send(4_000, number.number);
    expect(await bank.until(id, 'returned')).toMatchObject({ return_reason: 'blocked_account' });
    await eventually(async () => {
      const { body } = await bank.sandbox.api('GET', `/v2/transfers?account_number_id=${number.id}`);
      return body[0]?.status === 'rejected';
    });
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
  });

  test('never makes a balance negative, however many ask at once, and the movements add up', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        bank.sandbox.signed('/v2/transfers', {
          account_id: bank.root.id,
          amount: 7_000,
          currency: 'MXN',
          counterparty: { account_number: Math.random() < 0.3 ? MAGIC_CLABES.insufficientFunds : CLABE },
        }),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted.length).toBeGreaterThanOrEqual(14);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    await Promise.all(Array.from({ length: 30 }, () => bank.receive(11)));
    await eventually(async () => !(await bank.sandbox.control('GET', '/state')).body.transfers.pending);
    expect((await bank.sandbox.control('GET', '/state')).body.balanced).toBe(true);
    const movements = (await bank.movementsOf(bank.root.id)).reverse();
    let balance = 0;
    for (const movement of movements) {
      balance += movement.direction === 'inbound' ? movement.amount : -movement.amount;
      expect(movement.balance).toBe(balance);
      expect(balance).toBeGreaterThanOrEqual(0);
    }
    expect(await bank.balanceOf(bank.root.id)).toBe(balance);
  });
});

describe('inbound', () => {
  test('is pending with its post date, then credited once, and told', async () => {
    await bank.settleByHand();
    const inbound = await bank.receive(2_500);
    expect(inbound).toMatchObject({ status: 'pending', post_date: expect.any(String), receipt_url: null });
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
    const { body } = await bank.sandbox.control('POST', `/transfers/${inbound.id}/settle`);
    expect(body.status).toBe('succeeded');
    expect(await bank.balanceOf(bank.root.id)).toBe(102_500);
    expect((await bank.sandbox.control('POST', `/transfers/${inbound.id}/settle`)).status).toBe(409);
    expect(await bank.eventTypes(inbound.id)).toEqual(['transfer.inbound.succeeded']);
  });

  test('to a disabled number, or outside its bounds, is rejected without a movement', async () => {
    const disabled = await bank.newNumber();
    await bank.sandbox.api('PATCH', `/v2/account_numbers/${disabled.id}`, { body: { status: 'disabled' } });
    const bounded = await bank.newNumber({ options: { min_amount: 100, max_amount: 200 } });
    for (const [numberId, amount] of [
      [disabled.id, 150],
      [bounded.id, 99],
      [bounded.id, 201],
    ]) {
      const { id } = await bank.receive(amount, numberId);
      await bank.until(id, 'rejected');
      expect(await bank.eventTypes(id)).toEqual(['transfer.inbound.rejected']);
    }
    const { id } = await bank.receive(150, bounded.id);
    await bank.until(id, 'succeeded');
    expect(await bank.balanceOf(bank.root.id)).toBe(100_150);
    expect(await bank.movementsOf(bank.root.id)).toHaveLength(2);
  });

  test('to a blocked account is credited, to a closed one rejected', async () => {
    const account = await bank.newAccount();
    await bank.sandbox.control('POST', `/accounts/${account.id}/block`);
    await bank.until((await bank.receive(500, account.root_account_number_id)).id, 'succeeded');
    const refused = await bank.sandbox.signed('/v2/transfers', {
      account_id: account.id,
      amount: 1,
      currency: 'MXN',
      counterparty: { account_number: CLABE },
    });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'account_not_active' } } });
    expect((await bank.sandbox.control('POST', `/accounts/${account.id}/unblock`)).body.status).toBe(
      'active',
    );
    await bank.sandbox.control('POST', `/accounts/${account.id}/close`);
    await bank.until((await bank.receive(500, account.root_account_number_id)).id, 'rejected');
    expect((await bank.sandbox.control('POST', `/accounts/${account.id}/unblock`)).status).toBe(409);
  });
});

describe('returns', () => {
  const askReturn = (id: string) => bank.sandbox.signed('/v2/transfers/return', { transfer_id: id });

  test('the money leaves when the return is settled, in a movement paired with the deposit', async () => {
    const { id } = await bank.receive(2_500);
    await bank.until(id, 'succeeded');
    await bank.settleByHand();
    expect(await askReturn(id)).toMatchObject({ status: 200, body: { status: 'return_pending' } });
    expect(await bank.balanceOf(bank.root.id)).toBe(102_500);
    expect((await bank.sandbox.control('POST', `/transfers/${id}/settle`)).body.status).toBe('returned');
    const [back, credit] = await bank.movementsOf(bank.root.id);
    expect(back).toMatchObject({ type: 'transfer_return', direction: 'outbound', return_pair_id: credit.id });
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
    expect(await bank.eventTypes(id)).toEqual(['transfer.inbound.succeeded', 'transfer.inbound.returned']);
  });

  test('of the amount that fails ends where it began, and says so', async () => {
    const { id } = await bank.receive(Number(RETURN_FAILS_AMOUNT));
    await bank.until(id, 'succeeded');
    await askReturn(id);
    await eventually(async () => (await bank.eventTypes(id)).includes('transfer.inbound.return_failed'));
    expect((await bank.read(id)).status).toBe('succeeded');
    expect(await bank.balanceOf(bank.root.id)).toBe(166_666);
  });

  test('that the account can no longer pay fails instead of overdrawing it', async () => {
    const { id } = await bank.receive(2_500);
    await bank.until(id, 'succeeded');
    await bank.settleByHand();
    await askReturn(id);
    await bank.send(102_000);
    await bank.sandbox.control('POST', `/transfers/${id}/settle`);
    expect((await bank.read(id)).status).toBe('succeeded');
    expect(await bank.eventTypes(id)).toContain('transfer.inbound.return_failed');
    const asked = await askReturn(id);
    expect(asked).toMatchObject({ status: 409, body: { error: { code: 'insufficient_balance' } } });
  });

  test('only an inbound transfer that succeeded, and not long ago, is returned', async () => {
    const outbound = await bank.send(100);
    expect((await askReturn(outbound.id)).body.error.code).toBe('invalid_transfer_direction');
    const { id } = await bank.receive(2_500);
    await bank.until(id, 'succeeded');
    await bank.sandbox.control('POST', '/time/advance', { seconds: 91 * 24 * 3_600 });
    expect((await askReturn(id)).body.error.code).toBe('invalid_transfer_status');
    expect((await askReturn('tr_none')).status).toBe(404);
  });
});
