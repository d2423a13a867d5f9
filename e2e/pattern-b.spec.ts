import { expect, test } from '~/e2e/fixtures';
import {
  balance,
  clabeOf,
  expectWithdrawal,
  fact,
  fundedWallet,
  requestWithdrawal,
  someClabe,
} from '~/e2e/steps';

test('a pattern B wallet has an account of its own at Fintoc, and both balances agree all along', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '1,200.00', 'B');
  const clabe = await clabeOf(page);
  const account = async () =>
    (await fintoc.get('/v2/accounts')).find(
      (item: { root_account_number: string }) => item.root_account_number === clabe,
    );
  expect(await account()).toMatchObject({ is_root: false, available_balance: 120_000 });

  await requestWithdrawal(page, { to: someClabe(), amount: '590.13' });
  await expectWithdrawal(page, 'Pagado');
  expect(await account()).toMatchObject({ available_balance: 60_987 });
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('609.87 MXN');

  await page.getByRole('tab', { name: 'Datos y términos' }).click();
  await expect(fact(page, 'Patrón')).toContainText('B · Una cuenta por cliente, a tu nombre');
  await expect(fact(page, 'Cuenta')).toContainText((await account()).id);
  await page.goto(`/ledger?group=cash&q=${(await account()).id}`);
  await expect(page.getByRole('row').filter({ hasText: '609.87 MXN' })).toBeVisible();
});
