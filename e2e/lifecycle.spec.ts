import type { Page } from '@playwright/test';
import { expect, test } from '~/e2e/fixtures';
import { fundedWallet, openedWallet } from '~/e2e/given';
import { balance, expectWalletStatus } from '~/e2e/steps';

/** Does an act of the page that is shown, with its reason and what else its dialog asks. */
async function act(
  page: Page,
  name: string,
  fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await fill?.(dialog);
  await dialog.getByLabel('Motivo').fill('Orden de un juez');
  await dialog
    .getByRole('button', { name: name === 'Liberar' ? name : `${name} monedero`, exact: true })
    .click();
  await expect(dialog).toBeHidden();
}

test('a wallet is frozen one way until a time, closed for its customer, and opened again', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const { url } = await openedWallet(page);
  await page.goto(url);
  await act(page, 'Congelar', async (dialog) => {
    await dialog.getByRole('radio', { name: /^Solo lo que sale/ }).check();
    await dialog.getByLabel('Hasta cuándo').selectOption('7');
  });
  await expectWalletStatus(page, 'Congelado');
  await expect(page.getByText('Salidas congeladas')).toBeVisible();
  await expect(page.getByText(/^Se descongela automáticamente el/)).toBeVisible();
  await act(page, 'Descongelar');
  await expectWalletStatus(page, 'Abierto');
  await act(page, 'Cerrar', (dialog) => dialog.getByRole('radio', { name: /^El cliente/ }).check());
  await expectWalletStatus(page, 'Cerrado');
  await act(page, 'Reabrir');
  await expectWalletStatus(page, 'Abierto');
  await page.getByRole('tab', { name: 'Historial' }).click();
  const acts = page.getByRole('region', { name: 'Congelamientos y cierres' });
  await expect(acts.getByRole('listitem')).toHaveCount(4);
  await expect(acts).toContainText('Salidas congeladas');
  await expect(acts).toContainText('Cerrado a solicitud del cliente');
});

test('money is set aside, a part of it given back, and the rest asked for by another wallet', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  const to = await openedWallet(page);
  const from = await fundedWallet(page, '500.00');
  await page.goto(from.url);
  await page.getByRole('main').getByRole('link', { name: 'Apartar dinero' }).click();
  await page.getByLabel('Monto en MXN').fill('300');
  await page.getByRole('textbox', { name: 'Motivo' }).fill('Orden de un juez');
  await page.getByRole('button', { name: 'Apartar' }).click();
  await expect(page.getByRole('main')).toContainText('Vigente');
  const hold = page.url();
  await act(page, 'Liberar', (dialog) => dialog.getByLabel('Monto en MXN').fill('100'));
  await page.goto(from.url);
  await expect(balance(page, 'Disponible')).toHaveText('300.00 MXN');
  await expect(page.getByRole('region', { name: 'Apartados a mano' })).toContainText('200.00');
  await page.goto(hold);
  await page.getByRole('link', { name: 'Traspasar' }).click();
  await page.getByRole('searchbox').fill(to.name);
  await expect(page).toHaveURL(/q=/);
  await page.getByRole('link', { name: to.name }).click();
  await page.getByRole('textbox', { name: 'Motivo' }).fill('Se entrega a quien dice el juez');
  await page.getByRole('button', { name: 'Solicitar traspaso' }).click();
  await expect(page.getByText('Lo solicitaste tú: debe aprobarlo otra persona.')).toBeVisible();
});

/** The same on a customer's page, of all their wallets. */
async function actOnAll(
  page: Page,
  name: string,
  fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await fill?.(dialog);
  await dialog.getByLabel('Motivo').fill('Lo pidió Cumplimiento');
  await dialog.locator('button[type=submit]').click();
  await expect(dialog).toBeHidden();
}

test('a customer is frozen as a whole and gets no other wallet, and closes and comes back as one', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  await openedWallet(page);
  await page.getByRole('heading', { level: 1 }).getByRole('link').click();
  await page.waitForURL(/\/customers\/[^/]+$/);
  const customer = page.url();
  await actOnAll(page, 'Congelar todo');
  const frozen = page.getByText(/^Este cliente está congelado por completo/);
  await expect(frozen).toBeVisible();
  await expect(page.getByRole('link', { name: 'Abrir monedero' })).toBeHidden();
  await page.goto(`/wallets/new?customer=${customer.split('/').pop()}`);
  await page.getByRole('radio', { name: /^A ·/ }).check();
  await page.getByLabel('Nombre del monedero').fill('Otro');
  await page.getByRole('button', { name: 'Abrir monedero' }).click();
  await expect(page.getByText(/El cliente está congelado por completo/)).toBeVisible();
  // What was typed is left behind.
  page.once('dialog', (dialog) => void dialog.accept());
  await page.goto(customer);
  await actOnAll(page, 'Descongelar todo');
  await expect(frozen).toBeHidden();
  await actOnAll(page, 'Cerrar todo', (dialog) => dialog.getByRole('radio', { name: /^El cliente/ }).check());
  await expect(page.getByText(/^Este cliente cerró sus monederos/)).toBeVisible();
  await actOnAll(page, 'Reabrir todo');
  const acts = page.getByRole('region', { name: 'Congelamientos y cierres' });
  await expect(acts.getByRole('listitem')).toHaveCount(4);
  await expect(page.getByRole('button', { name: 'Congelar todo', exact: true })).toBeVisible();
});
