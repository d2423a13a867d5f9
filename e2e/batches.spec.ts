import { strToU8 } from 'fflate';
import readSheet from 'read-excel-file/node';
import { expect, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { someClabe } from '~/e2e/steps';

const SOON = { timeout: 60_000 };

test('a file of withdrawals: template, errors, confirmation, one approval, every row paid, and its result', async ({
  pageAs,
}, testInfo) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '90,000.00');
  await page.goto(`/withdrawals/batches/new?wallet=${wallet.id}`);

  const template = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Plantilla de Excel' }).click();
  const [sheet] = await readSheet(await (await template).path());
  const head = (sheet?.data[0] ?? []).map(String);
  const number = 'CLABE, tarjeta o celular';
  expect(head).toContain(number);

  const twice = someClabe();
  const row = (clabe: string, amount: string, name: string) =>
    head
      .map((column) => ({ [number]: clabe, Monto: `"${amount}"`, Beneficiario: name })[column] ?? '')
      .join(',');
  const file = [
    head.map((name) => `"${name}"`).join(','),
    row(someClabe(), '1,200.50', 'Ana Ruiz'),
    row(twice, '800.00', 'Eva Paz'),
    row(twice, '800.00', 'Eva Paz'),
    row('012969100000000111', '100.00', 'Luis Mal'),
  ].join('\r\n');
  await page
    .getByLabel('Archivo')
    .setInputFiles({ name: 'nomina.csv', mimeType: 'text/csv', buffer: Buffer.from(strToU8(file)) });
  await page.getByRole('button', { name: 'Subir y revisar' }).click();

  await expect(page.getByRole('heading', { name: 'nomina.csv' })).toBeVisible();
  await expect(page.getByText('CLABE, tarjeta o celular: El dígito verificador no coincide')).toBeVisible();
  await expect(page.getByText('Dice: 012969100000000111')).toBeVisible();
  await expect(page.getByText('1 fila repite otra del archivo')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('draft.png'), fullPage: true });
  await page.getByRole('button', { name: 'Confirmar lote' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('2 retiros')).toBeVisible();
  await dialog.getByLabel(/Incluir también la fila repetida: 800.00 MXN más/).check();
  await dialog.getByRole('button', { name: 'Confirmar lote' }).click();
  await expect(page.getByText('Por aprobar').first()).toBeVisible(SOON);
  const address = page.url();

  const approver = await pageAs('approver');
  await approver.goto(address);
  await approver.getByRole('button', { name: 'Aprobar lote' }).click();
  await approver.getByRole('dialog').getByRole('button', { name: 'Aprobar lote' }).click();
  await expect(approver.getByText('Pagado', { exact: true })).toHaveCount(3, SOON);
  await approver.screenshot({ path: testInfo.outputPath('paid.png'), fullPage: true });

  const result = approver.waitForEvent('download');
  await approver.getByRole('link', { name: 'Resultado · Excel' }).click();
  const [told] = await readSheet(await (await result).path());
  const states = (told?.data ?? []).slice(1).map((cells) => String(cells[6]));
  expect(states).toEqual(['Pagado', 'Pagado', 'Pagado', 'No se incluyó']);
});
