import { expect, test } from '~/e2e/fixtures';
import {
  balance,
  clabeOf,
  createCustomer,
  expectWalletStatus,
  expectWithdrawal,
  fact,
  openWallet,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
} from '~/e2e/steps';

test('a pattern B wallet has an account of its own at Fintoc, and both balances agree all along', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  await createCustomer(page);
  await openWallet(page, 'B');
  await expectWalletStatus(page, 'Abierto');
  const wallet = page.url();
  await simulateDeposit(page, '1,200.00');
  await expect(balance(page, 'Disponible')).toHaveText('1,200.00 MXN');
  const clabe = await clabeOf(page);
  const account = async () =>
    (await fintoc.get('/v2/accounts')).find(
      (item: { root_account_number: string }) => item.root_account_number === clabe,
    );
  expect(await account()).toMatchObject({ is_root: false, available_balance: 120_000 });

  await requestWithdrawal(page, { to: someClabe(), amount: '590.13' });
  await expectWithdrawal(page, 'Pagado');
  expect(await account()).toMatchObject({ available_balance: 60_987 });
  await page.goto(wallet);
  await expect(balance(page, 'Disponible')).toHaveText('609.87 MXN');

  await page.getByRole('tab', { name: 'Datos y términos' }).click();
  await expect(fact(page, 'Patrón')).toContainText('B · Una cuenta por cliente, a tu nombre');
  await expect(fact(page, 'Cuenta')).toContainText((await account()).id);
  await page.goto(`/ledger?group=cash&q=${(await account()).id}`);
  await expect(page.getByRole('row').filter({ hasText: '609.87 MXN' })).toBeVisible();
});
