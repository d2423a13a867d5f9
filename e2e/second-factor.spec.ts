import type { CDPSession, Page } from '@playwright/test';
import { asOwner, expect, expectAccessible, type Person, test } from '~/e2e/fixtures';
import { actorOf } from '~/e2e/given';
import { someClabe } from '~/e2e/steps';
import { db } from '~/lib/db';
import { changeOperator } from '~/lib/people/access';

/** A device with a fingerprint reader, on which somebody's finger lies. */
async function device(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return session;
}

/** As if nobody had shown for longer than is allowed that it is still they. */
async function letTimePass({ email }: Person): Promise<void> {
  await asOwner(
    `UPDATE operator_sessions SET proven_at = proven_at - interval '2 days'
     WHERE ended_at IS NULL AND operator_id = (SELECT id FROM operators WHERE email = $1)`,
    [email],
  );
}

test('a passkey is added, asked for at sign-in, and shows that it is still they over a form that was filled in', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  // That more than the password is asked, and that a code is wrong.
  expectComplaint(/401 .*callback\/credentials/);
  const person = await newOperator('approver');
  const page = await pageAs(person);
  await device(page);
  await page.goto('/settings/preferences');
  await expect(page.getByText('quien conozca tu contraseña también podría')).toBeVisible();
  await page.getByRole('button', { name: 'Agregar llave de acceso' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continuar' }).click();
  const naming = page.getByRole('dialog', { name: 'Ponle nombre a la llave de acceso' });
  await naming.getByLabel('Nombre').fill('Mi portátil');
  await naming.getByRole('button', { name: 'Guardar llave de acceso' }).click();
  const codes = page.getByRole('dialog', { name: 'Códigos de recuperación' });
  await expect(codes.getByRole('listitem')).toHaveCount(10);
  const recovery = (await codes.getByRole('listitem').first().textContent()) ?? '';
  await expectAccessible(page);
  await codes.getByRole('button', { name: 'Ya los guardé' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Mi portátil' })).toBeVisible();

  const leave = async () => {
    await page.getByRole('button', { name: new RegExp(person.name) }).click();
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
    await page.getByLabel('Correo electrónico').fill(person.email);
    await page.getByLabel('Contraseña').fill(person.password);
    await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  };
  await leave();
  await page.getByRole('button', { name: 'Usar llave de acceso' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).not.toHaveURL(/login/);
  await leave();
  await page.getByLabel('Código').fill('123456');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await expect(page.getByText('El código no es correcto o ya se usó')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Código').fill(recovery);
  await page.getByRole('button', { name: 'Continuar' }).click();
  await expect(page).not.toHaveURL(/login/);

  await letTimePass(person);
  await page.goto('/settings/beneficiaries');
  const clabe = someClabe();
  await page.getByRole('button', { name: 'Bloquear CLABE' }).click();
  await page.getByRole('dialog').getByLabel('CLABE').fill(clabe);
  await page.getByRole('dialog').getByLabel('Motivo').fill('Reportada por fraude');
  await page.getByRole('dialog').getByRole('button', { name: 'Bloquear CLABE' }).click();
  const confirm = page.getByRole('dialog', { name: 'Confirma que eres tú' });
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'Usar llave de acceso' }).click();
  await expect(page.getByText('CLABE bloqueada')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: clabe.slice(6, 17) })).toContainText(
    'Reportada por fraude',
  );
});

test('what a selection of approvals asks first is the password, and then all of it is done', async ({
  pageAs,
  newOperator,
  expectComplaint,
}) => {
  expectComplaint(/422 .*step-up/);
  const [approver, promoted] = [await newOperator('approver'), await newOperator('viewer')];
  const { id } = await db().operator.findUniqueOrThrow({ where: { email: promoted.email } });
  await changeOperator(await actorOf(await pageAs('admin')), { id, role: 'operator', disabled: false });
  const page = await pageAs(approver);
  await page.goto('/approvals?kind=people');
  await letTimePass(approver);
  await page.getByRole('row').filter({ hasText: promoted.name }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Aprobar 1 cambio' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  const confirm = page.getByRole('dialog', { name: 'Confirma que eres tú' });
  await confirm.getByLabel('Contraseña').fill('no es esta, seguro');
  await confirm.getByRole('button', { name: 'Confirmar' }).click();
  await expect(confirm.getByText('No es correcto.')).toBeVisible();
  await confirm.getByLabel('Contraseña').fill(approver.password);
  await confirm.getByRole('button', { name: 'Confirmar' }).click();
  await expect(page.getByText('Aprobado y hecho')).toBeVisible();
});
