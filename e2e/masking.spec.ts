import type { Page } from '@playwright/test';
import { expect, type LocalFintoc, test, unique } from '~/e2e/fixtures';
import {
  balance,
  expectWalletStatus,
  expectWithdrawal,
  fact,
  openWallet,
  requestWithdrawal,
  simulateDeposit,
  someClabe,
  someRfc,
} from '~/e2e/steps';

/** That no read answers what its reader may not see stands in lib/sight.test.ts; here is what a page's HTML carries. */
test('no page about somebody sends a viewer or support what they may not see', async ({
  pageAs,
  newOperator,
  fintoc,
}) => {
  const { secrets, paths } = await someSecrets(await pageAs('operator'), fintoc);
  const clear = await sent(await pageAs('auditor'), paths);
  for (const [what, secret] of Object.entries(secrets))
    expect(tellers(clear, secret), `${what} is there for who may see it`).not.toEqual([]);
  for (const role of ['viewer', 'support'] as const) {
    const pages = await sent(await pageAs(await newOperator(role)), paths);
    expect(pages.size, 'pages read').toBe(paths.length);
    for (const [what, secret] of Object.entries(secrets))
      expect.soft(tellers(pages, secret), `${role}: ${what}`).toEqual([]);
  }
});

function tellers(pages: ReadonlyMap<string, string>, secret: string): string[] {
  return [...pages].flatMap(([path, text]) => (text.includes(secret) ? [path] : []));
}

/** What the server sends for these pages: their HTML with the payload inside it. */
async function sent(page: Page, paths: readonly string[]): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const path of paths) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBeLessThan(400);
    pages.set(path, await answer.text());
  }
  return pages;
}

/** A customer, their money and a KYB file: every kind of personal data once, and the pages that are about it. */
async function someSecrets(operator: Page, fintoc: LocalFintoc) {
  const secrets = {
    taxId: someRfc(),
    email: `${unique('ana').replace(' ', '.').toLowerCase()}@ejemplo.mx`,
    phone: `+52 55 ${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    payee: someClabe(),
    payeeTaxId: someRfc(),
    holderId: someRfc(),
    representativeEmail: `${unique('kyb').replace(' ', '.').toLowerCase()}@ejemplo.mx`,
    settlementAccount: someClabe(),
  };
  await registerCompany(operator, secrets);
  const customer = new URL(operator.url()).pathname;
  await openWallet(operator, 'A');
  await expectWalletStatus(operator, 'Abierto');
  const wallet = new URL(operator.url()).pathname;
  await simulateDeposit(operator, '500.00');
  await expect(balance(operator, 'Disponible')).toHaveText('500.00 MXN');
  const withdrawal = await requestWithdrawal(operator, {
    to: secrets.payee,
    taxId: secrets.payeeTaxId,
    amount: '10.00',
  });
  await expectWithdrawal(operator, 'Pagado');
  const payout = (await fact(operator, 'Transferencia en Fintoc').textContent())?.trim() ?? '';
  const inbox = await operator.request.get(`/inbox?q=${payout}`);
  const events = [...(await inbox.text()).matchAll(/ href="(\/inbox\/evt_[^"]*)"/g)].map(
    ([, path = '']) => path,
  );
  expect(events, 'events of the payout').not.toEqual([]);
  const entity = await someKyb(operator, fintoc, secrets);
  const deposit = (await fintoc.get('/v2/transfers?limit=100')).find(
    (transfer: { direction: string; amount: number }) =>
      transfer.direction === 'inbound' && transfer.amount === 50_000,
  );
  return {
    secrets: {
      ...secrets,
      sender: String(deposit.counterparty.account_number),
      senderTaxId: String(deposit.counterparty.holder_id),
    },
    paths: [
      '/',
      ...['/customers', '/withdrawals/all', '/deposits/all', '/entities', '/movements'],
      customer,
      wallet,
      new URL(withdrawal).pathname,
      `/deposits/${deposit.id}`,
      ...events,
      entity,
    ],
  };
}

type Company = { taxId: string; email: string; phone: string };

async function registerCompany(page: Page, { taxId, email, phone }: Company): Promise<void> {
  await page.goto('/customers/new');
  await page.getByRole('radio', { name: 'Empresa' }).check();
  const name = unique('Comercial');
  await page.getByLabel('Razón social').fill(name);
  await page.getByRole('textbox', { name: 'RFC' }).fill(taxId);
  await page.getByLabel('Correo').fill(email);
  await page.getByLabel('Teléfono').fill(phone);
  await page.getByRole('button', { name: 'Registrar cliente' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

type Kyb = { holderId: string; representativeEmail: string; settlementAccount: string };

/** A KYB file that was begun at Fintoc and comes over with a sync. */
async function someKyb(page: Page, fintoc: LocalFintoc, secrets: Kyb): Promise<string> {
  const name = unique('Textiles');
  const { id } = await fintoc.post('/v2/entities', {
    country_code: 'mx',
    holder_name: name,
    holder_id: secrets.holderId,
  });
  await fintoc.post(`/v2/entities/${id}/onboardings`, {
    type: 'account_holder',
    data: {
      company_information: { settlement_account: secrets.settlementAccount },
      transactional_profile: { resource_origins: [] },
      legal_representatives: [{ first_name: 'Ana', last_name: 'Ruiz', email: secrets.representativeEmail }],
      shareholders: [{ type: 'natural_person', name: 'Ana', last_name: 'Ruiz', percentage: 100 }],
    },
  });
  await page.goto('/entities');
  await page.getByRole('button', { name: 'Sincronizar con Fintoc' }).click();
  await expect(page.getByRole('link', { name })).toBeVisible();
  return `/entities/${id}`;
}
