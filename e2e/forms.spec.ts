import { personAt } from '~/e2e/count';
import { cutNextAnswer, isSending, NO_ANSWER } from '~/e2e/cut';
import { asOwner, expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, fundedWallet } from '~/e2e/given';
import { fillWithdrawal, holdScripts, requestWithdrawal, sendWithdrawal, someClabe } from '~/e2e/steps';
import { db } from '~/lib/db';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

const SEND = 'Solicitar retiro';
const CONFIRM = 'Enviar retiro';

const countOf = (walletId: string) => db().withdrawal.count({ where: { walletId } });

test('an answer that is lost leaves the form as typed, and sent again it is the one withdrawal', async ({
  pageAs,
  expectComplaint,
}) => {
  expectComplaint(NO_ANSWER);
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const to = someClabe();
  await fillWithdrawal(page, { to, amount: '120.00', concept: 'Renta' });
  await page.getByRole('button', { name: SEND }).click();
  await cutNextAnswer(page);
  await page.getByRole('button', { name: CONFIRM }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'No llegó la respuesta' });
  await expect(notice).toContainText('no se hará dos veces');
  await expect(page.getByLabel('CLABE del beneficiario')).toHaveValue(to);
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('120.00');
  await expect(page.getByLabel('Concepto')).toHaveValue('Renta');
  await expectAccessible(page);

  await page.reload();
  await expect(notice).toBeVisible();
  await expect(page.getByLabel('Monto en MXN'), 'a reload keeps it too').toHaveValue('120.00');
  await page.getByLabel('Monto en MXN').fill('130.00');
  await page.getByRole('button', { name: SEND }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'ya se envió con otros datos' })).toBeVisible();
  await expect(page.getByText('puede que eso ya se haya hecho')).toBeVisible();
  await page.reload();
  await expect(notice, 'a refusal of the next says nothing of the first').toBeVisible();
  await page.getByLabel('Monto en MXN').fill('120.00');
  await sendWithdrawal(page);
  expect(await countOf(wallet.id)).toBe(1);
});

test('a lost answer makes one customer too, and a note stays to be sent again', async ({
  pageAs,
  expectComplaint,
}) => {
  expectComplaint(NO_ANSWER);
  const page = await pageAs('operator');
  const name = unique('Ana');
  await page.goto('/customers/new');
  await page.getByRole('radio', { name: 'Persona física' }).check();
  await page.getByLabel('Nombre completo').fill(name);
  await page.getByRole('textbox', { name: 'RFC' }).fill('LOHA900101MDFPRN01');
  await cutNextAnswer(page, 'bad_gateway');
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No llegó la respuesta' })).toBeVisible();
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(await db().customer.count({ where: { name } })).toBe(1);

  await page.getByLabel('Nota nueva').fill('Llamó por la tarde');
  await cutNextAnswer(page);
  await page.getByRole('button', { name: 'Agregar nota' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No llegó la respuesta' })).toBeVisible();
  await page.getByRole('button', { name: 'Agregar nota' }).click();
  await expect(page.getByLabel('Nota nueva'), 'sent, it is empty again').toHaveValue('');
  await expect(page.getByText('Llamó por la tarde')).toHaveCount(1);
});

test('a form that the server fails at, or no longer knows, stays as typed and says what to do', async ({
  pageAs,
  expectComplaint,
}) => {
  expectComplaint(NO_ANSWER);
  const page = await pageAs('operator');
  const name = unique('Ana');
  await page.goto('/customers/new');
  await page.getByLabel('Nombre completo').fill(name);
  await page.getByRole('textbox', { name: 'RFC' }).fill('LOHA900101MDFPRN01');
  const send = page.getByRole('button', { name: 'Registrar cliente' });
  await expect(send).toBeEnabled();
  const role = new URL(process.env.DATABASE_URL ?? '').username;
  await asOwner(`REVOKE INSERT ON customers FROM ${role}`);
  await send.click();
  const failed = page.getByRole('alert').filter({ hasText: 'Algo falló de nuestro lado' });
  await expect(failed).toContainText('Código');
  await expect(page.getByLabel('Nombre completo')).toHaveValue(name);
  await asOwner(`GRANT INSERT ON customers TO ${role}`);

  let isDeployed = false;
  await page.route('**/*', async (route) => {
    if (isDeployed || !isSending(route)) return route.fallback();
    isDeployed = true;
    await route.fulfill({ status: 404, headers: { 'x-nextjs-action-not-found': '1' }, body: 'Gone' });
  });
  await send.click();
  await expect(page.getByRole('alert').filter({ hasText: 'La consola se actualizó' })).toBeVisible();
  await page.getByRole('button', { name: 'Recargar' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No llegó la respuesta' })).toBeVisible();
  await expect(page.getByLabel('Nombre completo')).toHaveValue(name);
  await send.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('a session that ended is opened again over the form, and the next press sends what was typed', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(/401 /);
  const person = await newOperator('operator');
  const page = await pageAs(person);
  const wallet = await fundedWallet(page, '500.00');
  await fillWithdrawal(page, { to: someClabe(), amount: '75.00' });
  await page.context().clearCookies();
  await page.getByRole('button', { name: SEND }).click();
  const dialog = page.getByRole('dialog', { name: 'Tu sesión terminó' });
  const { type, press, steps } = personAt(page);
  await expect(dialog.getByLabel('Correo electrónico')).toHaveValue(person.email);
  await expect(dialog.getByLabel('Contraseña')).toBeFocused();
  await type(dialog.getByLabel('Contraseña'), person.password);
  await expectAccessible(page);
  await press(dialog.getByRole('button', { name: 'Entrar', exact: true }));
  await expect(dialog).toBeHidden();
  expect(await countOf(wallet.id), 'nothing is sent by itself').toBe(0);
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('75.00');
  await press(page.getByRole('button', { name: SEND }));
  expect(steps(), 'what it costs that a session ends').toBe(3);
  await page.getByRole('button', { name: CONFIRM }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Retiro de/ })).toBeVisible();
  expect(await countOf(wallet.id)).toBe(1);

  // Somebody else at the same desk is told in whose name it would go.
  await page.goto(wallet.url);
  await fillWithdrawal(page, { to: someClabe(), amount: '60.00' });
  const other = await newOperator('operator');
  await page.context().clearCookies();
  await page.getByRole('button', { name: SEND }).click();
  await dialog.getByLabel('Correo electrónico').fill(other.email);
  await dialog.getByLabel('Contraseña').fill(other.password);
  await dialog.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: SEND }).click();
  await expect(page.getByRole('alert').filter({ hasText: `Ahora entró ${other.name}` })).toBeVisible();
  await sendWithdrawal(page);
  expect(await countOf(wallet.id)).toBe(2);
});

test('what is typed or pressed before the page’s scripts are alive stays, and the button waits for them', async ({
  pageAs,
  newOperator,
}) => {
  const person = await newOperator('operator');
  const page = await pageAs(person);
  const wallet = await fundedWallet(page, '500.00');
  const release = await holdScripts(page);
  const to = someClabe();
  const { type, press, steps } = personAt(page);
  await page.goto(`/withdrawals/new?wallet=${wallet.id}`, { waitUntil: 'commit' });
  await type(page.getByLabel('CLABE del beneficiario'), to);
  await type(page.getByLabel('Nombre del beneficiario'), 'Berta Ruiz');
  await type(page.getByLabel('Monto en MXN'), '33.00');
  await expect(page.getByRole('button', { name: SEND })).toBeDisabled();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('button', { name: new RegExp(person.name) });
  await menu.click();
  await expect(menu).toHaveAttribute('aria-busy', 'true');
  release();
  await expect(page.getByRole('menuitem', { name: 'Cerrar sesión' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page.getByRole('button', { name: SEND })).toBeEnabled();
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('33.00');
  await press(page.getByRole('button', { name: SEND }));
  expect(steps(), 'as many as where nothing is slow').toBe(4);
  const look = page.getByRole('region', { name: 'Revisa lo que va a salir' });
  await expect(look).toContainText('33.00');
  await expect(look).toContainText('Berta Ruiz');
  expect(await countOf(wallet.id)).toBe(0);
});

test('a page without network says so, keeps whoever would leave, and catches up', async ({
  pageAs,
  expectComplaint,
}) => {
  expectComplaint(NO_ANSWER);
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const fresh = page.getByText('Al día a las').filter({ visible: true });
  await expect(fresh).toBeVisible();
  const banner = page.getByRole('status').filter({ hasText: 'Sin conexión.' });

  // Gone behind a proxy that still answers: as in a deploy.
  await page.route('**/api/{alive,live}*', (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
  );
  await expect(banner).toBeVisible();
  await expect(fresh).toBeHidden();
  await page.getByRole('main').getByRole('link', { name: 'Retirar' }).click();
  await expect(page.getByText('Sin conexión: sigues en esta página')).toBeVisible();
  await page.unroute('**/api/{alive,live}*');
  await expect(fresh).toBeVisible();
  await expect(page.getByText('Sin conexión: sigues en esta página')).toBeHidden();

  await page.context().setOffline(true);
  await expect(banner).toBeVisible();
  await expect(page.getByText('Sin novedades desde las').filter({ visible: true })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Retirar' }).click();
  await expect(page.getByText('Sin conexión: sigues en esta página')).toBeVisible();
  // A filter is a page too; one that could not be had is asked for again by itself.
  await page.getByRole('searchbox').fill('renta');
  await page.getByRole('button', { name: 'Banco' }).click();
  const bank = page.getByRole('dialog').getByLabel('Afirme');
  await bank.click();
  await expect(bank, 'what does not filter is not ticked').not.toBeChecked();
  await page.keyboard.press('Escape');
  expect(page.url()).toBe(wallet.url);

  await db().wallet.update({ where: { id: wallet.id }, data: { name: `${wallet.name} B` } });
  await page.context().setOffline(false);
  await expect(banner).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: `${wallet.name} B` })).toBeVisible();
  await expect(page).toHaveURL(/\?q=renta$/);
  await page.getByRole('main').getByRole('link', { name: 'Retirar' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nuevo retiro' })).toBeVisible();

  // Back and Forward lead to pages too, and a reload to this one.
  await page.getByLabel('Concepto').fill('Renta');
  await page.context().setOffline(true);
  await expect(banner).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(page.getByText('Sin conexión: sigues en esta página')).toBeVisible();
  await expect(page).toHaveURL(/\/withdrawals\/new/);
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const warning = await asked;
  expect(warning.type()).toBe('beforeunload');
  await warning.dismiss();
  await expect(page.getByLabel('Concepto')).toHaveValue('Renta');
  await page.context().setOffline(false);
  await expect(banner).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: `${wallet.name} B` })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name: 'Nuevo retiro' })).toBeVisible();
  await expect(page.getByLabel('Concepto')).toHaveValue('Renta');
});

test('a dialog whose subject a colleague decided says who did what, and waits to be closed', async ({
  pageAs,
  newOperator,
}) => {
  const operator = await pageAs(await newOperator('operator'));
  await fundedWallet(operator, '60,000.00');
  const url = await requestWithdrawal(operator, { to: someClabe(), amount: '50,000.00' });
  const [late, quick] = [await newOperator('approver'), await newOperator('approver')];
  const page = await pageAs(late);
  await page.goto(url);
  await page.getByRole('button', { name: 'Rechazar' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motivo').fill('No la reconozco');
  const withdrawalId = new URL(url).pathname.split('/').at(-1) ?? '';
  await approveWithdrawal(await actorOf(await pageAs(quick)), { withdrawalId });
  await expect(dialog.getByRole('alert')).toContainText(`Retiro aprobado por ${quick.name}`);
  await expect(dialog.getByRole('button', { name: 'Rechazar' })).toHaveCount(0);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cerrar' }).first().click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Rechazar' })).toHaveCount(0);
});

test('the same payment within a day is shown and asked about before it leaves', async ({ pageAs }) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const to = someClabe();
  const first = await requestWithdrawal(page, { to, amount: '45.00' });
  await page.goto(wallet.url);
  await fillWithdrawal(page, { to, amount: '45' });
  await page.getByRole('button', { name: SEND }).click();
  const look = page.getByRole('region', { name: 'Revisa lo que va a salir' });
  await expect(look).toContainText('Ya se solicitó un retiro igual');
  await expect(look.getByRole('alert').getByRole('link')).toHaveAttribute('href', new URL(first).pathname);
  for (const part of ['45.00', '0.00', 'Berta Ruiz', to.slice(6, 17), 'BBVA', '410.00'])
    await expect(look).toContainText(part);
  await expectAccessible(page);
  await look.getByRole('button', { name: 'Corregir' }).click();
  await expect(page.getByLabel('Monto en MXN')).toHaveValue('45');
  expect(await countOf(wallet.id)).toBe(1);
  await page.getByRole('button', { name: SEND }).click();
  await look.getByRole('button', { name: 'Enviar otro igual' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Retiro de/ })).toBeVisible();
  expect(await countOf(wallet.id)).toBe(2);
});
