import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { deleteQuarantined, keepNumberAfterAll, quarantineNumber } from '~/lib/wallets/quarantine';
import { closeWallet, reopenWallet } from '~/lib/wallets/status';

withTestDatabase();
const fintoc = withLocalFintoc();

const reason = 'Ya no se usa';
const row = (id: string) => db().accountNumber.findUniqueOrThrow({ where: { id } });
const atFintoc = async (id: string) => (await fintoc.api('GET', `/v2/account_numbers/${id}`)).status;

async function closed() {
  const [operator, wallet] = [await someOperator(), await readyWallet()];
  await closeWallet(operator, { walletId: wallet.id, reason, closedBy: 'customer' });
  await alignAccountNumbers();
  const id = wallet.accountNumberId;
  const begin = () => quarantineNumber(operator, { accountNumberId: id, reason });
  const over = () =>
    db().accountNumber.update({ where: { id }, data: { quarantineEndsAt: new Date(Date.now() - 1_000) } });
  return { operator, wallet, id, begin, over };
}

it('a closed wallet’s CLABE waits before it is deleted at Fintoc, and may be kept meanwhile', async () => {
  const { operator, id, begin, over } = await closed();
  await begin();
  await deleteQuarantined();
  expect(await atFintoc(id)).toBe('disabled');
  await keepNumberAfterAll(operator, { accountNumberId: id, reason });
  expect((await row(id)).quarantineEndsAt).toBeNull();
  await begin();
  await over();
  await deleteQuarantined();
  expect([await atFintoc(id), (await row(id)).status]).toEqual(['deleted', 'deleted']);
});

it('never while money came in lately, nor of a wallet that is open or opened again', async () => {
  const { operator, wallet, id, begin, over } = await closed();
  await db().accountNumber.update({ where: { id }, data: { lastTransferAt: new Date() } });
  await expect(begin()).rejects.toMatchObject({ code: 'number_in_use' });
  await db().accountNumber.update({ where: { id }, data: { lastTransferAt: null } });
  await begin();
  await db().accountNumber.update({ where: { id }, data: { lastTransferAt: new Date() } });
  await over();
  await deleteQuarantined();
  expect(await row(id)).toMatchObject({ status: 'disabled', quarantineEndsAt: null });
  await db().accountNumber.update({ where: { id }, data: { lastTransferAt: null } });
  await begin();
  await reopenWallet(operator, { walletId: wallet.id, reason });
  expect((await row(id)).quarantineEndsAt).toBeNull();
  await expect(begin()).rejects.toMatchObject({ code: 'conflict' });
});
