import type { Page } from '@playwright/test';
import { openFound, personAt } from '~/e2e/count';
import { asOwner, expect, expectAccessible, test } from '~/e2e/fixtures';
import { fundedWallet, SOON } from '~/e2e/given';
import { balance, expectWalletStatus, expectWithdrawal, requestWithdrawal, someClabe } from '~/e2e/steps';

const TRANSFERS = { method: 'POST', path: '/v2/transfers', count: 1_000 };

test('a withdrawal that Fintoc turns away says why and what to do, and can be called off', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  const refusal = { kind: 'refusal', ...TRANSFERS };
  await fintoc.control('/faults', { ...refusal, status: 401, code: 'missing_active_jws_public_key' });
  try {
    await requestWithdrawal(page, { to: someClabe(), amount: '120.00' });
    await expectWithdrawal(page, 'En cola');
    await expect(page.getByText('Fintoc no acepta el retiro por ahora', { exact: false })).toBeVisible();
    await expect(
      page.getByText(/no tiene nuestra llave pública JWS\. .*FINTOC_JWS_PRIVATE_KEY/),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Cancelar retiro' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Motivo').fill('Falta la llave');
    await dialog.getByRole('button', { name: 'Cancelar retiro' }).click();
    await expectWithdrawal(page, 'Cancelado');
    await page.goto(wallet.url);
    await expect(balance(page, 'Disponible')).toHaveText('500.00 MXN');
    await requestWithdrawal(page, { to: someClabe(), amount: '80.00' });
    await expectWithdrawal(page, 'En cola');
  } finally {
    await fintoc.clear('/faults');
  }
  await expectWithdrawal(page, 'Pagado');
});

test('what Fintoc never answers is ended by two people, once nothing of it is there for a quarter of an hour', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  await fintoc.control('/faults', {
    ...{ kind: 'refusal', ...TRANSFERS },
    ...{ status: 409, code: 'invalid_duplicated_transfer' },
  });
  try {
    const withdrawal = await requestWithdrawal(page, { to: someClabe(), amount: '120.00' });
    const id = withdrawal.split('/').at(-1);
    await expectWithdrawal(page, 'Enviando');
    await expect(page.getByText('Lo puede decir quien aprueba retiros.')).toBeVisible();
    const [approver, admin] = [await pageAs('approver'), await pageAs('admin')];
    await approver.goto(withdrawal);
    await sayNotPaid(approver, 'Fintoc no lo encuentra');
    await expect(approver.getByText('Falta que otra persona diga lo mismo.')).toBeVisible();
    await expect(approver.getByRole('button', { name: 'No se pagó' })).toHaveCount(0);
    await admin.goto(withdrawal);
    await expect(admin.getByText('Motivo: Fintoc no lo encuentra')).toBeVisible();
    await expectAccessible(admin);
    await sayNotPaid(admin, 'Visto en el panel');
    await expect(admin.getByRole('dialog').getByRole('alert')).toContainText(
      /todavía puede aparecer en Fintoc/,
    );
    await aQuarterOfAnHourLater(id);
    await admin.getByRole('dialog').getByRole('button', { name: 'No se pagó' }).click();
    await expectWithdrawal(admin, 'Fallido');
    await page.goto(wallet.url);
    await expect(balance(page, 'Disponible')).toHaveText('500.00 MXN');
  } finally {
    await fintoc.clear('/faults');
  }
});

async function sayNotPaid(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'No se pagó' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motivo').fill(reason);
  await dialog.getByRole('button', { name: 'No se pagó' }).click();
}

/** Nobody needs to watch it. The worker has searched and read movements since. */
async function aQuarterOfAnHourLater(id: string | undefined): Promise<void> {
  await asOwner(
    `UPDATE withdrawals SET sent_at = now() - interval '16 minutes', submitted_at = now() - interval '16 minutes',
       next_attempt_at = now(), lease_until = NULL WHERE id = $1`,
    [id],
  );
  const searched = () =>
    asOwner("SELECT 1 FROM withdrawals WHERE id = $1 AND searched_at > sent_at + interval '15 minutes'", [
      id,
    ]);
  await expect.poll(async () => (await searched()).length, SOON).toBe(1);
}

test('a reason that nobody here knows is told in Fintoc’s own words', async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '500.00');
  await fintoc.control('/faults', {
    kind: 'refusal',
    ...TRANSFERS,
    count: 1,
    status: 422,
    code: 'brand_new',
  });
  await requestWithdrawal(page, { to: someClabe(), amount: '120.00' });
  await expectWithdrawal(page, 'Fallido');
  await expect(page.getByText('Motivo de Fintoc: brand_new.')).toBeVisible();
  await expect(page.getByText('Fintoc dice: «A fault was asked for.»')).toBeVisible();
});

test('a queued withdrawal of a frozen wallet says that it waits for it, and goes when it is thawed', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '500.00');
  await fintoc.control('/faults', {
    kind: 'refusal',
    ...TRANSFERS,
    status: 429,
    code: 'rate_limit_exceeded',
  });
  let withdrawal = '';
  const person = personAt(page);
  const act = async (name: string) => {
    await person.press(page.getByRole('button', { name, exact: true }));
    await person.type(page.getByRole('dialog').getByLabel('Motivo'), 'Revisión');
    await person.press(page.getByRole('dialog').getByRole('button', { name }));
  };
  try {
    withdrawal = await requestWithdrawal(page, { to: someClabe(), amount: '120.00' });
    await expectWithdrawal(page, 'En cola');
    await openFound(page, person, wallet.name, page.getByRole('option', { name: wallet.name }));
    await page.waitForURL(wallet.url);
    await act('Congelar');
    await expectWalletStatus(page, 'Congelado');
    expect(person.steps(), 'from anywhere').toBe(6);
  } finally {
    await fintoc.clear('/faults');
  }
  await page.goto(withdrawal);
  await expect(page.getByText('El dinero está apartado y todavía no sale.')).toBeVisible();
  await expect(page.getByText('Este retiro espera: su monedero está congelado')).toBeVisible();
  await page.getByRole('link', { name: 'Ver monedero' }).click();
  await act('Descongelar');
  await page.goto(withdrawal);
  await expectWithdrawal(page, 'Pagado');
});
