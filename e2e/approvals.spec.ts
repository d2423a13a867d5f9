import type { Page } from '@playwright/test';
import { personAt, toPlace } from '~/e2e/count';
import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, fundedWallet, newWallet, shownAtFintoc, waitingWithdrawals } from '~/e2e/given';
import { balance, expectWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';

// The demo threshold is 50,000.00 MXN.
const LARGE = '60,000.00';

// Who asks for much has an account of their own: what one person asks for within a day counts together, and others go on
// to ask as the demo's.

/** A withdrawal above the threshold, which waits for a second person. */
async function askForMuch(page: Page, wallet: string, name = unique('Berta'), amount = LARGE) {
  await page.goto(wallet);
  const url = await requestWithdrawal(page, { to: someClabe(), amount, name });
  await expectWithdrawal(page, 'Por aprobar');
  return { url, name };
}

test('a requester cannot approve their own withdrawal; somebody else can, and then it is paid', async ({
  pageAs,
}) => {
  const [operator, approver] = [await pageAs('operator'), await pageAs('approver')];
  const wallet = await fundedWallet(approver, '80,000.00');
  const { url, name } = await askForMuch(approver, wallet.url);
  await expect(approver.getByText('Lo solicitaste tú: debe aprobarlo otra persona.')).toBeVisible();
  await expect(approver.getByText('Espera por su monto.')).toBeVisible();
  await expect(approver.getByRole('button', { name: 'Aprobar', exact: true })).toHaveCount(0);
  await approver.goto(`/approvals?q=${encodeURIComponent(name)}`);
  const own = approver.getByRole('row').filter({ hasText: name });
  await expect(own).toContainText('Lo solicitaste tú');
  await expect(
    own.getByRole('checkbox', { name: /lo solicitaste tú, debe decidirlo otra persona/ }),
  ).toBeDisabled();
  await approver.goto(url);
  await operator.goto(url);
  await expect(operator.getByText(/Lo aprueba alguien con rol de Aprobación/)).toBeVisible();
  await expect(operator.getByRole('button', { name: 'Aprobar', exact: true })).toHaveCount(0);

  const admin = await pageAs('admin');
  await admin.goto(url);
  await admin.getByRole('button', { name: 'Aprobar', exact: true }).click();
  await expect(admin.getByRole('dialog')).toContainText('Ninguno hasta hoy, desde ningún monedero.');
  await admin.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  await expectWithdrawal(admin, 'Pagado');
  await expectWithdrawal(approver, 'Pagado');
});

test('what a colleague decides meanwhile keeps its place and says who, in the list and in an open dialog', async ({
  pageAs,
  newOperator,
}) => {
  const colleague = await newOperator('approver');
  const [operator, approver, other] = [
    await pageAs(await newOperator('operator')),
    await pageAs('approver'),
    await pageAs(colleague),
  ];
  const group = unique('Nómina');
  const asked = await waitingWithdrawals(
    operator,
    ['uno', 'dos', 'tres'].map((nth) => ({ name: `${group} ${nth}` })),
  );
  const inbox = `/approvals?q=${encodeURIComponent(group)}`;
  const rows = approver.getByRole('row').filter({ hasText: group });
  for (const page of [approver, other]) await page.goto(inbox);
  await expect(rows).toHaveCount(3);
  await expect(rows.first(), 'the whole CLABE').toContainText(asked[0]?.destination ?? '-');
  await expect(rows.first()).toContainText('Primer pago');
  const { choose, press, steps } = personAt(approver);
  await choose(approver.getByRole('checkbox', { name: /Elegir las 3/ }));
  await press(approver.getByRole('button', { name: 'Aprobar 3 retiros' }));
  const dialog = approver.getByRole('dialog');
  await expect(dialog).toContainText('3 son el primer pago a su CLABE.');

  await other
    .getByRole('row')
    .filter({ hasText: `${group} uno` })
    .getByRole('checkbox')
    .check();
  await other
    .getByRole('row')
    .filter({ hasText: `${group} dos` })
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await expect(other.getByRole('status').filter({ hasText: '2 elegidos' })).toContainText('120,000.00 MXN');
  await other.getByRole('button', { name: 'Aprobar 2 retiros' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Aprobar 2 retiros' }).click();
  await expect(other.getByText('2 retiros aprobados')).toBeVisible();

  await expect(dialog).toContainText(`${colleague.name} ya lo aprobó`);
  await press(dialog.getByRole('button', { name: 'Aprobar', exact: true }));
  await expect(approver.getByText('Retiro aprobado')).toBeVisible();
  expect(steps(), 'as many as where nobody else decides').toBe(3);
  await expect(rows.first()).toContainText(`${group} uno`);
  await expect(rows.first()).toContainText(`${colleague.name} ya lo aprobó`);
  await approver.getByRole('button', { name: 'Quitar de la lista' }).click();
  await expect(rows).toHaveCount(0);
  for (const { id } of asked) {
    await operator.goto(`/withdrawals/${id}`);
    await expectWithdrawal(operator, 'Pagado');
  }
});

test('of several kinds at once those that can be are approved, and what is refused says why', async ({
  pageAs,
  newOperator,
}) => {
  const person = await newOperator('operator');
  const [operator, approver] = [await pageAs(person), await pageAs('approver')];
  const actor = await actorOf(operator);
  const [kept, refused] = await waitingWithdrawals(operator, [{ name: 'Se paga' }, { name: 'Se rechaza' }]);
  const [from, to] = [await newWallet(actor, 'A', 100_00n), await newWallet(actor, 'A')];
  const adjustment = await requestAdjustment(actor, {
    ...{ fromWalletId: from.id, toWalletId: to.id, amount: 100_00n, reason: 'Era de otro cliente' },
    requestId: crypto.randomUUID(),
  });
  await shownAtFintoc(from.id);

  const by = personAt(approver);
  await approver.goto('/');
  await toPlace(approver, by, 'Aprobaciones');
  await by.type(approver.getByRole('searchbox'), person.name);
  await approver.waitForURL(/\/approvals\?q=/);
  await by.choose(approver.getByRole('checkbox', { name: /Elegir las 3/ }));
  await by.press(approver.getByRole('button', { name: 'Aprobar 3 solicitudes' }));
  const dialog = approver.getByRole('dialog');
  await expect(dialog).toContainText('2 retiros · 1 ajuste');
  await expect(dialog).toContainText('120,100.00 MXN');
  await expect(dialog).toContainText(`${from.name} → ${to.name}`);
  await blockBeneficiary(await actorOf(await pageAs('admin')), {
    ...{ number: refused?.destination ?? '', reason: 'Reportada por fraude' },
  });
  await by.press(dialog.getByRole('button', { name: 'Aprobar 3 solicitudes' }));
  await expect(dialog.getByRole('alert')).toContainText('2 aprobados; 1 no se pudo');
  expect(by.steps(), 'one of them narrows the list to what one person asked for').toBe(5);
  await expect(dialog.getByRole('listitem')).toContainText('Reportada por fraude');
  await expectAccessible(approver);
  await dialog.getByRole('button', { name: 'Cerrar' }).last().click();
  const rows = approver.getByRole('row').filter({ hasText: person.name });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Reportada por fraude');
  await operator.goto(`/withdrawals/${kept?.id}`);
  await expectWithdrawal(operator, 'Pagado');
  await operator.goto(`/adjustments/${adjustment.id}`);
  await expect(operator.getByText('Asentado', { exact: true }).first()).toBeVisible();
});

test('a session that ended over several decisions is opened again there, and the reason is kept', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(/401 /);
  const person = await newOperator('operator');
  const decider = await newOperator('approver');
  const asked = await waitingWithdrawals(await pageAs(person), [{ name: 'Uno' }, { name: 'Dos' }]);
  const page = await pageAs(decider);
  await page.goto(`/approvals?q=${encodeURIComponent(person.name)}`);
  await page.getByRole('checkbox', { name: /Elegir las 2/ }).check();
  await page.getByRole('button', { name: 'Rechazar', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Motivo').fill('Falta la factura');
  await page.context().clearCookies();
  await page.getByRole('dialog').getByRole('button', { name: 'Rechazar 2 retiros' }).click();
  const signIn = page.getByRole('dialog', { name: 'Tu sesión terminó' });
  await signIn.getByLabel('Correo electrónico').fill(decider.email);
  await signIn.getByLabel('Contraseña').fill(decider.password);
  await signIn.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(signIn).toBeHidden();
  await page.getByRole('dialog').getByRole('button', { name: 'Intentar de nuevo' }).click();
  await expect(page.getByText('2 retiros rechazados')).toBeVisible();
  const decisions = await db().approvalDecision.findMany({
    where: { approval: { subjectType: 'withdrawal', subjectId: { in: asked.map(({ id }) => id) } } },
  });
  expect(decisions.map(({ verdict, reason }) => [verdict, reason])).toEqual(
    asked.map(() => ['declined', 'Falta la factura']),
  );
});

test('a declined withdrawal says who and why, and the money is back at once', async ({
  pageAs,
  newOperator,
}) => {
  const [operator, approver] = [await pageAs(await newOperator('operator')), await pageAs('approver')];
  const wallet = await fundedWallet(operator, '60,000.00');
  const { url } = await askForMuch(operator, wallet.url);
  await operator.goto(wallet.url);
  await expect(balance(operator, 'Apartado')).toHaveText('60,000.00 MXN');

  await approver.goto(url);
  await approver.getByRole('button', { name: 'Rechazar' }).click();
  const dialog = approver.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Rechazar' }).click();
  await expect(dialog.getByRole('alert'), 'a reason is asked for').toContainText('Falta este dato');
  await dialog.getByLabel('Motivo').fill('No coincide con la factura');
  await dialog.getByRole('button', { name: 'Rechazar' }).click();
  await expectWithdrawal(approver, 'Rechazado');
  await expect(approver.getByText('No coincide con la factura').first()).toBeVisible();
  await expect(balance(operator, 'Disponible'), 'without a reload').toHaveText('60,000.00 MXN');
  await expect(balance(operator, 'Apartado')).toHaveText('0.00 MXN');
});

test('of two approvers at once the second is told, and it is paid once', async ({
  pageAs,
  newOperator,
  fintoc,
}) => {
  const [operator, approver, admin] = [
    await pageAs(await newOperator('operator')),
    await pageAs('approver'),
    await pageAs('admin'),
  ];
  const wallet = await fundedWallet(operator, '60,000.00');
  const { url, name } = await askForMuch(operator, wallet.url);
  for (const page of [approver, admin]) {
    await page.goto(url);
    await page.getByRole('button', { name: 'Aprobar', exact: true }).click();
  }
  const confirm = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  await Promise.all([confirm(approver), confirm(admin)]);
  const told = (page: Page) => page.getByText('No hay nada más que decidir').count();
  await expect.poll(async () => (await told(approver)) > 0 !== (await told(admin)) > 0).toBe(true);
  await expectWithdrawal(operator, 'Pagado');
  const paid = (await fintoc.get('/v2/transfers?direction=outbound&limit=100')).filter(
    (transfer: { counterparty: { holder_name: string } }) => transfer.counterparty.holder_name === name,
  );
  expect(paid).toHaveLength(1);
});

test('what one person asks for within a day counts together, and the page says so', async ({
  pageAs,
  newOperator,
}) => {
  const operator = await pageAs(await newOperator('operator'));
  const wallet = await fundedWallet(operator, '70,000.00');
  await requestWithdrawal(operator, { to: someClabe(), amount: '9,999.99' });
  await expectWithdrawal(operator, 'Pagado');
  await operator.goto(wallet.url);
  await requestWithdrawal(operator, { to: someClabe(), amount: '10,000.00' });
  await expectWithdrawal(operator, 'Por aprobar');
  await expect(operator.getByText(/^Espera porque la CLABE es nueva/)).toBeVisible();

  const name = unique('Berta');
  await operator.goto(wallet.url);
  await askForMuch(operator, wallet.url, name, '49,999.99');
  const other = await fundedWallet(operator, '100.00');
  await operator.goto(other.url);
  await requestWithdrawal(operator, { to: someClabe(), amount: '1.00', name });
  await expectWithdrawal(operator, 'Por aprobar');
  await expect(
    operator.getByText(/^Espera porque, con lo que solicitó la misma persona en un día/),
  ).toBeVisible();
  await operator.goto(`/approvals?q=${encodeURIComponent(name)}`);
  const rows = operator.getByRole('row').filter({ hasText: name });
  await expect(rows.filter({ hasText: '1.00 MXN' }).last()).toContainText(
    'Espera por lo que solicitó la misma persona en un día',
  );
});
