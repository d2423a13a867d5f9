import { expect, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { approveAct, fillWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';

test('a wallet under new terms pays their fee, and is told which limit it passes and what is left', async ({
  pageAs,
  newOperator,
}) => {
  const [admin, operator, approver] = [
    await pageAs('admin'),
    await pageAs(await newOperator('operator')),
    await pageAs('approver'),
  ];
  const wallet = await fundedWallet(operator, '2,000.00');
  const terms = unique('Básico');
  await admin.goto('/settings/terms/new');
  await admin.getByLabel('Nombre').fill(terms);
  await admin.getByLabel(/^Retiros al día/).fill('1,000.00');
  await admin.getByLabel('Comisión por retiro, en puntos base').fill('150');
  await admin.getByRole('button', { name: 'Crear términos' }).click();
  await expect(admin).toHaveURL(/settings\/terms$/);

  await admin.goto(wallet.url);
  await admin.getByRole('tab', { name: 'Datos y términos' }).click();
  await admin.getByRole('link', { name: 'Cambiar términos' }).click();
  const choice = admin.getByLabel('Términos nuevos');
  const option = choice.getByRole('option', { name: new RegExp(`^${terms}`) });
  await choice.selectOption((await option.getAttribute('value')) ?? '');
  await admin.getByRole('button', { name: 'Ver a cuáles afecta' }).click();
  await expect(admin.getByText('Afecta a 1 monedero')).toBeVisible();
  await admin.getByRole('button', { name: 'Solicitar la asignación' }).click();
  await expect(admin.getByText('Asignación solicitada')).toBeVisible();
  await approveAct(approver, terms);

  await operator.goto(wallet.url);
  await requestWithdrawal(operator, { to: someClabe(), amount: '600.00' });
  await expect(operator.getByRole('main')).toContainText('609.00 MXN');
  await operator.goto(wallet.url);
  await operator.getByRole('tab', { name: 'Datos y términos' }).click();
  await expect(operator.getByRole('meter', { name: 'Retiros al día' })).toHaveAttribute('value', '60');

  await fillWithdrawal(operator, { to: someClabe(), amount: '400.01' });
  await expect(
    operator.getByRole('status').getByText(/Retiros al día: 1,000\.00; queda 400\.00/),
  ).toBeVisible();
  await operator.getByRole('button', { name: 'Solicitar retiro' }).click();
  await expect(
    operator.getByText(/Retiros al día: 1,000\.00 MXN; usado 600\.00 MXN, queda 400\.00 MXN/),
  ).toBeVisible();
});
