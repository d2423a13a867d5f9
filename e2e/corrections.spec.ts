import { expect, expectAccessible, required, test, unique } from '~/e2e/fixtures';
import { createCustomer, fact, openedWallet, openWallet, someRfc } from '~/e2e/steps';

test('a mistyped customer is corrected, until an entity at Fintoc has the tax id', async ({ pageAs }) => {
  const page = await pageAs('operator');
  await createCustomer(page, { name: unique('Textles'), taxId: someRfc(), kind: 'Empresa' });
  const [name, rfc] = [unique('Textiles'), someRfc()];
  await page.getByRole('link', { name: 'Editar' }).click();
  await expectAccessible(page);
  await page.getByLabel('Razón social').fill(name);
  await page.getByRole('textbox', { name: 'RFC' }).fill('TEX999999');
  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  await expect(page.getByText('No tiene la forma de un RFC, CURP o RUT').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'RFC' }).fill(rfc);
  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(fact(page, 'RFC')).toContainText(rfc);
  await expect(page.getByText('Datos del cliente corregidos')).toBeVisible();

  const customer = page.url();
  await openWallet(page, 'C');
  await expect(page.getByRole('link', { name: 'Continuar el KYB de la entidad' })).toBeVisible();
  await page.goto(`${customer}/edit`);
  await expect(page.getByRole('textbox', { name: 'RFC' })).not.toBeEditable();
});

test('an opening that nobody wants any more is cancelled, with its reason', async ({ pageAs }) => {
  const page = await pageAs('operator');
  await createCustomer(page, { name: unique('Textiles'), taxId: someRfc(), kind: 'Empresa' });
  await openWallet(page, 'C');
  await expect(page.getByRole('link', { name: 'Continuar el KYB de la entidad' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancelar apertura' }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await dialog.getByLabel('Motivo').fill('Se pidió por error');
  await dialog.getByRole('button', { name: 'Cancelar apertura' }).click();
  await expect(page.getByText('Apertura cancelada: el monedero nunca llegó a abrirse')).toBeVisible();
  await expect(page.getByText('Motivo: Se pidió por error')).toBeVisible();
});

test('a list says where Fintoc has a CLABE otherwise than the wallet asks for', async ({ pageAs }) => {
  const page = await pageAs('operator');
  const { name } = await openedWallet(page);
  await page.goto('/account-numbers');
  await page.getByRole('row').filter({ hasText: name }).getByRole('link').first().click();
  const numberId = page.url().split('/').at(-1) ?? '';
  await fetch(`${required('FINTOC_BASE_URL')}/v2/account_numbers/${numberId}`, {
    method: 'DELETE',
    headers: { Authorization: required('FINTOC_SECRET_KEY') },
  });
  await page.goto('/entities');
  await page.getByRole('button', { name: 'Sincronizar' }).click();
  await expect(page.getByText('Sincronizado').first()).toBeVisible();
  await page.goto('/wallets');
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('CLABE eliminada');
});
