import type { Page } from '@playwright/test';
import { brokenWallet } from '~/e2e/breaks';
import { expect, type Locale, type LocalFintoc } from '~/e2e/fixtures';
import { fundedWallet, openedWallet } from '~/e2e/given';
import {
  createCustomer,
  expectWithdrawal,
  openWallet,
  requestWithdrawal,
  someClabe,
  someRfc,
} from '~/e2e/steps';

type Words = Record<Locale, string | RegExp>;

/** A page, and what of it is seen only after a click: the panels of its tabs, and its dialogs. */
export type View = { path: string; tabs?: Words[]; dialogs?: Words[] };

/** Lists whose first record is looked at too. */
const LISTS = [
  '/deposits/all',
  '/withdrawals/all',
  '/customers',
  '/entities',
  '/account-numbers',
  '/webhooks',
  '/webhooks/refused',
  '/proof',
  '/ledger',
  '/ledger/transactions',
  '/settings/terms',
];

/** Something of every kind, so that no list is looked at empty, and the page of each. */
export async function someRecords(operator: Page, admin: Page, fintoc: LocalFintoc): Promise<View[]> {
  const views = [
    ...(await moneyOut(operator)),
    ...(await moneyWithoutWallet(operator, fintoc)),
    ...(await kybNotStarted(operator)),
    ...(await events(operator, fintoc)),
  ];
  const { accountId, breakUrl } = await brokenWallet(operator, fintoc, 3_50);
  views.push({ path: pathOf(breakUrl) });
  views.push({ path: `/proof/accounts/${accountId}` }, { path: `/proof/accounts/${accountId}/movements` });
  for (const list of LISTS) views.push({ path: await firstRecord(admin, list) });
  views.push({ path: `${await firstRecord(admin, '/customers')}/edit` });
  return views;
}

/** A wallet with money, one without, a paid and a waiting withdrawal, and an adjustment. */
async function moneyOut(page: Page): Promise<View[]> {
  const empty = await openedWallet(page);
  const wallet = await fundedWallet(page, '90,000.00');
  const paid = await requestWithdrawal(page, { to: someClabe(), amount: '10.00', concept: 'Renta' });
  await expectWithdrawal(page, 'Pagado');
  await page.goto(wallet.url);
  const waiting = await requestWithdrawal(page, { to: someClabe(), amount: '60,000.00' });
  await page.goto(`/adjustments/new?wallet=${wallet.id}`);
  await page.getByRole('link', { name: 'Operación' }).click();
  await page.getByLabel('Monto en MXN').fill('15.00');
  await page.getByRole('textbox', { name: 'Motivo' }).fill('Comisión cobrada de más');
  const adjusting = pathOf(page.url());
  await page.getByRole('button', { name: 'Pedir ajuste' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Ajuste de/ })).toBeVisible();
  const close = { 'es-MX': 'Cerrar', en: 'Close' };
  return [
    {
      path: pathOf(wallet.url),
      tabs: [
        { 'es-MX': 'Datos y términos', en: 'Facts and terms' },
        { 'es-MX': /^Notas/, en: /^Notes/ },
        { 'es-MX': 'Historial', en: 'History' },
      ],
      dialogs: [
        { 'es-MX': 'Congelar', en: 'Freeze' },
        { 'es-MX': 'Simular depósito', en: 'Simulate deposit' },
        close,
      ],
    },
    { path: pathOf(empty.url), dialogs: [close] },
    { path: `${pathOf(wallet.url)}/balance` },
    { path: `/movements?wallet=${wallet.id}` },
    { path: pathOf(paid) },
    {
      path: pathOf(waiting),
      dialogs: [
        { 'es-MX': 'Aprobar', en: 'Approve' },
        { 'es-MX': 'No aprobar', en: 'Decline' },
        { 'es-MX': 'Cancelar retiro', en: 'Cancel withdrawal' },
      ],
    },
    { path: `/withdrawals/new?wallet=${wallet.id}` },
    { path: `/adjustments/new?wallet=${wallet.id}` },
    { path: adjusting },
    { path: pathOf(page.url()), dialogs: [{ 'es-MX': 'Aprobar', en: 'Approve' }] },
  ];
}

/** A deposit in suspense, with wallets to assign it to. */
async function moneyWithoutWallet(page: Page, fintoc: LocalFintoc): Promise<View[]> {
  const [root] = (await fintoc.get('/v2/accounts?limit=100')).filter(
    (account: { is_root: boolean }) => account.is_root,
  );
  const number = await fintoc.post('/v2/account_numbers', { account_id: root.id });
  await fintoc.post('/v2/simulate/receive_transfer', {
    account_number_id: number.id,
    amount: 1_000,
    currency: 'MXN',
  });
  await page.goto('/deposits');
  await expect(page.getByRole('table').getByText('CLABE sin monedero').first()).toBeVisible();
  const deposit = await firstRecord(page, '/deposits');
  return [
    {
      path: `${deposit}?q=Ana`,
      dialogs: [
        { 'es-MX': /^Asignar/, en: /^Assign/ },
        { 'es-MX': 'Devolver al ordenante', en: 'Return to sender' },
      ],
    },
  ];
}

/** A company whose wallet waits for its KYB. */
async function kybNotStarted(page: Page): Promise<View[]> {
  await createCustomer(page, { kind: 'Empresa', taxId: someRfc() });
  const customer = pathOf(page.url());
  await openWallet(page, 'C');
  const opening = pathOf(page.url());
  await page.getByRole('link', { name: 'Continuar el KYB de la entidad' }).click();
  await expect(page.getByRole('link', { name: 'Iniciar KYB' })).toBeVisible();
  const entity = pathOf(page.url());
  return [
    { path: `/wallets/new?customer=${customer.split('/').at(-1)}` },
    { path: opening },
    { path: entity },
    { path: `${entity}/onboarding` },
  ];
}

/** A refused delivery, and two events that are rehearsed and replayed together. */
async function events(page: Page, fintoc: LocalFintoc): Promise<View[]> {
  const object = `inv_${crypto.randomUUID()}`;
  const event = () => ({
    id: `evt_${crypto.randomUUID()}`,
    object: 'event',
    type: 'invoice.stamped',
    mode: 'test',
    created_at: new Date().toISOString(),
    data: { id: object, object: 'invoice' },
  });
  const told = [event(), event()];
  await fintoc.deliver(event(), '');
  for (const each of told) await fintoc.deliver(each);
  await page.goto(`/webhooks?q=${object}`);
  await expect(page.getByRole('row').filter({ hasText: 'Sin acción' })).toHaveCount(2);
  for (const { id } of told)
    await page.getByRole('checkbox', { name: `Elegir invoice.stamped, ${id}` }).check();
  await page.getByRole('button', { name: 'Ensayar los elegidos' }).click();
  await page.getByRole('button', { name: 'Reprocesar 2 eventos' }).click();
  const rehearsal = pathOf(page.url());
  await page.getByRole('dialog').getByRole('button', { name: 'Reprocesar 2 eventos' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Reproceso de varios eventos' })).toBeVisible();
  return [{ path: rehearsal }, { path: pathOf(page.url()) }];
}

async function firstRecord(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole('table').first().getByRole('link').first();
  return (await link.getAttribute('href')) ?? list;
}

function pathOf(url: string): string {
  return url.slice(new URL(url).origin.length);
}
