import { expect, test } from '~/e2e/fixtures';

test('the API’s reference is drawn from its description, and nothing is asked of another host', async ({
  pageAs,
  baseURL,
}) => {
  const admin = await pageAs('admin');
  const asked = new Set<string>();
  admin.on('request', (request) => asked.add(new URL(request.url()).origin));
  await admin.goto('/settings/keys');
  await admin.getByRole('link', { name: 'Referencia de la API' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: /^Monedero/ })).toBeVisible();
  await admin.getByRole('textbox', { name: 'Search' }).fill('payout sets its money aside');
  await admin.getByRole('menuitem').filter({ hasText: 'Asks for a payout' }).first().click();
  await expect(admin.getByText('Scope: withdrawals:write.').first()).toBeVisible();
  await expect(admin.getByText('beneficiary_name').filter({ visible: true }).first()).toBeVisible();
  const own = new URL(baseURL ?? '').origin;
  expect([...asked].filter((origin) => origin !== own && !/^(data|blob|null)/.test(origin))).toEqual([]);
});
