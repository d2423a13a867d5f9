import { demoOperator, expect, test } from '~/e2e/fixtures';
import {
  balance,
  expectWithdrawal,
  fact,
  movement,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
} from '~/e2e/steps';

/** Fintoc's own quickstart, through our screens: 590.13 MXN in at the root CLABE, and out again. */
test('590.13 comes in at the root CLABE and goes out again, and every step shows without a reload', async ({
  page,
  fintoc,
}) => {
  await test.step('a wrong password is refused and the right one lets in', async () => {
    const { email, password } = demoOperator('operator');
    await page.goto('/wallets?kind=house');
    await expect(page.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
    await page.getByLabel('Correo electrónico').fill(email);
    await page.getByLabel('Contraseña').fill(`not ${password}`);
    await page.getByRole('button', { name: 'Entrar', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'no coinciden' })).toBeVisible();
    await page.getByLabel('Contraseña').fill(password);
    await page.getByRole('button', { name: 'Entrar', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Monederos' })).toBeVisible();
  });

  await page
    .getByRole('row', { name: /Operación/ })
    .getByRole('link')
    .click();
  await expect(page.getByText(/^Dinero propio, de ningún cliente/)).toBeVisible();
  const wallet = page.url();
  const concept = `Inicio ${crypto.randomUUID().slice(0, 8)}`;
  const found = centavos(await balance(page, 'Disponible').textContent());
  if (found < 0n) {
    // Other journeys' corrections come out of the house: it is made even before this one counts on it.
    await simulateDeposit(page, pesos(-found).replace(' MXN', ''), 'En ceros');
    await expect(balance(page, 'Disponible')).toHaveText(pesos(0n));
  }
  const before = found < 0n ? 0n : found;

  await test.step('the deposit shows', async () => {
    await simulateDeposit(page, '590.13', concept);
    await expect(balance(page, 'Disponible')).toHaveText(pesos(before + 59_013n));
    await expect(movement(page, 'Depósito', concept, '+590.13 MXN')).toBeVisible();
  });

  let transfer = '';
  await test.step('the withdrawal is paid, with its clave de rastreo', async () => {
    await requestWithdrawal(page, { to: someClabe(), amount: '590.13', concept });
    await expectWithdrawal(page, 'Pagado');
    await expect(fact(page, 'Clave de rastreo')).toHaveText(/^\d{8}90735\d{17}/);
    transfer = (await fact(page, 'Transferencia en Fintoc').textContent()) ?? '';
    expect(await fintoc.get(`/v2/transfers/${transfer}`)).toMatchObject({
      status: 'succeeded',
      amount: 59_013,
    });
    await page.goto(wallet);
    await expect(balance(page, 'Disponible')).toHaveText(pesos(before));
  });

  await test.step('its event is in the inbox, with the entries that it posted', async () => {
    await page.goto(`/inbox?q=${transfer}`);
    await page.getByRole('link', { name: 'transfer.outbound.succeeded' }).click();
    await expect(page.getByText('Procesado', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('590.13').first()).toBeVisible();
  });
});

/** The house may owe itself: other journeys' corrections come out of the same wallet. */
const centavos = (text: string | null) => {
  const digits = BigInt((text ?? '').replace(/\D/g, ''));
  return text?.includes('−') ? -digits : digits;
};
const pesos = (amount: bigint) => {
  const whole = Math.abs(Number(amount) / 100).toLocaleString('es-MX', { minimumFractionDigits: 2 });
  return `${amount < 0n ? '−' : ''}${whole} MXN`;
};
