import type { Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  type Locale,
  type LocalFintoc,
  type Person,
  test,
} from '~/e2e/fixtures';
import { expectWithdrawal, fundedWallet, requestWithdrawal, someClabe } from '~/e2e/steps';

const WIDE = 1440;
const NARROW = 360;

const PAGES = [
  '/',
  '/wallets',
  '/wallets?q=nothing-has-this-name',
  '/wallets/new',
  '/movements',
  '/withdrawals',
  '/withdrawals/in-flight',
  '/withdrawals/failed',
  '/withdrawals/all',
  '/withdrawals/new',
  '/deposits',
  '/deposits/all',
  '/adjustments',
  '/adjustments/all',
  '/adjustments/new',
  '/customers',
  '/customers/new',
  '/entities',
  '/account-numbers',
  '/webhooks',
  '/webhooks/dead',
  '/proof',
  '/proof/breaks',
  '/ledger',
  '/ledger/transactions',
  '/ledger/trial-balance',
  '/audit',
  '/settings/operators',
  '/settings/terms',
  '/settings/approval',
  '/settings/beneficiaries',
  '/settings/fintoc',
  '/settings/preferences',
];

/** Lists whose first record is looked at too. */
const LISTS = [
  '/deposits',
  '/deposits/all',
  '/withdrawals/all',
  '/customers',
  '/entities',
  '/account-numbers',
  '/webhooks',
  '/proof',
  '/ledger',
  '/ledger/transactions',
  '/settings/terms',
];

// Both languages, themes and widths: what overflows hangs on the words, what lacks contrast on the colours.
for (const { locale, theme, width } of [
  { locale: 'es-MX', theme: 'light', width: WIDE },
  { locale: 'en', theme: 'dark', width: NARROW },
] as const) {
  test(`every page in ${locale}, ${theme}, ${width} px: axe finds nothing, nothing scrolls sideways, the console is silent`, async ({
    pageAs,
    newOperator,
    fintoc,
  }) => {
    test.setTimeout(600_000);
    const records = await someRecords(await pageAs('operator'), fintoc);
    const page = await lookingPage(pageAs, await newOperator('admin', locale), locale, theme);
    const found: string[] = [];
    for (const list of LISTS) found.push(await firstRecord(page, list));
    for (const path of [...PAGES, ...records, ...found]) await look(page, path, width);
  });
}

test('the sign-in page and the page that is not there look as well as the rest', async ({ page }) => {
  for (const path of ['/login', '/login?callbackUrl=/nowhere']) await look(page, path, NARROW);
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, '/login', WIDE);
});

async function look(page: Page, path: string, width: number): Promise<void> {
  await test.step(path, async () => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: /^(Cargando|Loading)$/ })).toHaveCount(0);
    for (const other of [WIDE + NARROW - width, width]) {
      await page.setViewportSize({ width: other, height: 900 });
      await expectNoSidewaysScroll(page);
    }
    await expectAccessible(page);
  });
}

type PageAs = (who: Person, locale?: Locale) => Promise<Page>;

async function lookingPage(pageAs: PageAs, who: Person, locale: Locale, colorScheme: 'light' | 'dark') {
  const page = await pageAs(who, locale);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  return page;
}

/** Something of every kind, so that no list is looked at empty. Answers pages of it. */
async function someRecords(page: Page, fintoc: LocalFintoc): Promise<string[]> {
  const wallet = await fundedWallet(page, '90,000.00');
  const paid = await requestWithdrawal(page, { to: someClabe(), amount: '10.00', concept: 'Renta' });
  await expectWithdrawal(page, 'Pagado');
  await page.goto(wallet.url);
  const waiting = await requestWithdrawal(page, { to: someClabe(), amount: '60,000.00' });
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
  await page.goto(`/adjustments/new?wallet=${wallet.id}`);
  await page.getByRole('link', { name: 'Operación' }).click();
  await page.getByLabel('Monto en MXN').fill('15.00');
  await page.getByRole('textbox', { name: 'Motivo' }).fill('Comisión cobrada de más');
  const adjusting = page.url();
  await page.getByRole('button', { name: 'Pedir ajuste' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Ajuste de/ })).toBeVisible();
  const adjustment = page.url();
  const customer = await page
    .goto(wallet.url)
    .then(() => page.getByRole('main').getByRole('link', { name: /^Ana/ }));
  const customerPath = (await customer.getAttribute('href')) ?? '';
  return [
    new URL(wallet.url).pathname,
    new URL(paid).pathname,
    new URL(waiting).pathname,
    `/withdrawals/new?wallet=${wallet.id}`,
    `/adjustments/new?wallet=${wallet.id}`,
    adjusting.slice(new URL(adjusting).origin.length),
    new URL(adjustment).pathname,
    `/wallets/new?customer=${customerPath.split('/').at(-1)}`,
  ];
}

async function firstRecord(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole('table').first().getByRole('link').first();
  return (await link.getAttribute('href')) ?? list;
}
