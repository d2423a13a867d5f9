import type { Page } from '@playwright/test';
import { platformHas } from '~/e2e/breaks';
import { expect, expectAccessible, type LocalFintoc, test, unique } from '~/e2e/fixtures';
import { openedWallet } from '~/e2e/given';
import {
  approveDepositRequest,
  balance,
  clabeOf,
  expectWalletStatus,
  expectWithdrawal,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
} from '~/e2e/steps';

test('money for a number without a wallet waits in suspense until two people say whose it is', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await openedWallet(page);
  const sender = unique('Remitente');
  await receiveAtRoot(fintoc, sender, 45_600);

  await page.goto('/deposits');
  await page.getByRole('searchbox').fill(sender);
  const waiting = page.getByRole('row').filter({ hasText: sender });
  await expect(waiting).toContainText('CLABE sin monedero');
  await expect(waiting).toContainText('456.00 MXN');
  await waiting.getByRole('link').click();
  await expect(page.getByText('Llegó a una CLABE que no es de ningún monedero')).toBeVisible();

  await page.getByRole('searchbox', { name: 'Monedero, cliente o CLABE' }).fill(wallet.name);
  await page.getByRole('button', { name: new RegExp(`^Asignar .*${wallet.name}`) }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/otra persona debe aprobarlo/)).toBeVisible();
  await dialog.getByLabel('Motivo').fill('El cliente mandó su comprobante');
  await dialog.getByRole('button', { name: 'Solicitar asignación' }).click();
  await expect(page.getByText('Lo solicitaste tú: debe decidirlo otra persona.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Aprobar', exact: true })).toHaveCount(0);
  await approveDepositRequest(await pageAs('approver'), 'El cliente mandó su comprobante');
  await expect(page.getByText('El dinero está acreditado en el monedero.')).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('456.00 MXN');
  await page.goto(`/deposits?q=${encodeURIComponent(sender)}`);
  await expect(page.getByText('Ningún resultado con estos filtros')).toBeVisible();
});

test('money that stands in another account than the wallet pays from is assigned only by who says that they know', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await openedWallet(page, 'B');
  const sender = unique('Remitente');
  await receiveAtRoot(fintoc, sender, 12_300);
  await page.goto(`/deposits?q=${encodeURIComponent(sender)}`);
  await page.getByRole('row').filter({ hasText: sender }).getByRole('link').first().click();
  await page.getByRole('searchbox', { name: 'Monedero, cliente o CLABE' }).fill(wallet.name);
  await page.getByRole('button', { name: new RegExp(`^Asignar .*${wallet.name}`) }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^El dinero está en otra cuenta de Fintoc/)).toContainText(wallet.name);
  await dialog.getByLabel('Motivo').fill('Lo mandó a la CLABE equivocada');
  await dialog.getByRole('button', { name: 'Solicitar asignación' }).click();
  await expect(dialog.getByText('Confirma que el dinero está en otra cuenta').last()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: /^Lo asigno así/ }).check();
  await dialog.getByRole('button', { name: 'Solicitar asignación' }).click();
  await approveDepositRequest(await pageAs('approver'), 'Lo mandó a la CLABE equivocada');
  await expect(page.getByText('El dinero está acreditado en el monedero.')).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('123.00 MXN');
});

test('money for a frozen wallet goes to suspense, and back to who sent it', async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  // The root number of an account of its own stays enabled at Fintoc, so money still arrives.
  const wallet = await openedWallet(page, 'B');
  const clabe = await clabeOf(page);
  await freeze(page);
  await expect(page.getByRole('link', { name: 'Retirar' })).toHaveCount(0);
  const sender = unique('Remitente');
  const [{ id }] = await fintoc.control('/inbound-transfers', {
    account_number: clabe,
    amount: 7_700,
    settle: true,
    counterparty: { account_number: someClabe(), holder_name: sender },
  });

  await page.goto(`/deposits?q=${encodeURIComponent(sender)}`);
  await expect(page.getByRole('row').filter({ hasText: sender })).toContainText('Monedero congelado');
  await page.getByRole('row').filter({ hasText: sender }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Devolver al ordenante' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motivo').fill('El monedero está congelado');
  await dialog.getByRole('button', { name: 'Devolver al ordenante' }).click();
  await expect(page.getByText('El dinero volvió a quien lo envió.')).toBeVisible();
  expect(await fintoc.get(`/v2/transfers/${id}`)).toMatchObject({ status: 'returned' });
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('0.00 MXN');
});

test('a credited deposit goes back when a second person approves it, and its loss is accepted by both', async ({
  pageAs,
  fintoc,
}) => {
  // The loss is the platform's to cover: without money of its own all payouts would wait.
  await platformHas(fintoc, 1_000_00);
  const [operator, approver] = [await pageAs('operator'), await pageAs('approver')];
  const wallet = await openedWallet(operator);
  await simulateDeposit(operator, '300.00', 'Va de vuelta');
  await expect(balance(operator, 'Disponible')).toHaveText('300.00 MXN');
  await requestWithdrawal(operator, { to: someClabe(), amount: '120.00' });
  await expectWithdrawal(operator, 'Pagado');
  await operator.goto(`/deposits/all?q=${encodeURIComponent(wallet.name)}`);
  await operator.getByRole('row').filter({ hasText: '300.00 MXN' }).getByRole('link').first().click();

  await operator.getByRole('button', { name: 'Devolver al ordenante' }).click();
  const dialog = operator.getByRole('dialog');
  await expect(dialog.getByText(/ya no tiene 120\.00 MXN/)).toBeVisible();
  await dialog.getByLabel('Motivo').fill('Fraude confirmado por el banco');
  await dialog.getByRole('button', { name: 'Solicitar devolución' }).click();
  await expect(dialog.getByText('Acepta la pérdida como está ahora').last()).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Acepto la pérdida' }).check();
  await dialog.getByRole('button', { name: 'Solicitar devolución' }).click();
  await expect(operator.getByText('Lo solicitaste tú: debe decidirlo otra persona.')).toBeVisible();
  const url = operator.url();
  await operator.goto(wallet.url);
  await expect(balance(operator, 'Disponible')).toHaveText('0.00 MXN');
  await expect(balance(operator, 'Apartado')).toHaveText('180.00 MXN');

  await approver.goto('/');
  await approver.getByRole('link', { name: /Depósitos por decidir/ }).click();
  const waiting = approver.getByRole('table', { name: 'Por decidir' });
  const row = waiting.getByRole('row').filter({ hasText: wallet.name });
  await expect(row).toContainText('Con pérdida');
  await expectAccessible(approver);
  await row.getByRole('link').first().click();
  await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
  const deciding = approver.getByRole('dialog');
  await deciding.getByRole('button', { name: 'Aprobar' }).click();
  await expect(deciding.getByText('Acepta la pérdida como está ahora').last()).toBeVisible();
  await expectAccessible(approver);
  await deciding.getByRole('checkbox', { name: 'Acepto la pérdida' }).check();
  await deciding.getByRole('button', { name: 'Aprobar' }).click();
  await expect(approver.getByText('El dinero volvió a quien lo envió.')).toBeVisible();
  await operator.goto(url);
  await expect(operator.getByText('Devolución aprobada')).toBeVisible();
  await operator.goto(wallet.url);
  await expect(balance(operator, 'Apartado')).toHaveText('0.00 MXN');
});

test('freezing a wallet disables its CLABE at Fintoc, and unfreezing enables it', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  await openedWallet(page);
  const clabe = await clabeOf(page);
  const status = async () => {
    const numbers = await fintoc.get('/v2/account_numbers?limit=100');
    return numbers.find((item: { number: string }) => item.number === clabe)?.status;
  };
  await freeze(page);
  await expect.poll(status).toBe('disabled');
  await unfreeze(page);
  await expect.poll(status).toBe('enabled');
});

test('a dialog that asks for one act never does the other that its place offers next', async ({ pageAs }) => {
  const page = await pageAs('operator');
  const wallet = await openedWallet(page);
  await page.getByRole('button', { name: 'Congelar', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Motivo').fill('Revisión de cumplimiento');

  const colleague = await pageAs('approver');
  await colleague.goto(wallet.url);
  await freeze(colleague);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert'), 'what it asks for is done').toContainText('Monedero congelado por');
  await expect(dialog.getByRole('button', { name: /ongelar monedero$/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cerrar' }).first().click();
  await expectWalletStatus(page, 'Congelado');
  await expect(page.getByRole('button', { name: 'Descongelar' })).toBeFocused();
  await unfreeze(colleague);
  await expectWalletStatus(page, 'Abierto');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

/** Money for a number of the shared account that belongs to no wallet. */
async function receiveAtRoot(fintoc: LocalFintoc, sender: string, amount: number): Promise<void> {
  const root = (await fintoc.get('/v2/accounts')).find((account: { is_root: boolean }) => account.is_root);
  const number = await fintoc.post('/v2/account_numbers', {
    account_id: root.id,
    description: 'Sin monedero',
  });
  await fintoc.post('/v2/simulate/receive_transfer', {
    account_number_id: number.id,
    amount,
    currency: 'MXN',
    counterparty_holder_name: sender,
  });
}

async function freeze(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Congelar', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Motivo').fill('Revisión de cumplimiento');
  await page.getByRole('dialog').getByRole('button', { name: 'Congelar monedero' }).click();
  await expect(page.getByText(/^Congelado: no salen retiros/)).toBeVisible();
}

async function unfreeze(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Descongelar' }).click();
  await page.getByRole('dialog').getByLabel('Motivo').fill('Todo en orden');
  await page.getByRole('dialog').getByRole('button', { name: 'Descongelar monedero' }).click();
  await expectWalletStatus(page, 'Abierto');
}
