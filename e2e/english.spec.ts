import { expect, test, unique } from '~/e2e/fixtures';
import { someClabe } from '~/e2e/steps';

test('the main journey in English, chosen in the preferences and kept', async ({ pageAs, newOperator }) => {
  const page = await pageAs(await newOperator('operator'));
  const name = unique('Grace');
  await page.goto('/customers/new');
  await expect(page.getByRole('button', { name: 'Registrar cliente' })).toBeEnabled();
  await page.getByLabel('Nombre completo').fill(name);
  await page.goto('/settings/preferences');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es-MX');
  await page.getByLabel('Idioma').selectOption('en');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Preferences' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('link', { name: 'Register customer' }).first().click();
  await expect(page.getByLabel('Full name'), 'typed in the other language').toHaveValue(name);
  await page.getByRole('textbox', { name: 'RFC or CURP' }).fill('LOHA900101MDFPRN01');
  await page.getByRole('button', { name: 'Register customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'Open wallet' }).first().click();
  await page.getByRole('button', { name: 'Open wallet' }).click();
  await expect(page.getByRole('main').getByText('Open', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Simulate deposit' }).click();
  await page.getByRole('dialog').getByLabel('Amount in MXN').fill('1,590.13');
  await page.getByRole('dialog').getByRole('button', { name: 'Simulate deposit' }).click();
  const balances = page.getByLabel('Balances', { exact: true });
  await expect(balances.getByText('1,590.13')).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'Withdraw' }).click();
  await page.getByLabel('Beneficiary’s CLABE').fill(someClabe());
  await page.getByLabel('Amount in MXN').fill('590.13');
  await page.getByRole('button', { name: 'Request withdrawal' }).click();
  await page.getByRole('button', { name: 'Send withdrawal' }).click();
  await expect(page.getByRole('main').getByText('Paid', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('term').filter({ hasText: 'Tracking key' })).toBeVisible();
});

test('Spanish is the default, also before one signs in, and English is a click away', async ({ page }) => {
  await page.goto('/login');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es-MX');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Monedero' })).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test("times are in the operator's zone and say which", async ({ pageAs, newOperator }) => {
  const page = await pageAs(await newOperator('operator'));
  await page.goto('/settings/preferences');
  await page.getByLabel('Zona horaria').selectOption('America/Tijuana');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText('Preferencias guardadas')).toBeVisible();
  await page.goto('/customers?q=Ana');
  const time = page.getByRole('table').locator('time').first();
  await expect(time).toHaveAttribute('title', /America\/Tijuana$/);
  const at = new Date((await time.getAttribute('datetime')) ?? '');
  const day = at.toLocaleDateString('es-MX', { timeZone: 'America/Tijuana', day: 'numeric' });
  await expect(time).toHaveText(new RegExp(`^${day} `));
});
