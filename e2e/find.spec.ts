import { personAt } from '~/e2e/count';
import { expect, expectAccessible, test } from '~/e2e/fixtures';
import { actorOf, newWallet } from '~/e2e/given';

test('anything is found from any page by keyboard alone, with its answer beside it', async ({ pageAs }) => {
  const operator = await pageAs('operator');
  const wallet = await newWallet(await actorOf(operator), 'A', 590_13n);
  const customer = wallet.customer?.name ?? '';
  const page = await pageAs('support');
  await page.goto('/ledger/transactions');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  const box = page.getByRole('combobox');
  const { key, type, steps } = personAt(page);
  await key('Control+k');
  await expect(box).toBeFocused();
  // Who may not ask for withdrawals isn't offered one.
  await expect(page.getByRole('option', { name: 'Nuevo retiro' })).toHaveCount(0);
  await type(box, customer.toUpperCase());
  const found = page.getByRole('option', { name: customer });
  await expect(found.first()).toContainText('590.13');
  await expectAccessible(page);
  await key('Enter');
  await expect(page.getByRole('heading', { level: 1, name: customer })).toBeVisible();
  expect(steps()).toBe(3);

  // By one key, what was opened before comes first; and a CLABE is its wallet.
  await key('/');
  await expect(page.getByRole('option').first()).toContainText(customer);
  await type(box, wallet.accountNumber?.number ?? '');
  await expect(page.getByRole('option', { name: wallet.name })).toBeVisible();
  await key('Enter');
  await page.waitForURL(`**/wallets/${wallet.id}`);
  expect(steps()).toBe(3 + 3);

  // A slip is forgiven, in a page’s name too.
  await page.keyboard.press('/');
  await box.fill('concliacion');
  await expect(page.getByRole('option', { name: 'Conciliación', exact: true })).toBeVisible();

  // A whole receipt leads to where the money is, and only what it can be found by is in the address.
  const receipt = 'Ordenante: Rosa Peña\nMonto: $590.13\nClave de rastreo: MBAN01002611260001234567';
  await box.fill(receipt.replaceAll('\n', ' '));
  await expect(page.getByRole('option', { name: 'Buscar el pago de este comprobante' })).toBeVisible();
  await box.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, receipt);
  await page.waitForURL(/\/where\?p=.*MBAN01002611260001234567/);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Teclado' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('button', { name: 'Buscar', exact: true }).click();
  await expect(box).toBeFocused();
  await box.fill('nadie se llama asi');
  await expect(page.getByText('Nada coincide')).toBeVisible();
  await expectAccessible(page);
});
