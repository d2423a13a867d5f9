import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { openedWallet } from '~/e2e/given';
import { createCustomer, fact, openWallet, someRfc } from '~/e2e/steps';

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

test('a list says where Fintoc has a CLABE otherwise than the wallet asks for', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const { name } = await openedWallet(page);
  const row = page.getByRole('row').filter({ hasText: name });
  // Fintoc doesn't get to disable it for a while.
  await fintoc.control('/faults', {
    ...{ kind: 'html_500', method: 'PATCH', path: '/v2/account_numbers', count: 15 },
  });
  await page.getByRole('button', { name: 'Congelar' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motivo').fill('Se revisa');
  await dialog.getByRole('button', { name: 'Congelar monedero' }).click();
  await expect(dialog).toBeHidden();
  await page.goto('/wallets');
  await expect(row).toContainText('CLABE habilitada');
  await fintoc.clear('/faults');
  await expect(async () => {
    await page.reload();
    await expect(row).not.toContainText('CLABE habilitada', { timeout: 1_000 });
  }).toPass();
});
