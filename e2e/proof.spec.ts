import type { Page } from '@playwright/test';
import { accountOf, brokenWallet } from '~/e2e/breaks';
import { asOwner, expect, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { balance, expectWithdrawal, requestWithdrawal, simulateDeposit, someClabe } from '~/e2e/steps';

test('a break shows, holds a payout back, is cured by an adjustment, and the light is green again', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const { wallet, accountId, breakUrl } = await brokenWallet(page, fintoc, 12_50);
  await expect(page.getByText('Los pagos de esta cuenta esperan')).toBeVisible();
  await page.goto('/');
  await expect(page.getByText(/descuadres? con Fintoc: los pagos/)).toBeVisible();

  await page.goto(wallet.url);
  const withdrawal = await requestWithdrawal(page, { to: someClabe(), amount: '100.00' });
  await expect(page.getByText('Este retiro espera: su cuenta no cuadra con Fintoc')).toBeVisible();
  await page.getByRole('link', { name: 'Ver descuadre' }).click();
  await expect(page).toHaveURL(breakUrl);
  await expect(page.getByText(/Espera 1 retiro/)).toBeVisible();

  await page.getByRole('link', { name: 'Hacer ajuste' }).click();
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('12.50');
  await page.getByRole('textbox', { name: 'Motivo' }).fill('Comisión de Fintoc por la cuenta');
  await page.getByRole('button', { name: 'Solicitar ajuste' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /12\.50/ })).toBeVisible();
  const approver = await pageAs('approver');
  await approver.goto(page.url());
  await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
  const dialog = approver.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Aprobar', exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.goto(breakUrl);
  await expect(page.getByText('Resuelto', { exact: true }).first()).toBeVisible();
  await page.goto(`/proof/accounts/${accountId}`);
  await expect(page.getByRole('main').getByText('Cuadra', { exact: true })).toBeVisible();
  const proven = /Conciliado hasta mov_\S+…\S+ .*a las \d\d:\d\d:\d\d, 2 movimientos, diferencia 0\.00/;
  await expect(page.getByRole('main').getByText(proven)).toBeVisible();
  for (const path of ['/', '/proof']) {
    await page.goto(path);
    const sentence = page
      .getByRole('main')
      .getByText(/Conciliado hasta mov_.* a las .*, diferencia/)
      .first();
    await sentence.getByRole('link').click();
    await expect(page).toHaveURL(/\/proof\/accounts\/acc_/);
  }
  await page.goto(withdrawal);
  await expectWithdrawal(page, 'Pagado');
});

test('balances of Fintoc that do not follow are accepted by two different people, each with a reason', async ({
  pageAs,
  newOperator,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '900.00', 'B');
  const accountId = await accountOf(page, fintoc);
  await page.goto(`/proof/accounts/${accountId}`);
  await expect(page.getByRole('main').getByText('Cuadra', { exact: true })).toBeVisible();
  // No worker reads the movement before its balance is wrong.
  await asOwner(
    `INSERT INTO queue_items (queue, item, lease_until) VALUES ('proofs', $1, now() + interval '2 minutes')
     ON CONFLICT (queue, item) DO UPDATE SET token = excluded.token, lease_until = excluded.lease_until`,
    [accountId],
  );
  await page.goto(wallet.url);
  await simulateDeposit(page, '10.00');
  await expect(balance(page, 'Disponible')).toHaveText('910.00 MXN');
  await asOwner(
    'UPDATE sandbox.movements SET balance = balance + 7 WHERE account_id = $1 AND amount = 1000',
    [accountId],
  );
  await asOwner(`DELETE FROM queue_items WHERE queue = 'proofs' AND item = $1`, [accountId]);
  await page.goto(`/proof/accounts/${accountId}`);
  await page.getByRole('button', { name: 'Revisar ahora' }).click();
  const row = page
    .getByRole('table', { name: 'Descuadres' })
    .getByRole('row')
    .filter({ hasText: 'Los saldos de Fintoc no se siguen' });
  await expect(row).toContainText('Abierto');
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Los saldos de Fintoc');
  await expect(page.getByRole('button', { name: 'Aceptar numeración' })).toHaveCount(0);
  for (const role of ['approver', 'admin'] as const) {
    const who = await pageAs(await newOperator(role));
    await who.goto(page.url());
    await who.getByRole('button', { name: 'Aceptar numeración' }).click();
    const dialog = who.getByRole('dialog');
    await dialog.getByLabel('Motivo').fill(`Así numera Fintoc, según ${role}`);
    await dialog.getByRole('button', { name: 'Aceptar numeración' }).click();
    await expect(dialog).toBeHidden();
    await expect(who.getByText(`Así numera Fintoc, según ${role}`).first()).toBeVisible();
  }
  await expect(page.getByText('Aceptado como numeración de Fintoc')).toBeVisible();
  await page.goto(`/proof/accounts/${accountId}`);
  await expect(page.getByRole('main').getByText('Cuadra', { exact: true })).toBeVisible();
});

test('payouts are released in spite of a break by two different people, each with a reason', async ({
  pageAs,
  newOperator,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const { wallet, breakUrl } = await brokenWallet(page, fintoc, 7_77);
  await expect(page.getByRole('button', { name: 'Autorizar pagos' })).toHaveCount(0);
  await page.goto(wallet.url);
  const withdrawal = await requestWithdrawal(page, { to: someClabe(), amount: '50.00' });

  const [first, second] = [await newOperator('approver'), await newOperator('admin')];
  const release = async (who: Page, reason: string) => {
    await who.goto(breakUrl);
    await who.getByRole('button', { name: 'Autorizar pagos' }).click();
    const dialog = who.getByRole('dialog');
    await dialog.getByLabel('Motivo').fill(reason);
    await dialog.getByRole('button', { name: 'Autorizar pagos' }).click();
    await expect(dialog).toBeHidden();
  };
  const ines = await pageAs(first);
  await release(ines, 'Es una comisión conocida');
  await expect(ines.getByText('Una de dos autorizaciones')).toBeVisible();
  await expect(ines.getByRole('button', { name: 'Autorizar pagos' })).toHaveCount(0);
  await page.goto(withdrawal);
  await expectWithdrawal(page, 'En cola');

  const raul = await pageAs(second);
  await release(raul, 'Visto con Fintoc por teléfono');
  await expect(raul.getByText('Los pagos salen a pesar de la diferencia')).toBeVisible();
  await expect(raul.getByText(`${first.name} lo autorizó: Es una comisión conocida`)).toBeVisible();
  await page.goto(withdrawal);
  await expectWithdrawal(page, 'Pagado');
});
