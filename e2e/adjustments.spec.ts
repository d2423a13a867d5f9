import type { Page } from '@playwright/test';
import { expect, type LocalFintoc, test, unique } from '~/e2e/fixtures';
import { fundedWallet, openedWallet, shownAtFintoc } from '~/e2e/given';
import {
  approveDepositRequest,
  balance,
  expectWalletStatus,
  expectWithdrawal,
  movement,
  openWallet,
  requestWithdrawal,
  someClabe,
} from '~/e2e/steps';

type Named = { url: string; name: string };

/** Fills in an adjustment from the wallet that is shown, against another, and stays on the form. */
async function fillAdjustment(page: Page, wallet: Named, other: string, amount: string, reason: string) {
  await page.goto(wallet.url);
  await page.getByRole('main').getByRole('link', { name: 'Ajustar' }).click();
  await page.getByRole('searchbox', { name: 'Monedero, cliente o CLABE' }).fill(other);
  await expect(page).toHaveURL(/q=/);
  await page.getByRole('link', { name: other }).click();
  await page.getByRole('radio', { name: `De ${wallet.name} a ${other}` }).check();
  await page.getByLabel('Monto en MXN').fill(amount);
  await page.getByRole('textbox', { name: 'Motivo' }).fill(reason);
}

async function expectAdjustment(page: Page, word: string): Promise<void> {
  await expect(page.getByRole('main').getByText(word, { exact: true }).first()).toBeVisible();
}

async function expectBalances(page: Page, url: string, available: string, reserved: string): Promise<void> {
  await page.goto(url);
  await expect(balance(page, 'Disponible')).toHaveText(`${available} MXN`);
  await expect(balance(page, 'Apartado')).toHaveText(`${reserved} MXN`);
}

test('an operator moves money between two wallets, and it moves when an approver agrees', async ({
  pageAs,
}) => {
  const [operator, approver] = [await pageAs('operator'), await pageAs('approver')];
  const to = await openedWallet(operator);
  const from = await fundedWallet(operator, '500.00');
  const reason = unique('El depósito era de otro cliente');
  await fillAdjustment(operator, from, to.name, '125.50', reason);
  await operator.getByRole('button', { name: 'Solicitar ajuste' }).click();
  await expectAdjustment(operator, 'Por aprobar');
  await expect(operator.getByText('Lo aprueba alguien con rol de Aprobación')).toHaveCount(0);
  await expect(operator.getByText('Lo solicitaste tú: debe aprobarlo otra persona.')).toBeVisible();
  await expectBalances(operator, from.url, '374.50', '125.50');
  await expect(operator.getByText('1 ajuste por aprobar aparta')).toBeVisible();

  await shownAtFintoc(from.id);
  // An approver finds it from where approvals are.
  await approver.goto('/approvals');
  await approver
    .getByRole('main')
    .getByRole('link', { name: /^Ajustes/ })
    .click();
  await expect(approver).toHaveURL(/kind=adjustments/);
  await approver.getByRole('searchbox').fill(reason);
  await expect(approver).toHaveURL(/q=/);
  await approver.getByRole('row').filter({ hasText: reason }).getByRole('link').first().click();
  await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
  const dialog = approver.getByRole('dialog');
  const signed = (label: string) => dialog.locator('dl > div').filter({ hasText: label });
  await expect(signed('Sale de')).toContainText(from.name);
  await expect(signed('Entra a')).toContainText(to.name);
  await expect(dialog).toContainText(reason);
  await dialog.getByRole('button', { name: 'Aprobar' }).click();
  await expectAdjustment(approver, 'Asentado');

  await expect(balance(operator, 'Apartado'), 'without a reload').toHaveText('0.00 MXN');
  await expect(balance(operator, 'Disponible')).toHaveText('374.50 MXN');
  await expect(movement(operator, 'Ajuste', '−125.50', to.name, '374.50')).toHaveCount(1);
  await expectBalances(operator, to.url, '125.50', '0.00');
  await movement(operator, 'Ajuste', '+125.50', from.name).getByRole('link').first().click();
  await expect(operator.getByRole('heading', { level: 1, name: /^Ajuste de/ })).toBeVisible();
  await operator.getByRole('link', { name: 'Ajuste aprobado y asentado' }).click();
  await expect(operator.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(operator.getByRole('main').getByRole('link', { name: reason })).toBeVisible();
});

test('nobody approves their own adjustment; declined, the money is back with the reason', async ({
  pageAs,
}) => {
  const [approver, admin] = [await pageAs('approver'), await pageAs('admin')];
  const from = await fundedWallet(approver, '80.00');
  await fillAdjustment(approver, from, 'Comisiones', '30.00', 'Comisión cobrada de menos');
  await approver.getByRole('button', { name: 'Solicitar ajuste' }).click();
  await expect(approver.getByText('Lo solicitaste tú: debe aprobarlo otra persona.')).toBeVisible();
  await expect(approver.getByRole('button', { name: 'Aprobar', exact: true })).toHaveCount(0);
  await expect(approver.getByRole('button', { name: 'Rechazar' })).toHaveCount(0);

  await admin.goto(approver.url());
  await admin.getByRole('button', { name: 'Rechazar' }).click();
  await admin.getByRole('dialog').getByLabel('Motivo').fill('No corresponde a este cliente');
  await admin.getByRole('dialog').getByRole('button', { name: 'Rechazar' }).click();
  await expectAdjustment(approver, 'Rechazado');
  await expect(approver.getByText('No corresponde a este cliente').first()).toBeVisible();
  await expectBalances(approver, from.url, '80.00', '0.00');
});

test('a double click asks once, and more than there is is refused', async ({ pageAs }) => {
  const page = await pageAs('operator');
  const from = await fundedWallet(page, '100.00');
  const reason = unique('Ajuste doble');
  await fillAdjustment(page, from, 'Operación', '150.00', reason);
  await expect(page.getByText('El saldo disponible no alcanza.').last()).toBeVisible();
  await page.getByRole('button', { name: 'Solicitar ajuste' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'El saldo disponible no alcanza' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Motivo' }), 'what was typed stays').toHaveValue(reason);
  await page.getByLabel('Monto en MXN').fill('40.00');
  await page.getByRole('button', { name: 'Solicitar ajuste' }).dblclick();
  await expectAdjustment(page, 'Por aprobar');
  await page.goto(`/adjustments?q=${encodeURIComponent(reason)}`);
  await expect(page.getByRole('table', { name: 'Ajustes' }).getByRole('row')).toHaveCount(2);
  await expectBalances(page, from.url, '60.00', '40.00');
});

test('a payout that comes back after its wallet was closed is assigned to the customer’s other wallet', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const closed = await fundedWallet(page, '90.00');
  const name = unique('Berta');
  const withdrawal = await requestWithdrawal(page, { to: someClabe(), amount: '90.00', name });
  await expectWithdrawal(page, 'Pagado');
  await page.goto(closed.url);
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  const closing = page.getByRole('dialog');
  await closing.getByRole('radio', { name: /El cliente/ }).check();
  await closing.getByLabel('Motivo').fill('Se va');
  await closing.getByRole('button', { name: 'Cerrar monedero' }).click();
  await expect(closing).toBeHidden();
  await page.getByRole('main').getByRole('link', { name: /^Ana/ }).click();
  const heir = await openWallet(page, 'A');
  await expectWalletStatus(page, 'Abierto');
  const heirUrl = page.url();
  await giveBack(fintoc, name);

  await page.goto(withdrawal);
  await expect(page.getByText('El dinero espera en suspenso')).toBeVisible();
  await page.goto(`/deposits?q=${encodeURIComponent(name)}`);
  const waiting = page.getByRole('row').filter({ hasText: name });
  await expect(waiting).toContainText('Pago devuelto a monedero cerrado');
  await waiting.getByRole('link').first().click();
  await expect(page.getByRole('button', { name: 'Devolver al ordenante' })).toHaveCount(0);
  await page.getByRole('button', { name: new RegExp(`^Asignar .*${heir}`) }).click();
  const reason = unique('Su monedero nuevo');
  await page.getByRole('dialog').getByLabel('Motivo').fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: 'Solicitar asignación' }).click();
  await expect(page.getByText('Lo solicitaste tú: debe decidirlo otra persona.')).toBeVisible();
  await approveDepositRequest(await pageAs('approver'), reason);
  await expect(page.getByText(`El dinero se asignó a ${heir}`)).toBeVisible();
  await expectBalances(page, heirUrl, '90.00', '0.00');
  await expect(movement(page, 'Retiro devuelto', '90.00')).toHaveCount(1);
});

/** The beneficiary's bank sends a payout back after it was paid. */
async function giveBack(fintoc: LocalFintoc, name: string): Promise<void> {
  const payouts = await fintoc.get('/v2/transfers?direction=outbound&limit=100');
  const paid = payouts.find(
    (transfer: { counterparty: { holder_name: string } }) => transfer.counterparty.holder_name === name,
  );
  await fintoc.control(`/transfers/${paid.id}/return`, {});
}
