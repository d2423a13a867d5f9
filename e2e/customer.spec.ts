import { expect, expectAccessible, expectNoSidewaysScroll, test } from '~/e2e/fixtures';
import { actorOf, newWallet, SOON } from '~/e2e/given';
import { createCustomer } from '~/lib/people/customers';
import { ANYBODY } from '~/lib/testing/reader';
import { openWallet } from '~/lib/wallets/opening';
import { getWallet } from '~/lib/wallets/wallets';
import { getWithdrawal } from '~/lib/withdrawals/read';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';

/** The local Fintoc refuses every transfer to it. */
const REFUSED_CLABE = '012969100000000013';

const again = () => ({ requestId: crypto.randomUUID() });

test('who answers the phone sees what the customer has, what failed and why, and copies what to say', async ({
  pageAs,
  newOperator,
}) => {
  const page = await pageAs(await newOperator('operator'));
  const actor = await actorOf(page);
  const wallet = await newWallet(actor, 'A', 9_000_00n);
  const customer = { id: wallet.customer?.id ?? '', name: wallet.customer?.name ?? '' };
  const other = await openWallet(actor, {
    ...{ customerId: customer.id, pattern: 'A', name: 'Ahorro', asset: 'MXN', ...again() },
  });
  await expect.poll(async () => (await getWallet(ANYBODY, other.id)).status, SOON).toBe('open');
  const failed = await requestWithdrawal(actor, {
    ...{ walletId: wallet.id, amount: 100_00n, destination: REFUSED_CLABE, beneficiaryName: 'Rosa Peña' },
    ...again(),
  });
  await expect.poll(async () => (await getWithdrawal(ANYBODY, failed.id)).status, SOON).toBe('failed');
  const twin = await createCustomer(actor, {
    ...{ kind: 'individual', name: customer.name, country: 'mx', taxId: 'GODE561231GR8', ...again() },
  });

  await page.goto(`/customers/${customer.id}`);
  await expect(page.getByRole('heading', { level: 1, name: customer.name })).toBeVisible();
  await expect(page.getByText('Otro cliente se llama igual')).toBeVisible();
  await expect(page.getByRole('link', { name: twin.taxId })).toHaveAttribute('href', `/customers/${twin.id}`);
  const wrong = page.getByRole('region', { name: 'Lo que no salió bien' });
  await expect(wrong.getByRole('listitem')).toContainText(['Rosa Peña']);
  await expect(wrong).toContainText(/Fintoc no tiene saldo suficiente|El banco no lo aceptó/);
  await expect(page.getByRole('region', { name: 'Últimos movimientos' }).getByRole('row')).not.toHaveCount(1);
  await expectAccessible(page);

  await wrong.getByRole('button', { name: 'Respuesta para el cliente' }).click();
  const reply = page.getByRole('dialog').getByRole('textbox');
  await expect(reply).toHaveValue(/Revisamos tu retiro de 100\.00 MXN/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Nuevo retiro' }).click();
  await page.getByRole('menuitem', { name: wallet.name }).click();
  await page.waitForURL(`**/withdrawals/new?wallet=${wallet.id}`);
});
