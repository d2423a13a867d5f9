import { expect, test, unique } from '~/e2e/fixtures';
import { createCustomer } from '~/e2e/steps';

test('a search finds however it is typed, and a filter that cannot be read empties the list and says so', async ({
  pageAs,
}) => {
  const page = await pageAs('admin');
  const name = `Peña O’Brien ${unique('x').replace(/\D/g, '')}`;
  await createCustomer(page, { name });

  const rows = page.getByRole('table', { name: 'Clientes' }).getByRole('row');
  for (const typed of [name.toUpperCase(), name.replace('ñ', 'n').replace('’', "'"), name.normalize('NFD')]) {
    await page.goto(`/customers?q=${encodeURIComponent(typed)}`);
    await expect(rows).toHaveCount(2);
    await expect(rows.last()).toContainText(name);
  }
  await page.goto('/customers?q=%25%25');
  await expect(page.getByText(name)).toHaveCount(0);

  await page.goto('/movements?min=mucho&colour=red');
  await expect(page.getByText('no se puede leer: mucho')).toBeVisible();
  await expect(page.getByText(/no conoce: colour/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Movimientos' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Quitar filtro Monto/ }).click();
  await expect(page).toHaveURL(/\/movements\?colour=red$/);

  for (const path of [
    '/customers?q=%00',
    '/wallets?customer=%00',
    '/movements?cursor=AAAA',
    '/customers/%00',
  ])
    expect((await page.request.get(path)).status(), path).toBeLessThan(500);
});
