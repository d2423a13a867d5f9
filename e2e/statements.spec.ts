import fs from 'node:fs';
import readSheets from 'read-excel-file/node';
import { openFound, personAt } from '~/e2e/count';
import { expect, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { readPdf } from '~/lib/testing/statements';

test('from a wallet to its month as a spreadsheet, and to its statement: asked for, made, read by a reader that isn’t ours, and mailed', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '590.13');
  await page.goto('/');
  const person = personAt(page);
  await openFound(page, person, wallet.name, page.getByRole('option', { name: wallet.name }));
  await page.waitForURL(`**/wallets/${wallet.id}`);
  await person.press(page.getByRole('button', { name: 'Fecha', exact: true }));
  await person.press(page.getByRole('button', { name: 'Este mes' }));
  await page.waitForURL(/from=.*&to=/);
  await person.press(page.getByRole('button', { name: 'Exportar' }));
  const file = page.waitForEvent('download');
  await person.press(page.getByRole('menuitem', { name: 'Excel' }));
  const [sheet] = await readSheets(await (await file).path());
  expect(person.steps(), 'from anywhere').toBe(7);
  const [head = [], ...rows] = sheet?.data ?? [];
  expect(rows.map((row) => row[head.indexOf('Monto')])).toEqual([590.13]);

  await page.goto(`/wallets/${wallet.id}`);
  await page.getByRole('link', { name: 'Estado de cuenta' }).click();
  await expect(page.getByRole('heading', { name: 'Solicitar estado de cuenta' })).toBeVisible();
  await page.getByRole('button', { name: 'Este mes' }).click();
  await page.getByRole('button', { name: 'Solicitar estado de cuenta' }).click();
  // The list follows what the worker does.
  const row = page.getByRole('row').filter({ hasText: wallet.name });
  const link = row.getByRole('link', { name: /^Descargar estado-de-cuenta/ });
  await expect(link).toBeVisible({ timeout: 120_000 });
  await expect(row.getByText('Listo')).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^estado-de-cuenta-.*-MXN-.*\.pdf$/);
  const pdf = await readPdf(new Uint8Array(fs.readFileSync(await download.path())));
  expect(pdf.marked).toBe(true);
  expect(pdf.rows.at(-1)?.at(-1)).toBe('590.13');

  await row.getByRole('button', { name: /^Enviar estado-de-cuenta/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Enviar el estado de cuenta' });
  await dialog.getByLabel('Direcciones').fill('ana@correo.test');
  await dialog.getByRole('button', { name: 'Enviar estado de cuenta' }).click();
  await expect(row.getByText('ana@correo.test: enviado, adjunto')).toBeVisible();
});
