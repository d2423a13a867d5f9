import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { approveAct, expectWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';

test('a rule is tried on what was, agreed to by somebody else, and has the next one wait', async ({
  pageAs,
  newOperator,
}) => {
  const [admin, operator, approver] = [
    await pageAs('admin'),
    await pageAs(await newOperator('operator')),
    await pageAs('approver'),
  ];
  const name = unique('Monto raro');
  // Of an amount that no other journey asks for: a rule is everybody's.
  const amount = '137.31';
  const wallet = await fundedWallet(operator, '1,000.00');
  await requestWithdrawal(operator, { to: someClabe(), amount });
  await expectWithdrawal(operator, 'Pagado');

  await admin.goto('/settings/rules/new');
  await admin.getByLabel('Nombre', { exact: true }).fill(name);
  await admin.getByLabel('Estado').selectOption({ label: 'Encendida' });
  await admin.getByLabel(/^Moneda ·/).selectOption('MXN');
  await admin.getByLabel(/^Desde ·/).fill(amount);
  await admin.getByLabel(/^Hasta ·/).fill(amount);
  await admin.getByRole('button', { name: 'Probar la regla' }).click();
  const tried = admin.getByRole('region', { name: /Qué habría hecho/ });
  await expect(tried).toContainText('Un retiro de 137.31 a 137.31 MXN espera a otra persona.');
  await expect(tried).toContainText(/habrían? esperado/);
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Solicitar la regla' }).click();
  await expect(admin.getByText('La regla espera a otra persona')).toBeVisible();
  await approveAct(approver, name);

  await operator.goto(wallet.url);
  const url = await requestWithdrawal(operator, { to: someClabe(), amount });
  await expectWithdrawal(operator, 'Por aprobar');
  await approver.goto(url);
  await approver.getByRole('button', { name: 'Aprobar', exact: true }).click();
  const dialog = approver.getByRole('dialog');
  await expect(dialog).toContainText('Un retiro de 137.31 a 137.31 MXN espera a otra persona.');
  await expect(dialog).toContainText('En la cuenta que paga');
  await dialog.getByRole('button', { name: 'Aprobar' }).click();
  await expectWithdrawal(operator, 'Pagado');

  await admin.goto('/settings/rules');
  await admin.getByRole('link', { name }).click();
  await admin.getByLabel('Estado').selectOption({ label: 'Apagada' });
  await admin.getByRole('button', { name: 'Probar la regla' }).click();
  await admin.getByRole('button', { name: 'Solicitar la regla' }).click();
  await expect(admin.getByText('La regla espera a otra persona')).toBeVisible();
  await approveAct(approver, name);
  await admin.goto('/settings/rules');
  await expect(admin.getByRole('row').filter({ hasText: name })).toContainText('Apagada');
});
