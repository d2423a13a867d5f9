import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import {
  balance,
  expectWithdrawal,
  exported,
  fact,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
} from '~/e2e/steps';

test('a balance is explained down to the webhook that told of it, and to who asked and who approved', async ({
  pageAs,
  newOperator,
}) => {
  const requester = await newOperator('operator');
  const page = await pageAs(requester);
  const wallet = await fundedWallet(page, '60,000.00');
  await requestWithdrawal(page, { to: someClabe(), amount: '50,000.00', name: 'Berta Ruiz' });
  const withdrawal = page.url();
  const approver = await pageAs('approver');
  await approver.goto(withdrawal);
  await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
  await approver.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  await expectWithdrawal(page, 'Pagado');

  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('10,000.00 MXN');
  await balance(page, 'Disponible').click();
  await expect(page.getByRole('heading', { level: 1, name: 'De dónde sale este saldo' })).toBeVisible();
  const entries = page.getByRole('table', { name: 'Movimientos que lo componen' });
  await expect(entries.getByRole('row').filter({ hasText: '−50,000.00' })).toContainText('10,000.00 MXN');
  await expect(entries.getByRole('row').filter({ hasText: '+60,000.00' })).toContainText('60,000.00 MXN');
  await expect(entries).toContainText('El monedero empezó en cero');

  await entries.getByRole('button', { name: 'Ver de dónde viene Dinero apartado' }).click();
  await expect(fact(page, 'Lo solicitó')).toHaveText(requester.name);
  await expect(fact(page, 'Lo aprobó')).toHaveText('Abril Aprobadora');
  await expect(fact(page, 'Retiro')).toContainText('Berta Ruiz');
  await expectAccessible(page);
  await entries.getByRole('button', { name: 'Ver de dónde viene Dinero apartado' }).click();

  await entries.getByRole('button', { name: 'Ver de dónde viene Depósito acreditado' }).click();
  const transfer = (await fact(page, 'Transferencia en Fintoc').getByRole('link').textContent()) ?? '';
  expect(transfer).toMatch(/^tr_/);
  await fact(page, 'Evento de Fintoc').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'transfer.inbound.succeeded' })).toBeVisible();
  await expect(page.getByText(transfer).first()).toBeVisible();
});

test('a balance of yesterday is what it was, beside what it is, and the address says so', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '731.00');
  await simulateDeposit(page, '19.00');
  await expect(balance(page, 'Disponible')).toHaveText('750.00 MXN');

  await choose(page, 'Comparar con', 'Fin de ayer');
  await expect(page.getByText(/^\+750\.00 MXN desde/)).toBeVisible();
  await choose(page, 'Saldos al', 'Fin de ayer');
  await expect(balance(page, 'Disponible')).toHaveText('0.00 MXN');
  await expect(
    page.getByText(/^Saldos al .* por la fecha en el banco\. Hora de Ciudad de México\./),
  ).toBeVisible();
  expect(new URL(page.url()).searchParams.get('at')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  await page.reload();
  await expect(balance(page, 'Disponible')).toHaveText('0.00 MXN');

  await balance(page, 'Disponible').click();
  await expect(page.getByText('Ningún movimiento lo compone.')).toBeVisible();
  await expect(page.getByText(/^Saldos al .* por la fecha en el banco\./)).toBeVisible();
  await page.getByRole('button', { name: 'Quitar filtro Saldos al' }).click();
  await expect(page.getByText(/^Lo componen 2 movimientos/)).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('750.00 MXN');

  await page.goto('/ledger/trial-balance');
  await choose(page, 'Saldos al', 'Fin de ayer');
  await expect(page.getByText(/^Saldos al .* Hora de Ciudad de México\./)).toBeVisible();
  await expect(page.getByText('El debe y el haber son iguales').first()).toBeVisible();
  const at = new URL(page.url()).searchParams.get('at');
  // Other journeys hold other currencies as well.
  await page.locator('a[href*="asset=MXN"]', { hasText: 'Disponible de clientes' }).first().click();
  // Other journeys open wallets too: in the order of codes this one may be on a later page.
  await page.getByRole('searchbox').fill(wallet.id);
  const account = page.getByRole('row').filter({ hasText: `wallet/${wallet.id}/available` });
  await expect(account).toContainText('0.00 MXN');
  await account.getByRole('link').click();
  await page.waitForURL((url) => url.pathname.startsWith('/ledger/accounts/'));
  expect(new URL(page.url()).searchParams.get('at')).toBe(at);
  await expect(page.getByText('Los que forman el saldo de entonces')).toBeVisible();
  await expect(page.getByText('Sin movimientos')).toBeVisible();
  await page.getByRole('button', { name: 'Quitar filtro Saldos al' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'transfer.inbound.succeeded' })).toHaveCount(2);
});

test('a list of movements is downloaded as it is filtered, by who may, and the audit log has it', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '4,321.09');
  await simulateDeposit(page, '5.00', 'Renta, "mayo"');
  await expect(balance(page, 'Disponible')).toHaveText('4,326.09 MXN');
  await page.goto(`${wallet.url}?max=10`);
  const { name, file } = await exported(page, 'CSV');
  expect(name).toMatch(/^movimientos-monedero-.*-hasta-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = file.toString('utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('"Renta, ""mayo"""');
  expect(lines[1]).toContain(',5.00,4326.09,MXN,');

  const viewer = await pageAs('viewer');
  await viewer.goto(wallet.url);
  await expect(viewer.getByRole('button', { name: 'Exportar' })).toHaveCount(0);
  expect((await viewer.request.get(`/api/export/movements?wallet=${wallet.id}`)).status()).toBe(403);

  const auditor = await pageAs('auditor');
  await auditor.goto(`/audit?q=${wallet.id}`);
  await expect(auditor.getByRole('row').filter({ hasText: 'Exportación de una lista' })).toHaveCount(1);
  await expect(auditor.getByRole('row').filter({ hasText: 'Fin de una exportación' })).toHaveCount(1);
});

async function choose(page: Page, chip: string, preset: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${chip}`) }).click();
  await page.getByRole('dialog', { name: chip }).getByRole('button', { name: preset }).click();
}
