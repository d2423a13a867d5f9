import type { Page } from '@playwright/test';
import { expect, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { balance, movement } from '~/e2e/steps';

const main = (page: Page) => page.getByRole('main');

/** Asks for dollars to go from one side to the other, from the wallet that is shown. */
async function askForDollars(page: Page, way: string, amount: string, reason: string): Promise<void> {
  await main(page).getByRole('link', { name: 'Ajustar' }).click();
  await main(page).getByRole('link', { name: 'Operación' }).click();
  await page.getByRole('radio', { name: way }).check();
  await page.getByLabel('Monto en USD').fill(amount);
  await page.getByRole('textbox', { name: 'Motivo' }).fill(reason);
  await page.getByRole('button', { name: 'Solicitar ajuste' }).click();
  await expect(main(page).getByText('Por aprobar', { exact: true }).first()).toBeVisible();
}

async function approve(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Aprobar', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  await expect(main(page).getByText('Asentado', { exact: true }).first()).toBeVisible();
}

test('a wallet holds pesos and dollars, each with its own movements, holds and look-back', async ({
  pageAs,
}) => {
  const [operator, approver] = [await pageAs('operator'), await pageAs('approver')];
  const wallet = await fundedWallet(operator, '500.00');
  const [pesos, dollars] = [`${wallet.url}?asset=MXN`, `${wallet.url}?asset=USD`];
  await operator.goto(wallet.url);
  await main(operator).getByRole('link', { name: 'Agregar moneda' }).click();
  await operator.getByLabel('Moneda').selectOption('USD');
  await expect(operator.getByText('Ninguna red de pagos mueve USD')).toBeVisible();
  await operator.getByRole('button', { name: 'Agregar moneda' }).click();
  await expect(operator).toHaveURL(dollars);
  await expect(balance(operator, 'Disponible')).toHaveText('0.00 USD');

  await askForDollars(operator, `De Operación a ${wallet.name}`, '120.00', unique('Dólares en efectivo'));
  await approve(approver, operator.url());
  await operator.goto(dollars);
  await expect(balance(operator, 'Disponible')).toHaveText('120.00 USD');
  await expect(movement(operator, 'Ajuste', '+120.00', '120.00')).toHaveCount(1);
  await expect(movement(operator, 'Depósito')).toHaveCount(0);

  await askForDollars(operator, `De ${wallet.name} a Operación`, '20.00', unique('De vuelta'));
  await operator.goto(dollars);
  await expect(balance(operator, 'Disponible')).toHaveText('100.00 USD');
  await expect(balance(operator, 'Apartado')).toHaveText('20.00 USD');
  await expect(operator.getByText('1 ajuste por aprobar aparta')).toBeVisible();

  const choice = operator.getByRole('navigation', { name: 'Saldos por moneda' });
  await expect(choice.getByRole('link', { name: /^USD/ })).toContainText('100.00');
  await choice.getByRole('link', { name: /^MXN/ }).click();
  await expect(operator).toHaveURL(pesos);
  await expect(balance(operator, 'Disponible')).toHaveText('500.00 MXN');
  await expect(balance(operator, 'Apartado')).toHaveText('0.00 MXN');
  await expect(operator.getByText('1 ajuste por aprobar aparta')).toHaveCount(0);
  await expect(movement(operator, 'Depósito', '500.00')).toHaveCount(1);
  await expect(movement(operator, 'Ajuste')).toHaveCount(0);

  await operator.goto(`${dollars}&at=2026-01-01`);
  await expect(balance(operator, 'Disponible'), 'before there were any').toHaveText('0.00 USD');
  await operator.goto(dollars);
  await balance(operator, 'Disponible').click();
  await expect(operator.getByRole('heading', { level: 1, name: 'De dónde sale este saldo' })).toBeVisible();
  await expect(main(operator).getByText('100.00 USD').first()).toBeVisible();
  await expect(main(operator).getByText('500.00')).toHaveCount(0);
});
