import { expect, type Locator, type Page } from '@playwright/test';
import { unique } from '~/e2e/fixtures';
import { clabeCheckDigit } from '~/lib/clabe';

/** A CLABE that no other test pays to, at a bank that takes everything. */
export function someClabe(bank = '012'): string {
  const first17 = `${bank}180${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
  return first17 + clabeCheckDigit(first17);
}

/** The page's own scripts wait until what is answered is called: until then it is as a slow network shows it. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.fallback();
  });
  return () => release();
}

/** An RFC of a company that no other test uses; Fintoc takes each once. */
export function someRfc(): string {
  const pick = (alphabet: string, n: number) =>
    Array.from({ length: n }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
  return `${pick('BCDFGHJKLMNPQRSTVWXYZ', 3)}1503${pick('12', 1)}${pick('012345678', 1)}${pick('ABCDEFGHJKLMNPQRSTUVWXYZ1234567890', 3)}`;
}

export type NewCustomer = { name?: string; taxId?: string; kind?: 'Persona física' | 'Empresa' };

/** Registers a customer through the form and stays on their page. */
export async function createCustomer(page: Page, facts: NewCustomer = {}): Promise<string> {
  const { name = unique('Ana'), taxId = 'LOHA900101MDFPRN01', kind = 'Persona física' } = facts;
  await page.goto('/customers/new');
  await page.getByRole('radio', { name: kind }).check();
  await page.getByLabel(kind === 'Empresa' ? 'Razón social' : 'Nombre completo').fill(name);
  await page.getByRole('textbox', { name: 'RFC' }).fill(taxId);
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return name;
}

export type Pattern = 'A' | 'B' | 'C';

/** Opens a wallet for the customer whose page is shown, and stays on the wallet's page. */
export async function openWallet(page: Page, pattern: Pattern, name = unique('Monedero')): Promise<string> {
  await page.getByRole('main').getByRole('link', { name: 'Abrir monedero' }).first().click();
  await page.getByRole('radio', { name: new RegExp(`^${pattern} ·`) }).check();
  await page.getByLabel('Nombre del monedero').fill(name);
  await page.getByRole('button', { name: 'Abrir monedero' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return name;
}

export async function expectWalletStatus(page: Page, word: string): Promise<void> {
  await expect(page.getByRole('main').getByText(word, { exact: true })).toBeVisible();
}

/** Has the local Fintoc receive money for the wallet that is shown. */
export async function simulateDeposit(page: Page, amount: string, concept = ''): Promise<void> {
  await page.getByRole('button', { name: 'Simular depósito' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Monto en MXN').fill(amount);
  await dialog.getByLabel('Concepto').fill(concept);
  await dialog.getByRole('button', { name: 'Simular depósito' }).click();
  await expect(dialog).toBeHidden();
}

/** One of the three balances on a wallet's page. */
export function balance(page: Page, word: 'Disponible' | 'Pendiente' | 'Apartado'): Locator {
  const balances = page.getByLabel('Saldos', { exact: true });
  const term = page.getByRole('term').filter({ hasText: word });
  return balances.locator('div').filter({ has: term }).getByRole('definition').locator('span').first();
}

/** The CLABE on a wallet's page, as bare digits. */
export async function clabeOf(page: Page): Promise<string> {
  const text = await page
    .getByText(/^735\d{15}$/)
    .first()
    .textContent();
  return (text ?? '').replace(/\D/g, '');
}

/** The value beside a label in a list of facts. */
export function fact(page: Page, label: string): Locator {
  const term = page.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) });
  return page.locator('dl > div').filter({ has: term }).getByRole('definition');
}

/** A row of the movements that are shown. */
export function movement(page: Page, ...words: (string | RegExp)[]): Locator {
  const rows = page.getByRole('table', { name: 'Movimientos' }).getByRole('row');
  return words.reduce<Locator>((row, word) => row.filter({ hasText: word }), rows);
}

export type Payout = { to: string; amount: string; name?: string; taxId?: string; concept?: string };

/** Fills in the withdrawal form of the wallet that is shown. */
export async function fillWithdrawal(
  page: Page,
  { to, amount, name = 'Berta Ruiz', taxId = '', concept = '' }: Payout,
) {
  await page.getByRole('main').getByRole('link', { name: 'Retirar' }).click();
  await page.getByLabel('CLABE del beneficiario').fill(to);
  await page.getByLabel('Nombre del beneficiario').fill(name);
  await page.getByLabel('RFC o CURP').fill(taxId);
  await page.getByLabel('Monto en MXN').fill(amount);
  await page.getByLabel('Concepto').fill(concept);
}

/** Asks for a withdrawal from the wallet that is shown, and stays on the withdrawal's page. */
export async function requestWithdrawal(page: Page, payout: Payout): Promise<string> {
  await fillWithdrawal(page, payout);
  await sendWithdrawal(page);
  return page.url();
}

/** Sends the withdrawal form that is filled in, through the look at what leaves where nobody else will look. */
export async function sendWithdrawal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Solicitar retiro' }).click();
  const asked = page.getByRole('heading', { level: 1, name: /^Retiro de/ });
  const look = page.getByRole('button', { name: 'Enviar retiro' });
  await expect(asked.or(look)).toBeVisible();
  if (await look.isVisible()) await look.click();
  await expect(asked).toBeVisible();
}

/** The state of the withdrawal that is shown. It changes without a reload. */
export async function expectWithdrawal(page: Page, word: string): Promise<void> {
  await expect(page.getByRole('main').getByText(word, { exact: true }).first()).toBeVisible();
}

/** Approves what somebody asked about a deposit with this reason, from the list of what waits. */
export async function approveDepositRequest(page: Page, reason: string): Promise<void> {
  await page.goto(`/approvals?kind=deposits&q=${encodeURIComponent(reason)}`);
  await page.getByRole('row').filter({ hasText: reason }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Aprobar 1 solicitud' }).click();
  await expect(page.getByRole('dialog')).toContainText(reason);
  await page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  await expect(page.getByText('Solicitud aprobada')).toBeVisible();
}

/** Asks for the list that is shown as a file, by keyboard alone. */
export async function takeAway(page: Page, format: 'CSV' | 'Excel'): Promise<void> {
  await page.getByRole('button', { name: 'Exportar' }).press('Enter');
  await page.getByRole('menuitem', { name: format }).press('Enter');
}

/** The list that is shown, as a file. */
export async function exported(page: Page, format: 'CSV' | 'Excel'): Promise<{ name: string; file: Buffer }> {
  const saved = page.waitForEvent('download');
  await takeAway(page, format);
  const download = await saved;
  const name = download.suggestedFilename();
  await expect(page.getByText(`${name} está listo`)).toBeVisible();
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name, file: Buffer.concat(chunks) };
}

/** Has somebody approve what somebody else asked to do, found by what it says. */
export async function approveAct(page: Page, text: string): Promise<void> {
  await page.goto('/approvals?kind=people');
  await page.getByRole('row').filter({ hasText: text }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Aprobar 1 cambio' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click();
  await expect(page.getByText('Aprobado y hecho')).toBeVisible();
}
