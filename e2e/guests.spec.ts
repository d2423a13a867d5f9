import { expect, expectAccessible, SESSION_ENDED, test, unique } from '~/e2e/fixtures';
import { approveAct, createCustomer, fact } from '~/e2e/steps';

test('who audits comes in by a link, reads, is seen to have read, and is out when an admin ends it', async ({
  pageAs,
  browser,
  baseURL,
  expectComplaint,
}) => {
  expectComplaint(SESSION_ENDED);
  const operator = await pageAs('operator');
  await createCustomer(operator);
  const customer = operator.url();
  const name = unique('Paz Auditora');
  const admin = await pageAs('admin');
  await admin.goto('/settings/guests');
  await admin.getByRole('button', { name: 'Invitar a auditar' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Quién es').fill(name);
  await dialog.getByLabel('Motivo').fill('Auditoría anual');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Crear enlace' }).click();
  const shown = admin.getByRole('dialog', { name: 'Enlace para entregar' });
  const link = (await shown.getByText(/login\/link/).textContent()) ?? '';
  await approveAct(await pageAs('approver'), name);

  const context = await browser.newContext({ baseURL, locale: 'es-MX' });
  const guest = await context.newPage();
  await guest.goto(link);
  await expectAccessible(guest);
  await guest.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(guest.getByRole('navigation', { name: 'Principal' })).toBeVisible();
  await guest.goto(customer);
  await expect(fact(guest, 'CURP')).not.toContainText('••••');
  await expect(guest.getByRole('button', { name: 'Preparar archivo' })).toHaveCount(0);
  await expect(guest.getByRole('link', { name: 'Corregir datos' })).toHaveCount(0);

  await admin.goto(customer);
  const looks = admin.getByRole('region', { name: 'Quién vio sus datos' });
  await expect(looks.getByRole('listitem').filter({ hasText: name })).toContainText('Abrió su página');
  await admin.getByRole('button', { name: 'Preparar archivo' }).click();
  await admin.getByRole('dialog').getByLabel('Motivo').fill('Solicitud de acceso del titular');
  await admin.getByRole('dialog').getByRole('button', { name: 'Preparar archivo' }).click();
  const [download] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('button', { name: 'Descargar', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^customer-.*\.zip$/);
  await expectAccessible(admin);

  await admin.goto('/settings/guests');
  const row = admin.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Leyendo');
  await row.getByRole('button', { name: /^Terminar/ }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Terminar' }).click();
  await expect(row).toContainText('Terminado');
  await guest.goto(customer);
  await expect(guest.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
  await context.close();
});
