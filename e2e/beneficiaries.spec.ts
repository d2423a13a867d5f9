import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, fundedWallet, shownAtFintoc } from '~/e2e/given';
import { expectWithdrawal, fact, someClabe } from '~/e2e/steps';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { createCustomer } from '~/lib/people/customers';
import { ANYBODY } from '~/lib/testing/reader';
import { houseWallets } from '~/lib/wallets/house';
import { openWallet } from '~/lib/wallets/opening';
import { getWallet, viewOf } from '~/lib/wallets/wallets';

const SOON = { timeout: 60_000 };

/** A company's RUT that no other test uses. */
function someRut(): string {
  const digits = String(76_000_000 + Math.floor(Math.random() * 999_999));
  const sum = [...digits].reverse().reduce((total, digit, nth) => total + Number(digit) * ((nth % 6) + 2), 0);
  return `${digits}-${'0K987654321'[sum % 11]}`;
}

test('a beneficiary is saved, their account is verified, and they are chosen for a withdrawal', async ({
  pageAs,
  fintoc,
}, testInfo) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '900.00');
  await shownAtFintoc(wallet.id);
  const { operating } = await houseWallets(db(), 'MXN');
  const { id: adjustmentId } = await requestAdjustment(await actorOf(page), {
    ...{ fromWalletId: wallet.id, toWalletId: operating.id, amount: 100n, asset: 'MXN' },
    ...{ reason: 'Cargo por servicio', requestId: crypto.randomUUID() },
  });
  await approveAdjustment(await actorOf(await pageAs('approver')), { adjustmentId });
  const clabe = someClabe();
  await fintoc.control('/holders', { account_number: clabe, holder_name: 'ROBLES ÑÁÑEZ XIMENA' });

  const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } });
  await page.goto(`/customers/${customerId}`);
  await page.getByRole('button', { name: 'Agregar beneficiario' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nombre completo o razón social').fill('Ximena Robles Nanez');
  await dialog.getByLabel('CLABE').fill(clabe);
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Sin pagos todavía')).toBeVisible();
  await page.getByRole('button', { name: 'Verificar cuenta' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Verificar cuenta' }).click();
  await expect(page.getByText('El banco dice: ROBLES ÑÁÑEZ XIMENA')).toBeVisible(SOON);
  await expect(page.getByText('Mismo nombre · 100 de 100')).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: testInfo.outputPath('customer.png'), fullPage: true });

  await page.goto(`/withdrawals/new?wallet=${wallet.id}`);
  await page.getByLabel('Beneficiario guardado').selectOption({ index: 1 });
  await expect(page.getByLabel('CLABE del beneficiario')).toHaveValue(clabe);
  await expect(page.getByLabel('Nombre del beneficiario')).toHaveValue('Ximena Robles Nanez');
  await page.getByLabel('Monto en MXN').fill('120.00');
  await page.screenshot({ path: testInfo.outputPath('form.png'), fullPage: true });
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  await page.getByRole('button', { name: 'Enviar retiro' }).click();
  await expectWithdrawal(page, 'Pagado');
});

test('a withdrawal goes to a debit card, whose bank is chosen', async ({ pageAs }, testInfo) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '300.00');
  await page.goto(`/withdrawals/new?wallet=${wallet.id}`);
  await page.getByLabel('Se paga a').selectOption({ label: 'Tarjeta de débito' });
  await page.getByLabel('Número de tarjeta').fill('4152 3133 1234 1238');
  await page.getByLabel('Monto en MXN').fill('99.00');
  await page.screenshot({ path: testInfo.outputPath('card.png'), fullPage: true });
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  await expect(page.getByText('Elige el banco de esta tarjeta o celular').first()).toBeVisible();
  await page.getByLabel('Banco', { exact: true }).selectOption({ label: 'BBVA' });
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  await page.getByRole('button', { name: 'Enviar retiro' }).click();
  await expectWithdrawal(page, 'Pagado');
  await expect(fact(page, 'Tarjeta de débito')).toContainText('4152313312341238');
  await expect(fact(page, 'Banco')).toHaveText('BBVA');
});

test('Chilean pesos leave in parts, to an account whose RUT, bank and kind are said', async ({
  pageAs,
  fintoc,
}, testInfo) => {
  const page = await pageAs('operator');
  const actor = await actorOf(page);
  const taxId = someRut();
  const { id: entityId } = await fintoc.post('/v2/entities', {
    ...{ country_code: 'cl', holder_name: 'Completos SpA', holder_id: taxId },
  });
  await fintoc.control(`/entities/${entityId}/status`, { status: 'operational' });
  await syncFintoc(actor);
  const customer = await createCustomer(actor, {
    ...{ kind: 'business', name: unique('Completos'), country: 'cl', taxId, requestId: crypto.randomUUID() },
  });
  const { id } = await openWallet(actor, {
    ...{ customerId: customer.id, pattern: 'C', entityId, name: unique('Pesos'), asset: 'CLP' },
    requestId: crypto.randomUUID(),
  });
  const inPesos = async () => viewOf(await getWallet(ANYBODY, id), 'CLP');
  await expect.poll(async () => (await inPesos())?.status, SOON).toBe('open');
  const account_number_id = (await inPesos())?.accountNumberId;
  await fintoc.control('/inbound-transfers', { account_number_id, amount: 20_000_000, settle: true });
  await expect.poll(async () => (await inPesos())?.balances.available, SOON).toBe(20_000_000n);

  await page.goto(`/withdrawals/new?wallet=${id}`);
  await page.getByLabel('RUT del titular').fill('12.345.678-5');
  await page.getByLabel('Banco', { exact: true }).selectOption({ label: 'BancoEstado' });
  await page.getByLabel('Tipo de cuenta').selectOption({ label: 'Cuenta vista o RUT' });
  await page.getByLabel('Número de cuenta').fill('123456789');
  await page.getByLabel('Nombre del beneficiario').fill('Camila Rojas');
  await page.getByLabel('Monto en CLP').fill('15000000');
  await page.screenshot({ path: testInfo.outputPath('chile.png'), fullPage: true });
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  await expect(page.getByText('3 pagos')).toBeVisible();
  await page.getByRole('button', { name: 'Enviar retiro' }).click();
  await expect(page.getByRole('heading', { name: 'Pago en partes a Camila Rojas' })).toBeVisible();
  await expect(page.getByText('Por aprobar').first()).toBeVisible(SOON);
  await page.screenshot({ path: testInfo.outputPath('parts.png'), fullPage: true });
});
