import { cutNextAnswer, NO_ANSWER } from '~/e2e/cut';
import { expect, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { someClabe } from '~/e2e/steps';
import { db } from '~/lib/db';

test('a wallet that was looked up comes back with what was typed, and a lost answer makes one scheduled withdrawal', async ({
  pageAs,
  expectComplaint,
}) => {
  expectComplaint(NO_ANSWER);
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const to = someClabe();
  await page.goto('/withdrawals/scheduled/new');
  await page.getByRole('searchbox', { name: 'Monedero, cliente o CLABE' }).fill(wallet.name);
  await page.getByRole('button', { name: new RegExp(wallet.name) }).click();
  await page.getByLabel('CLABE del beneficiario').fill(to);
  await page.getByLabel('Nombre del beneficiario').fill('Ana Ruiz');
  await page.getByLabel('Monto en MXN').fill('120.00');
  const nextYear = new Date().getFullYear() + 1;
  await page.getByLabel('Día', { exact: true }).fill(`${nextYear}-03-02`);
  await page.getByRole('button', { name: 'Programar retiro' }).click();
  const look = page.getByRole('region', { name: 'Revisa lo que se va a programar' });
  for (const part of ['120.00', 'Ana Ruiz', 'BBVA', String(nextYear)]) await expect(look).toContainText(part);
  await cutNextAnswer(page);
  await look.getByRole('button', { name: 'Programar', exact: true }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'No llegó la respuesta' });
  await expect(notice).toBeVisible();
  await page.reload();
  await expect(notice).toBeVisible();
  await expect(page.getByText(wallet.name)).toBeVisible();
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('120.00');
  await page.getByRole('button', { name: 'Programar retiro' }).click();
  await expect(page.getByRole('cell', { name: /Ana Ruiz/ }).first()).toBeVisible();
  expect(await db().schedule.count({ where: { walletId: wallet.id } })).toBe(1);
});
