import type { Page } from '@playwright/test';
import { accountOf } from '~/e2e/breaks';
import { expect, expectAccessible, test } from '~/e2e/fixtures';
import { fundedWallet, shownAtFintoc } from '~/e2e/given';
import { balance, expectWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';

// What left unexplained turns the light of everybody's overview red.
test.describe.configure({ mode: 'serial' });

const OVERVIEW_RED = /descuadres? con Fintoc: los pagos/;

test('money that left without a withdrawal pauses its account until two people say the same of it', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '900.00', 'B');
  const accountId = await accountOf(page, fintoc);
  // The platform's own money, so that what left was not the customers'.
  await giveToThePlatform(page, await pageAs('approver'), { walletId: wallet.id, amount: '200.00' });
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('700.00 MXN');

  const counterparty = { account_number: someClabe(), holder_name: 'Papelería del Centro' };
  await fintoc.control('/dashboard-payouts', {
    account_id: accountId,
    amount: 150_00,
    counterparty,
    settle: true,
  });
  await page.goto('/');
  await expect(page.getByText(OVERVIEW_RED)).toBeVisible({ timeout: 60_000 });

  await page.goto(wallet.url);
  const withdrawal = await requestWithdrawal(page, { to: someClabe(), amount: '100.00' });
  await expect(page.getByText('Este retiro espera: de su cuenta salió un pago sin explicar')).toBeVisible();
  await expect(page.getByText(/Mientras esté en cola se puede cancelar/)).toBeVisible();
  await page.goto('/withdrawals/in-flight');
  await expect(page.getByRole('row').filter({ hasText: 'Pago sin explicar' }).first()).toBeVisible();
  await page.goto('/');
  await expect(page.getByText(/Pago sin explicar: \d+ retiros? por/)).toBeVisible();

  await page.goto(withdrawal);
  await page.getByRole('link', { name: 'Ver el pago' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Pago sin explicar');
  await expect(page.getByText('Papelería del Centro')).toBeVisible();
  await expect(page.getByText(/No lleva la marca de ningún retiro/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Hacer ajuste' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Decir qué fue' })).toHaveCount(0);
  const url = page.url();

  const approver = await pageAs('approver');
  await approver.goto(url);
  await approver.getByRole('button', { name: 'Decir qué fue' }).click();
  const dialog = approver.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Un pago de la plataforma/ }).check();
  await expectAccessible(approver);
  await dialog.getByLabel('Motivo').fill('Papel para la oficina, lo pagó Lupita');
  await dialog.getByRole('button', { name: 'Decir qué fue' }).click();
  await expect(dialog).toBeHidden();
  await expect(approver.getByText('Falta que otra persona diga lo mismo.')).toBeVisible();
  await expect(approver.getByRole('button', { name: 'Decir lo mismo' })).toHaveCount(0);

  const admin = await pageAs('admin');
  await admin.goto(url);
  await expect(admin.getByText('Motivo: Papel para la oficina, lo pagó Lupita')).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Decir lo mismo' }).click();
  await admin.getByRole('dialog').getByLabel('Motivo').fill('Visto en el panel de Fintoc');
  await admin.getByRole('dialog').getByRole('button', { name: 'Decir lo mismo' }).click();
  await expect(admin.getByText('Dos personas dijeron qué fue: pago de la plataforma.')).toBeVisible();

  await page.goto(`/proof/accounts/${accountId}`);
  await expect(page.getByRole('main').getByText('Cuadra', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.goto(withdrawal);
  await expectWithdrawal(page, 'Pagado');
});

/** Part of a wallet's money becomes the platform's, by an adjustment that somebody else approves. */
async function giveToThePlatform(
  page: Page,
  approver: Page,
  { walletId, amount }: { walletId: string; amount: string },
): Promise<void> {
  await page.goto(`/adjustments/new?wallet=${walletId}`);
  await page.getByRole('link', { name: 'Operación' }).click();
  await page.getByLabel('Monto en MXN').fill(amount);
  await page.getByRole('textbox', { name: 'Motivo' }).fill('Servicio que contrató');
  await page.getByRole('button', { name: 'Solicitar ajuste' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Ajuste de/ })).toBeVisible();
  await shownAtFintoc(walletId);
  await approver.goto(page.url());
  await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
  const dialog = approver.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Aprobar', exact: true }).click();
  await expect(dialog).toBeHidden();
}
