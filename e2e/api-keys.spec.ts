import { expect, expectAccessible, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { approveAct, someClabe } from '~/e2e/steps';
import { publicId } from '~/lib/api/ids';

test('an admin makes a key, somebody else lets it in, a system pays with it, and it is revoked', async ({
  pageAs,
  baseURL,
}) => {
  const admin = await pageAs('admin');
  const wallet = await fundedWallet(admin, '1,000.00');
  const name = `Nómina ${crypto.randomUUID().slice(0, 8)}`;
  await admin.goto('/settings/keys');
  await admin.getByLabel('Nombre').fill(name);
  await admin.getByLabel('withdrawals:write').check();
  await admin.getByLabel('wallets:read').check();
  await admin.getByLabel('Límite por solicitud').fill('500');
  await admin.getByRole('button', { name: 'Crear llave de API' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Copia el secreto ahora' });
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Cerrar' }).first().click();

  const ask = (path: string, body?: object) =>
    fetch(`${baseURL}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${secret}`, 'idempotency-key': name.replace(/\W/g, '') },
      ...(body && { body: JSON.stringify(body) }),
    });
  expect((await ask('/wallets')).status, 'not yet').toBe(401);
  await approveAct(await pageAs('approver'), name);

  const id = publicId('wallet', wallet.id);
  const balance = await (await ask(`/wallets/${id}/balance`)).json();
  expect(balance.balances).toEqual([expect.objectContaining({ asset: 'MXN', available: '100000' })]);
  const payout = { wallet_id: id, asset: 'MXN', amount: '40000', destination: someClabe() };
  const made = await ask('/withdrawals', payout);
  expect(made.status, await made.clone().text()).toBe(201);
  expect(await (await ask('/withdrawals', payout)).json(), 'again is once').toEqual(await made.json());
  expect((await ask('/nothing')).status).toBe(404);

  await admin.reload();
  const row = admin.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: new RegExp(`^Revocar.*${name}`) }).click();
  await admin.getByRole('dialog').getByLabel('Motivo').fill('Ya no se usa');
  await admin.getByRole('button', { name: 'Revocar llave de API' }).click();
  await expect(row.getByText('Revocada')).toBeVisible();
  expect((await ask('/wallets')).status).toBe(401);
});
