import fs from 'node:fs';
import path from 'node:path';
import { expect, SESSION_ENDED, test, unique } from '~/e2e/fixtures';
import { fundedWallet, openedWallet } from '~/e2e/given';
import { balance, createCustomer, requestWithdrawal, someClabe } from '~/e2e/steps';
import { can, nameOfRole, type Permission, ROLES } from '~/lib/roles';
import { someRole } from '~/lib/testing/factories';

test('a viewer reads with personal data masked, and finds no way to act', async ({ pageAs, newOperator }) => {
  const operator = await pageAs('operator');
  await createCustomer(operator);
  const customer = operator.url();
  const wallet = await fundedWallet(operator, '500.00');
  const payee = someClabe();
  const withdrawal = await requestWithdrawal(operator, { to: payee, amount: '10.00' });

  const viewer = await pageAs(await newOperator('viewer'));
  await viewer.goto(customer);
  await expect(viewer.getByText('Tu rol ve los datos personales ocultos.')).toBeVisible();
  await expect(viewer.getByText('LOHA900101MDFPRN01')).toHaveCount(0);
  await expect(viewer.getByText(`LO${'•'.repeat(13)}N01`).first()).toBeVisible();
  await viewer.goto(withdrawal);
  await expect(viewer.getByText(payee.slice(3, 14))).toHaveCount(0);
  expect(await viewer.content(), 'nor in what was sent to the browser').not.toContain(payee);
  await viewer.goto(wallet.url);
  await expect(balance(viewer, 'Disponible')).toBeVisible();
  for (const name of ['Simular depósito', 'Congelar', 'Cerrar'])
    await expect(viewer.getByRole('button', { name, exact: true })).toHaveCount(0);
  await expect(viewer.getByRole('link', { name: 'Retirar' })).toHaveCount(0);
  for (const path of ['/customers', '/wallets', '/withdrawals', '/deposits', '/entities']) {
    await viewer.goto(path);
    await expect(viewer.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(viewer.getByRole('link', { name: /^(Registrar|Abrir|Nuevo)/ })).toHaveCount(0);
    await expect(viewer.getByRole('button', { name: 'Sincronizar con Fintoc' })).toHaveCount(0);
  }
});

test('pages that a role may not open are not found there, whatever the menu shows', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(/404/);
  const viewer = await pageAs(await newOperator('viewer'));
  const support = await pageAs('support');
  for (const page of [viewer, support]) {
    for (const path of [
      '/customers/new',
      '/wallets/new',
      '/withdrawals/new',
      '/audit',
      '/settings/operators',
      '/nothing/has/this/address',
      '/wallets/00000000-0000-4000-8000-000000000000',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { name: 'No encontramos esta página' }), path).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Principal' }), 'inside the frame').toBeVisible();
    }
    await expect(page.getByRole('link', { name: 'Auditoría' })).toHaveCount(0);
  }
});

/** The pages without an id in their address that not every role opens, with what each asks for. */
function guardedPages(): { path: string; permission: Permission }[] {
  return fs
    .readdirSync('app/(console)', { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx' && !file.includes('['))
    .map((file) => ({
      path: `/${path.dirname(file)}`,
      permission: /requireOperator\('([\w:]+)'/.exec(fs.readFileSync(`app/(console)/${file}`, 'utf8'))?.[1],
    }))
    .filter((page): page is { path: string; permission: Permission } => {
      return page.permission !== undefined && page.permission !== 'console:read';
    });
}

/** Where the frame of the page was sent before it was known: the heading, or what has the browser show it. */
const NOT_FOUND = />No encontramos esta página<|NEXT_HTTP_ERROR_FALLBACK;404/;

/** About something that their address names: without it they are there for nobody. */
const ABOUT = ['/cases/new', '/adjustments/exchange', '/holds/new'];

test('every page answers each role as the table has it', async ({ pageAs, newOperator }) => {
  const pages = guardedPages();
  expect(pages.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  for (const role of [...ROLES, await someRole('audit:read', 'withdrawals:request', 'operators:write')]) {
    const isOwn = role === 'viewer' || typeof role !== 'string';
    const { request } = await pageAs(isOwn ? await newOperator(role) : role);
    await Promise.all(
      pages.map(async ({ path: address, permission }) => {
        const answer = await request.get(address);
        const isThere = answer.status() !== 404 && !NOT_FOUND.test(await answer.text());
        const isMet = isThere === can(role, permission) || (!isThere && ABOUT.includes(address));
        if (!isMet) wrong.push(`${nameOfRole(role)} ${address} (${permission})`);
      }),
    );
  }
  expect(wrong).toEqual([]);
});

test('an auditor reads the audit log and changes nothing', async ({ pageAs }) => {
  const operator = await pageAs('operator');
  const wallet = await openedWallet(operator);
  const auditor = await pageAs('auditor');
  await auditor.goto(`/audit?q=${wallet.id}`);
  const row = auditor.getByRole('row').filter({ hasText: 'Óscar Operador' });
  await expect(row.first()).toBeVisible();
  await auditor.goto(wallet.url);
  await expect(auditor.getByRole('button', { name: 'Congelar' })).toHaveCount(0);
  await auditor.goto('/settings/operators');
  await expect(auditor.getByRole('table', { name: 'Operadores' })).toBeVisible();
  await expect(auditor.getByRole('button', { name: /Invitar|Deshabilitar|Cambiar rol/ })).toHaveCount(0);
});

test('support writes notes, with their name on them', async ({ pageAs }) => {
  const support = await pageAs('support');
  const operator = await pageAs('operator');
  const wallet = await openedWallet(operator);
  await support.goto(wallet.url);
  await support.getByRole('tab', { name: /^Notas/ }).click();
  const note = unique('Preguntó por su depósito');
  await support.getByLabel('Nota nueva').fill(note);
  await support.getByRole('button', { name: 'Agregar nota' }).click();
  await expect(support.getByRole('listitem').filter({ hasText: note })).toContainText('Sofía Soporte');
});

test('a role that lost its permission is refused by the server, though its page still has the button', async ({
  pageAs,
  newOperator,
}) => {
  const person = await newOperator('operator');
  const operator = await pageAs(person);
  const wallet = await openedWallet(operator);
  await operator.getByRole('button', { name: 'Congelar', exact: true }).click();
  const admin = await pageAs('admin');
  await admin.goto('/settings/operators');
  await admin.getByRole('button', { name: new RegExp(`^Cambiar rol.*${person.name}`) }).click();
  await admin.getByRole('dialog').getByLabel('Rol').selectOption('support');
  await admin.getByRole('dialog').getByRole('button', { name: 'Cambiar rol' }).click();
  await expect(admin.getByText('Rol cambiado')).toBeVisible();

  const dialog = operator.getByRole('dialog');
  await dialog.getByLabel('Motivo').fill('Prueba');
  await dialog.getByRole('button', { name: 'Congelar monedero' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Tu rol no permite hacer esto');
  await admin.goto(wallet.url);
  await expect(admin.getByText('Abierto', { exact: true })).toBeVisible();
});

test('whoever is not signed in gets the sign-in page, and 401 from the API', async ({ page, request }) => {
  for (const path of ['/', '/wallets', '/audit', '/settings/operators', '/withdrawals/new']) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/login/);
  }
  expect((await request.get('/api/live?topic=wallets')).status()).toBe(401);
  const action = await request.post('/customers/new', {
    headers: { 'Next-Action': '0'.repeat(42), 'Content-Type': 'text/plain;charset=UTF-8' },
    data: '[]',
    maxRedirects: 0,
  });
  expect(action.status(), 'a server action is no way in').toBeGreaterThanOrEqual(300);
});

test('disabling an operator ends their session at their next click', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(SESSION_ENDED);
  const person = await newOperator('operator');
  const operator = await pageAs(person);
  await operator.goto('/wallets');
  await expect(operator.getByRole('heading', { level: 1, name: 'Monederos' })).toBeVisible();
  const admin = await pageAs('admin');
  await admin.goto('/settings/operators');
  await admin.getByRole('button', { name: new RegExp(`^Deshabilitar.*${person.name}`) }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Deshabilitar' }).click();
  await expect(admin.getByText('Acceso deshabilitado')).toBeVisible();
  await operator.getByRole('link', { name: 'Clientes', exact: true }).click();
  await expect(operator.getByRole('heading', { name: 'Entrar a Monedero' })).toBeVisible();
});
