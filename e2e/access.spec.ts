import { expect, expectAccessible, SESSION_ENDED, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { approveAct, fillWithdrawal, sendWithdrawal, someClabe } from '~/e2e/steps';

test('a new password keeps the session that set it and ends every other', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(SESSION_ENDED);
  const person = await newOperator('viewer');
  const other = await pageAs(person);
  await other.goto('/wallets');
  const page = await pageAs(person);
  await page.goto('/settings/preferences');
  const fresh = `nueva-${crypto.randomUUID()}`;
  await page.getByLabel('Contraseña actual').fill('no es esta, seguro');
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repetir la contraseña nueva').fill(fresh);
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(page.getByText('No es tu contraseña actual').first()).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('Contraseña actual').fill(person.password);
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repetir la contraseña nueva').fill(fresh);
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(page.getByText('Contraseña cambiada', { exact: true })).toBeVisible();
  await page.goto('/wallets');
  await expect(page.getByRole('heading', { level: 1, name: 'Monederos' })).toBeVisible();
  await other.goto('/wallets');
  await expect(other.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
  await (await pageAs({ ...person, password: fresh })).goto('/wallets');
});

test('a link that an admin hands over opens once somebody else says so, and sets a password that nobody else knows', async ({
  pageAs,
  newOperator,
  browser,
  baseURL,
  expectComplaint,
}) => {
  expectComplaint(SESSION_ENDED);
  const person = await newOperator('support');
  const before = await pageAs(person);
  await before.goto('/wallets');
  const admin = await pageAs('admin');
  await admin.goto('/settings/operators');
  await admin.getByRole('button', { name: new RegExp(`^Contraseña.*${person.name}`) }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Crear enlace' }).click();
  const shown = admin.getByRole('dialog', { name: 'Enlace para entregar' });
  const link = (await shown.getByText(/login\/link/).textContent()) ?? '';
  await expectAccessible(admin);

  const context = await browser.newContext({ baseURL, locale: 'es-MX' });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await expect(theirs.getByText('Primero otra persona tiene que aprobarlo')).toBeVisible();
  await approveAct(await pageAs('approver'), person.name);
  await theirs.goto(link);
  const password = `nueva-${crypto.randomUUID()}`;
  await theirs.getByLabel('Contraseña', { exact: true }).fill(password);
  await theirs.getByLabel('Repite la contraseña').fill(password);
  await expectAccessible(theirs);
  await theirs.getByRole('button', { name: 'Definir contraseña' }).click();
  await expect(theirs.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
  await theirs.goto(link);
  await expect(theirs.getByText('Ya se usó o es muy antiguo')).toBeVisible();
  await context.close();

  await before.goto('/wallets');
  await expect(before.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
  const after = await pageAs({ ...person, password });
  await after.goto('/wallets');
  await expect(after.getByRole('heading', { level: 1, name: 'Monederos' })).toBeVisible();
});

test('a blocked CLABE is paid nothing, and who asks reads why, until it is unblocked', async ({ pageAs }) => {
  const approver = await pageAs('approver');
  const operator = await pageAs('operator');
  const wallet = await fundedWallet(operator, '100.00');
  const clabe = someClabe();
  await approver.goto('/');
  await approver.getByRole('link', { name: 'Configuración', exact: true }).click();
  await approver.getByRole('button', { name: 'Bloquear CLABE' }).click();
  const block = approver.getByRole('dialog');
  await block.getByLabel('CLABE').fill(`${clabe.slice(0, 17)}${(Number(clabe.slice(17)) + 1) % 10}`);
  await expect(block.getByText('El dígito verificador no coincide')).toBeVisible();
  await block.getByLabel('CLABE').fill(clabe);
  await block.getByLabel('Motivo').fill('Reportada por fraude');
  await block.getByRole('button', { name: 'Bloquear CLABE' }).click();
  await expect(approver.getByText('CLABE bloqueada')).toBeVisible();
  const row = approver.getByRole('row').filter({ hasText: clabe.slice(6, 17) });
  await expect(row).toContainText('Reportada por fraude');
  await expectAccessible(approver);

  const fill = async () => {
    await operator.goto(wallet.url);
    await fillWithdrawal(operator, { to: clabe, amount: '10.00' });
  };
  await fill();
  await operator.getByRole('button', { name: 'Solicitar retiro' }).click();
  await expect(operator.getByText('Este beneficiario está bloqueado: Reportada por fraude')).toBeVisible();
  await operator.goto('/settings/beneficiaries');
  await expect(operator.getByRole('row').filter({ hasText: clabe.slice(6, 17) })).toBeVisible();
  await expect(operator.getByRole('button', { name: /Bloquear|Desbloquear/ })).toHaveCount(0);

  await row.getByRole('button', { name: /^Desbloquear/ }).click();
  const unblock = approver.getByRole('dialog');
  await unblock.getByLabel('Motivo').fill('Se aclaró con el banco');
  await unblock.getByRole('button', { name: 'Desbloquear' }).click();
  await expect(approver.getByText('El desbloqueo espera a otra persona')).toBeVisible();
  await approveAct(await pageAs('admin'), clabe.slice(6, 17));
  await approver.goto('/settings/beneficiaries');
  await expect(row).toHaveCount(0);
  await fill();
  await sendWithdrawal(operator);
});

test('sessions are ended from another one, and a cookie that somebody kept is nobody’s after signing out', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(SESSION_ENDED);
  const person = await newOperator('viewer');
  const other = await pageAs(person);
  await other.goto('/wallets');
  const page = await pageAs(person);
  await page.goto('/settings/preferences');
  const sessions = page.getByRole('table', { name: 'Sesiones' });
  await expect(sessions.getByRole('row')).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cerrar las demás' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar las demás' }).click();
  await expect(page.getByText('Las demás sesiones se cerraron')).toBeVisible();
  await expect(sessions.getByRole('row')).toHaveCount(2);
  await other.goto('/wallets');
  await expect(other.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();

  const kept = await page.context().cookies();
  await page.getByRole('button', { name: new RegExp(person.name) }).click();
  await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  await expect(page.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
  await page.context().addCookies(kept);
  await page.goto('/wallets');
  await expect(page.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
});
