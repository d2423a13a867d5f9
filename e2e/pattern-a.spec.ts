import { expect, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import {
  balance,
  clabeOf,
  createCustomer,
  expectWalletStatus,
  expectWithdrawal,
  movement,
  openWallet,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
} from '~/e2e/steps';

test('a CURP with a wrong check digit is refused, an RFC with one only warns', async ({ pageAs }) => {
  const page = await pageAs('operator');
  await page.goto('/customers/new');
  const name = unique('Ana López');
  await page.getByLabel('Nombre completo').fill(name);
  await page.getByRole('textbox', { name: 'RFC o CURP' }).fill('LOHA900101MDFPRN02');
  await expect(
    page.getByRole('status').filter({ hasText: 'El dígito verificador no coincide' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'El dígito verificador' })).toBeVisible();
  await expect(page.getByLabel('Nombre completo'), 'what was typed is kept').toHaveValue(name);

  await page.getByRole('textbox', { name: 'RFC o CURP' }).fill('loha 900101 mdfprn01');
  await expect(page.getByText('CURP válido: LOHA900101MDFPRN01')).toBeVisible();
  await page.getByRole('textbox', { name: 'RFC o CURP' }).fill('LOHA900101AB1');
  await expect(page.getByText(/El SAT ha emitido RFC así/)).toBeVisible();
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText('LOHA900101AB1').first()).toBeVisible();
});

test('a customer gets a wallet with a CLABE of its own, receives on it and pays out of it', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  await createCustomer(page);
  await openWallet(page, 'A');
  await expectWalletStatus(page, 'Abierto');
  const wallet = page.url();
  const clabe = await clabeOf(page);
  const numbers = await fintoc.get('/v2/account_numbers?limit=100');
  expect(numbers.find((number: { number: string }) => number.number === clabe)).toMatchObject({
    is_root: false,
    metadata: { wallet_id: wallet.split('/').at(-1) },
  });

  await simulateDeposit(page, '590.13');
  await expect(balance(page, 'Disponible')).toHaveText('590.13 MXN');
  await requestWithdrawal(page, { to: someClabe(), amount: '90.13', concept: 'Renta' });
  await expectWithdrawal(page, 'Pagado');
  await page.goto(wallet);
  await expect(balance(page, 'Disponible')).toHaveText('500.00 MXN');
  await expect(balance(page, 'Apartado')).toHaveText('0.00 MXN');
  await expect(movement(page, 'Retiro', '−90.13 MXN', 'Pagado', '500.00 MXN')).toBeVisible();
});

test('the history of a wallet is found by kind, amount and text, and the address keeps the filter', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '100.00');
  await simulateDeposit(page, '250.00', 'Aguinaldo 25');
  await expect(balance(page, 'Disponible')).toHaveText('350.00 MXN');
  const wallet = page.url();
  await requestWithdrawal(page, { to: someClabe(), amount: '40.00', concept: 'Luz' });
  await expectWithdrawal(page, 'Pagado');
  await page.goto(wallet);
  const rows = page.getByRole('table', { name: 'Movimientos' }).getByRole('row');
  await expect(rows).toHaveCount(4);

  await page.getByRole('button', { name: 'Tipo', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Depósito', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(3);
  await expect(movement(page, 'Retiro')).toHaveCount(0);

  await page.getByRole('button', { name: 'Monto en MXN' }).click();
  await page.getByLabel('Mínimo').fill('200');
  await page.getByRole('button', { name: 'Aplicar' }).click();
  await expect(rows).toHaveCount(2);
  await expect(movement(page, 'Aguinaldo 25')).toBeVisible();
  await page.reload();
  await expect(rows).toHaveCount(2);

  await page.getByRole('button', { name: 'Quitar filtros' }).click();
  await expect(rows).toHaveCount(4);
  await page.getByRole('searchbox', { name: 'Nombre, CLABE, rastreo o concepto' }).fill('Luz');
  await expect(rows).toHaveCount(2);
  await expect(movement(page, 'Retiro', 'Luz')).toBeVisible();
  await page.getByRole('searchbox').fill('no hay tal');
  await expect(page.getByText('Ningún resultado con estos filtros')).toBeVisible();
});

test("the books' cash equals Fintoc's balance of the shared account", async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '321.09');
  const cashInBooks = async () => {
    await page.goto('/ledger?group=cash&asset=MXN');
    const { id } = await rootAccount();
    return page.getByRole('row').filter({ hasText: id }).getByRole('cell').last().textContent();
  };
  const rootAccount = async () =>
    (await fintoc.get('/v2/accounts')).find((account: { is_root: boolean }) => account.is_root);
  await expect(async () => {
    const { available_balance } = await rootAccount();
    const pesos = (available_balance / 100).toLocaleString('es-MX', { minimumFractionDigits: 2 });
    expect(await cashInBooks()).toBe(`${pesos} MXN`);
  }, 'what other tests began may still move; at rest both agree').toPass();
});
