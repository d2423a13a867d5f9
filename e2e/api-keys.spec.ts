import { answer, monedero } from '~/clients/typescript/client';
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

  const api = monedero({ url: baseURL ?? '', key: secret, retries: 0 });
  await expect(api.GET('/wallets'), 'not yet').rejects.toMatchObject({ status: 401 });
  await approveAct(await pageAs('approver'), name);

  const id = publicId('wallet', wallet.id);
  const { balances } = await answer(api.GET('/wallets/{id}/balance', { params: { path: { id } } }));
  expect(balances).toEqual([expect.objectContaining({ asset: 'MXN', available: '100000' })]);
  const body = { wallet_id: id, asset: 'MXN', amount: '40000', destination: someClabe() } as const;
  const params = { header: { 'Idempotency-Key': name.replace(/\W/g, '') } };
  const made = await answer(api.POST('/withdrawals', { params, body }));
  expect(await answer(api.POST('/withdrawals', { params, body })), 'again is once').toEqual(made);
  for (const address of ['/api/v1', '/api/v1/nothing']) {
    const nothing = await fetch(`${baseURL}${address}`);
    expect([nothing.status, nothing.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  }

  await admin.reload();
  const row = admin.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: new RegExp(`^Revocar.*${name}`) }).click();
  await admin.getByRole('dialog').getByLabel('Motivo').fill('Ya no se usa');
  await admin.getByRole('button', { name: 'Revocar llave de API' }).click();
  await expect(row.getByText('Revocada')).toBeVisible();
  await expect(api.GET('/wallets')).rejects.toMatchObject({ status: 401 });
});
