import { expect, type LocalFintoc, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import {
  balance,
  expectWithdrawal,
  fact,
  fillWithdrawal,
  requestWithdrawal,
  sendWithdrawal,
  someClabe,
} from '~/e2e/steps';

/** The local Fintoc refuses every transfer to it. */
const REFUSED_CLABE = '012969100000000013';

test('a withdrawal that the bank refuses says why in words, the money is back, and it is tried again as it was', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const url = await requestWithdrawal(page, { to: REFUSED_CLABE, amount: '120.00' });
  await expectWithdrawal(page, 'Fallido');
  await expect(page.getByText('No se pagó. El dinero está de vuelta en el monedero.')).toBeVisible();
  await expect(
    page.getByText(/Fintoc no tiene saldo suficiente|El banco no lo aceptó/).first(),
  ).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('500.00 MXN');
  await expect(balance(page, 'Apartado')).toHaveText('0.00 MXN');
  const failed = new URL(url).pathname;
  await page.goto('/withdrawals/failed');
  const row = page.getByRole('row').filter({ has: page.locator(`a[href="${failed}"]`) });
  await expect(row.getByText(/Fintoc no tiene saldo suficiente|El banco no lo aceptó/)).toBeVisible();

  await row.getByRole('link', { name: /ntentar de nuevo/ }).click();
  await expect(page.getByText(/^Intentas de nuevo el retiro de/)).toBeVisible();
  await expect(page.getByLabel('CLABE del beneficiario')).toHaveValue(REFUSED_CLABE);
  await expect(page.getByLabel('Nombre del beneficiario')).toHaveValue('Berta Ruiz');
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('120.00');
  await page.getByLabel('CLABE del beneficiario').fill(someClabe());
  await sendWithdrawal(page);
  await expectWithdrawal(page, 'Pagado');
  await expect(fact(page, 'Nuevo intento de').getByRole('link')).toHaveAttribute('href', failed);
  await page.goto(url);
  await page.getByRole('main').getByRole('link', { name: 'Ver el nuevo' }).click();
  await expect(page).not.toHaveURL(url);
  await page.goto(`/withdrawals/new?retry=${failed.split('/').at(-1)}`);
  await expect(page.getByText(/ya se volvió a solicitar$/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Solicitar retiro' })).toHaveCount(0);
});

test('a wrong CLABE is refused as it is typed, and again by the server', async ({ pageAs }) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '500.00');
  const right = someClabe();
  const wrong = right.slice(0, 17) + ((Number(right[17]) + 1) % 10);
  await fillWithdrawal(page, { to: right.slice(0, 10), amount: '10.00' });
  await expect(page.getByText(/· 10 de 18 dígitos/)).toBeVisible();
  await page.getByLabel('CLABE del beneficiario').fill(wrong);
  await expect(page.getByText('El dígito verificador no coincide: esta CLABE tiene un error')).toBeVisible();
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'CLABE del beneficiario' })).toBeVisible();
  await expect(page.getByLabel('Monto en MXN'), 'what was typed is kept').toHaveValue('10.00');
  await page.getByLabel('CLABE del beneficiario').fill(right.replace(/(...)(?!$)/g, '$1 '));
  await expect(page.getByRole('status').filter({ hasText: 'BBVA' })).toBeVisible();
});

test('more than the available balance is refused and nothing moves', async ({ pageAs }) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  await fillWithdrawal(page, { to: someClabe(), amount: '500.01' });
  await expect(page.getByRole('status').filter({ hasText: 'El saldo disponible no alcanza' })).toBeVisible();
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No se movió dinero' })).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('500.00 MXN');
});

test('a double click makes one withdrawal', async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const name = unique('Berta');
  await fillWithdrawal(page, { to: someClabe(), amount: '120.00', name });
  await page.getByRole('button', { name: 'Solicitar retiro' }).dblclick();
  await page.getByRole('button', { name: 'Enviar retiro' }).dblclick();
  await expectWithdrawal(page, 'Pagado');
  await page.goto(`/withdrawals/all?wallet=${wallet.id}`);
  await expect(page.getByRole('table', { name: 'Retiros' }).getByRole('row')).toHaveCount(2);
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('380.00 MXN');
  expect(await payoutsTo(fintoc, name)).toHaveLength(1);
});

/** What stands at Fintoc for a beneficiary whose name no other test uses. */
async function payoutsTo(fintoc: LocalFintoc, name: string) {
  const payouts = await fintoc.get('/v2/transfers?direction=outbound&limit=100');
  return payouts.filter(
    (transfer: { counterparty: { holder_name: string } }) => transfer.counterparty.holder_name === name,
  );
}
