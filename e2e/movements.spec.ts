import { parse } from 'csv-parse/sync';
import readSheets from 'read-excel-file/node';
import { expect, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { balance, clabeOf, exported, requestWithdrawal, someClabe, takeAway } from '~/e2e/steps';
import { frameOf } from '~/lib/exports/frames';
import { parseAmount } from '~/lib/money';

test('movements are filtered by a wallet that is found by its CLABE, and the export is of the same', async ({
  pageAs,
}) => {
  const page = await pageAs('admin');
  await fundedWallet(page, '11.00');
  const wallet = await fundedWallet(page, '22.50');
  const clabe = await clabeOf(page);

  await page.goto('/movements?direction=in');
  await page.getByRole('button', { name: 'Monedero', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Monedero, cliente o CLABE' }).fill(clabe);
  const offered = page.getByRole('list', { name: 'Monedero' }).getByRole('button');
  await expect(offered).toHaveCount(1);
  await offered.click();
  await expect(page).toHaveURL(new RegExp(`/movements\\?direction=in&wallet=${wallet.id}$`));
  await expect(page.getByRole('button', { name: `Monedero ${wallet.name}` })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Movimientos' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText('22.50');

  // By keyboard alone, and both files are whole for readers that are not ours.
  const csv = await exported(page, 'CSV');
  const period = /^movimientos-monedero-[a-z0-9-]+-hasta-\d{4}-\d{2}-\d{2}/;
  expect(csv.name).toMatch(new RegExp(`${period.source}\\.csv$`));
  const lines: Record<string, string>[] = parse(csv.file, { columns: true, bom: true });
  expect(lines).toEqual([
    expect.objectContaining({ Monto: '22.50', Moneda: 'MXN', 'Id del monedero': wallet.id }),
  ]);
  const xlsx = await exported(page, 'Excel');
  expect(xlsx.name).toMatch(new RegExp(`${period.source}\\.xlsx$`));
  const [sheet] = await readSheets(xlsx.file);
  const [head = [], ...sheetRows] = sheet?.data ?? [];
  const cells = sheetRows.map((row) => [row[head.indexOf('Monto')], row[head.indexOf('Id del monedero')]]);
  expect(cells).toEqual([[22.5, wallet.id]]);

  // What is cut off on its way is no file, and what takes long can be stopped.
  await page.route('**/api/export/**', (route) => route.fulfill({ body: Buffer.from(frameOf(1, csv.file)) }));
  const downloads: unknown[] = [];
  page.on('download', (download) => downloads.push(download));
  await takeAway(page, 'CSV');
  await expect(page.getByText('No se pudo exportar movimientos')).toBeVisible();
  await page.route('**/api/export/**', () => undefined);
  await takeAway(page, 'Excel');
  await expect(page.getByText('Exportando movimientos')).toBeVisible();
  await page.getByRole('button', { name: 'Cancelar' }).click();
  await expect(page.getByText('Exportación cancelada')).toBeVisible();
  expect(downloads).toEqual([]);
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  await page.getByRole('button', { name: 'Quitar filtro Monedero' }).click();
  await expect(page).toHaveURL(/\/movements\?direction=in$/);
  await expect(rows.nth(2)).toBeVisible();
});

test('a house wallet is named in the language of whoever reads', async ({ pageAs, newOperator }) => {
  const page = await pageAs(await newOperator('admin', 'en'), 'en');
  // Where nothing has moved yet there is nothing to filter.
  await fundedWallet(await pageAs('operator'), '10.00');
  await page.goto('/movements');
  await page.getByRole('button', { name: 'Wallet', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Wallet, customer or CLABE' }).fill('operating');
  await page
    .getByRole('list', { name: 'Wallet' })
    .getByRole('button', { name: /^Operating/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Wallet Operating' })).toBeVisible();
  for (const path of ['/movements', '/account-numbers', '/ledger']) {
    await page.goto(`${path}?q=`);
    await expect(page.getByRole('table').first()).toBeVisible();
    await expect(page.getByText('Operación')).toHaveCount(0);
  }
});

test('a wallet’s balance runs from row to row, also for deposits of one second and for one that came late', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const clabe = await clabeOf(page);
  await fintoc.control('/inbound-transfers', {
    ...{ account_number: clabe, amount: 1_000, count: 4, settle: true },
  });
  await expect(balance(page, 'Disponible')).toHaveText('540.00 MXN');
  await requestWithdrawal(page, { to: someClabe(), amount: '120.00' });
  // One that was sent before the next one, and settles after it.
  await fintoc.control('/settlement-mode', { mode: 'manual' });
  const sentAt = Date.now();
  const [first] = await fintoc.control('/inbound-transfers', { account_number: clabe, amount: 2_500 });
  await page.goto(wallet.url);
  await expect.poll(() => Date.now() - sentAt, 'Fintoc tells whole seconds').toBeGreaterThan(1_000);
  await fintoc.control('/inbound-transfers', { account_number: clabe, amount: 300, settle: true });
  await expect(balance(page, 'Disponible')).toHaveText('423.00 MXN');
  await fintoc.control(`/transfers/${first.id}/settle`, {});
  await fintoc.control('/settlement-mode', { mode: 'auto' });
  await expect(balance(page, 'Disponible')).toHaveText('448.00 MXN');
  const rows = page.getByRole('table', { name: 'Movimientos' }).getByRole('row').filter({ hasText: 'MXN' });
  await expect(rows).toHaveCount(8);
  const lines = await rows.evaluateAll((all) =>
    all.map((row) =>
      [...row.querySelectorAll('td')]
        .map((cell) => cell.textContent ?? '')
        .filter((text) => /^[+−-]?[\d,]+\.\d\d\sMXN$/.test(text.trim())),
    ),
  );
  let sum = 0n;
  for (const [amount = '', after = ''] of lines.reverse()) {
    const sign = /^[−-]/.test(amount.trim()) ? -1n : 1n;
    sum += sign * money(amount);
    expect(money(after), amount).toBe(sum);
  }
  expect(sum).toBe(44_800n);
  await expect(page.getByText(/^Registrado/).first(), 'overtaken').toBeVisible();
});

/** A shown amount without its sign, in centavos. */
function money(text: string): bigint {
  return parseAmount(text.replace(/[^\d.]/g, ''), 'MXN') ?? -1n;
}
