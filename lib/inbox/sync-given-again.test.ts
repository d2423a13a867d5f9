import { beforeEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { depositInto, type ReadyWallet, readyWallet, withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos, setInPesos } from '~/lib/testing/wallets';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { houseWallets } from '~/lib/wallets/house';
import { listWallets } from '~/lib/wallets/wallets';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(async () => {
  await fintoc.calm();
  await fintoc.sql('DROP INDEX IF EXISTS sandbox.account_numbers_number_idx');
});

const numberRow = (id: string) => db().accountNumber.findUniqueOrThrow({ where: { id } });
const lastRun = () => db().syncRun.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });

/** Fintoc deletes a wallet's number and makes another of the same CLABE, with another mark or none. */
async function giveAgain(
  wallet: ReadyWallet,
  metadata: object = {},
): Promise<{ id: string; number: string }> {
  const { number } = await numberRow(wallet.accountNumberId);
  await fintoc.api('DELETE', `/v2/account_numbers/${wallet.accountNumberId}`);
  const made = await fintoc.api('POST', '/v2/account_numbers', { account_id: wallet.accountId, metadata });
  await fintoc.sql('UPDATE sandbox.account_numbers SET number = $2 WHERE id = $1', [made.id, number]);
  return { id: made.id, number };
}

async function receive(accountNumberId: string, amount: number): Promise<void> {
  const { accountId } = await numberRow(accountNumberId);
  await depositInto(fintoc, { accountNumberId, accountId } as ReadyWallet, amount);
}

describe('a CLABE that Fintoc deleted and gave out again under another id', () => {
  it('is the new id’s: the old row keeps its wallet and its history, and the sync goes on to its end', async () => {
    const wallet = await readyWallet();
    await receive(wallet.accountNumberId, 700);
    const again = await giveAgain(wallet);
    const later = await fintoc.api('POST', '/v2/account_numbers', { account_id: wallet.accountId });
    await syncFintoc(system('setup'));
    expect(await lastRun()).toMatchObject({ error: null });
    expect(await numberRow(again.id)).toMatchObject({ number: again.number, status: 'enabled' });
    expect(await numberRow(later.id)).toMatchObject({ status: 'enabled' });
    expect(await numberRow(wallet.accountNumberId)).toMatchObject({
      number: again.number,
      status: 'deleted',
    });
    expect(await inPesos(wallet.id)).toMatchObject({
      accountNumberId: wallet.accountNumberId,
    });
    expect(await db().transfer.count({ where: { accountNumberId: wallet.accountNumberId } })).toBe(1);
    await syncFintoc(system('setup'));
    const audit = await db().auditEntry.findMany({ where: { subjectId: wallet.accountNumberId } });
    expect(audit).toMatchObject([{ action: 'account_number.given_again', after: { givenTo: again.id } }]);
  });

  it('also when Fintoc’s list still shows the old one as living, in either order', async () => {
    for (const first of ['old', 'new']) {
      const wallet = await readyWallet();
      const again = await giveAgain(wallet);
      await fintoc.sql(
        `UPDATE sandbox.account_numbers SET status = 'enabled', created_at = created_at - interval '1 day' WHERE id = $1`,
        [wallet.accountNumberId],
      );
      const last = first === 'old' ? wallet.accountNumberId : again.id;
      await fintoc.sql('UPDATE sandbox.account_numbers SET seq = DEFAULT WHERE id = $1', [last]);
      for (let nth = 0; nth < 2; nth += 1) await syncFintoc(system('setup'));
      expect(await lastRun()).toMatchObject({ error: null });
      expect(await numberRow(again.id)).toMatchObject({ status: 'enabled' });
      expect(await numberRow(wallet.accountNumberId)).toMatchObject({ status: 'deleted' });
      expect(
        await db().auditEntry.count({ where: { subjectId: { in: [again.id, wallet.accountNumberId] } } }),
      ).toBe(1);
    }
  });

  it('takes in money for its new holder, and none of it reaches the wallet of the old id', async () => {
    const [before, after] = [await readyWallet(), await readyWallet()];
    await receive(before.accountNumberId, 700);
    const again = await giveAgain(before);
    await syncFintoc(system('setup'));
    const unmatched = await balanceOf('suspense/unmatched');
    await receive(again.id, 900);
    expect(await moneyOf(before)).toMatchObject({ available: 700n });
    expect(await balanceOf('suspense/unmatched')).toBe(unmatched + 900n);

    await setInPesos(after.id, { accountNumberId: again.id });
    await receive(again.id, 400);
    expect(await moneyOf(before)).toMatchObject({ available: 700n });
    expect(await moneyOf(after)).toMatchObject({ available: 400n });

    // What a number means is who has it now: the old holder may pay it, the new one can't pay themselves.
    const operator = await someOperator();
    await expect(
      withdraw(operator, after, { amount: 100n, destination: again.number }),
    ).rejects.toMatchObject({ code: 'beneficiary_is_own_wallet' });
    await withdraw(operator, before, { amount: 100n, destination: again.number });
    const found = await listWallets(ANYBODY, { text: again.number });
    expect(found.items.map(({ id }) => id)).toEqual([after.id]);
    const numbers = (await listAccountNumbers(ANYBODY, { text: again.number })).items;
    expect(numbers.map(({ id, status }) => [id, status])).toEqual([
      [again.id, 'enabled'],
      [before.accountNumberId, 'deleted'],
    ]);
    await pollTransfers();
    await expectSoundBooks();
  });

  it('is of one living row at most: the database refuses a second', async () => {
    const wallet = await readyWallet();
    const again = await giveAgain(wallet);
    await syncFintoc(system('setup'));
    await expect(
      db().accountNumber.update({ where: { id: wallet.accountNumberId }, data: { status: 'enabled' } }),
    ).rejects.toThrow(/number/);
    expect(await db().accountNumber.count({ where: { number: again.number } })).toBe(2);
  });

  it('of a root account: the house wallet goes on with the one that lives', async () => {
    const root = await fintoc.rootAccount();
    const operating = async () => (await houseWallets(db(), 'MXN')).operating;
    const { accountNumberId: old } = await operating();
    const made = await fintoc.api('POST', '/v2/account_numbers', { account_id: root.id });
    await fintoc.sql(`UPDATE sandbox.account_numbers SET status = 'deleted', is_root = false WHERE id = $1`, [
      old,
    ]);
    await fintoc.sql(
      `UPDATE sandbox.account_numbers SET is_root = true, number = (SELECT number FROM sandbox.account_numbers WHERE id = $2) WHERE id = $1`,
      [made.id, old],
    );
    await syncFintoc(system('setup'));
    expect((await operating()).accountNumberId).toBe(made.id);
  });
});

describe('one object that can’t be had', () => {
  it('because no row takes it keeps nothing else from coming over', async () => {
    const root = await fintoc.rootAccount();
    const make = () => fintoc.api('POST', '/v2/account_numbers', { account_id: root.id });
    const [good, bad, better] = [await make(), await make(), await make()];
    // Longer than what an index takes.
    await fintoc.sql(
      `UPDATE sandbox.account_numbers
       SET number = (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 400) n) WHERE id = $1`,
      [bad.id],
    );
    await syncFintoc(system('setup'));
    expect((await lastRun()).error).toContain(bad.id);
    for (const { id } of [good, better]) expect(await numberRow(id)).toMatchObject({ status: 'enabled' });
    expect(await db().accountNumber.findUnique({ where: { id: bad.id } })).toBeNull();
  });

  it('because Fintoc won’t speak of it neither; a proxy’s page ends the run, and says why', async () => {
    const entity = (holder_id: string) =>
      fintoc.api('POST', '/v2/entities', { country_code: 'mx', holder_name: 'Cuentas Claras', holder_id });
    const [shut, open] = [await entity('CCL010101AB1'), await entity('CCL010101AB2')];
    const path = `/v2/entities/${shut.id}/onboardings`;
    const fault = { kind: 'refusal', status: 403, method: 'GET', path };
    await fintoc.control('POST', '/faults', { ...fault, code: 'forbidden_entity' });
    await syncFintoc(system('setup'));
    expect((await lastRun()).error).toContain(shut.id);
    for (const { id } of [shut, open]) expect(await db().entity.findUnique({ where: { id } })).not.toBeNull();
    await fintoc.control('POST', '/faults', fault);
    await expect(syncFintoc(system('setup'))).rejects.toThrow();
    expect(await lastRun()).toMatchObject({ error: expect.stringContaining('403') });
  });
});
