import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoSidewaysScroll, type Locale, test } from '~/e2e/fixtures';
import { someRecords, type View } from '~/e2e/records';
import { unvisited } from '~/e2e/routes';
import { settingsRecords } from '~/e2e/settings-records';

const WIDE = 1440;
const NARROW = 360;

const PAGES: View[] = [
  { path: '/' },
  { path: '/day' },
  { path: '/day?from=2026-01-01&to=2026-12-31' },
  { path: '/day/lines?figure=in' },
  { path: '/approvals' },
  { path: '/where' },
  { path: '/where?q=MBAN01002611260001234567' },
  { path: '/cases' },
  { path: '/wallets' },
  { path: '/wallets?q=nothing-has-this-name' },
  { path: '/wallets/new' },
  { path: '/movements' },
  { path: '/withdrawals' },
  { path: '/withdrawals/in-flight' },
  { path: '/withdrawals/failed' },
  { path: '/withdrawals/all' },
  { path: '/withdrawals/new' },
  { path: '/withdrawals/batches' },
  { path: '/withdrawals/batches/new' },
  { path: '/withdrawals/scheduled' },
  { path: '/withdrawals/scheduled/new' },
  { path: '/cash', dialogs: [{ 'es-MX': 'Detener todo', en: 'Stop everything' }] },
  { path: '/deposits' },
  { path: '/deposits/requests' },
  { path: '/deposits/debts' },
  { path: '/deposits/all' },
  { path: '/adjustments' },
  { path: '/adjustments/all' },
  { path: '/adjustments/new' },
  { path: '/notices' },
  { path: '/statements' },
  { path: '/statements/new' },
  { path: '/customers' },
  { path: '/customers/new' },
  { path: '/entities' },
  { path: '/account-numbers' },
  { path: '/inbox' },
  { path: '/inbox/dead' },
  { path: '/inbox/refused' },
  { path: '/inbox/polls?show=all' },
  { path: '/proof' },
  { path: '/proof/breaks' },
  { path: '/proof/restored' },
  { path: '/ledger' },
  { path: '/ledger/transactions' },
  { path: '/ledger/trial-balance' },
  { path: '/ledger/polizas' },
  { path: '/audit' },
  { path: '/settings/start' },
  { path: '/settings/operators', dialogs: [{ 'es-MX': 'Invitar', en: 'Invite' }] },
  { path: '/settings/roles' },
  { path: '/settings/roles/new' },
  { path: '/settings/guests', dialogs: [{ 'es-MX': 'Invitar a auditar', en: 'Invite to audit' }] },
  { path: '/settings/terms' },
  { path: '/settings/terms/new' },
  { path: '/settings/assets', dialogs: [{ 'es-MX': 'Cambiar USD', en: 'Change USD' }] },
  { path: '/settings/rules' },
  { path: '/settings/rules/new' },
  { path: '/settings/beneficiaries' },
  { path: '/settings/cases' },
  { path: '/settings/accounting' },
  { path: '/settings/platform' },
  { path: '/settings/fintoc', dialogs: [{ 'es-MX': 'Rotar secreto', en: 'Rotate secret' }] },
  { path: '/settings/health' },
  { path: '/settings/keys' },
  { path: '/settings/webhooks' },
  { path: '/settings/alarms', dialogs: [{ 'es-MX': 'Atender', en: 'Acknowledge' }] },
  { path: '/settings/preferences' },
];

/** The one outside the console, which the last test here looks at, and the one that only leads on to those below it. */
const OTHERS = ['/login', '/login/link/x', '/settings'];

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
    // Some two hundred looks.
    test.setTimeout(1_800_000);
    // By somebody who asks for nothing else: what one person asks for within a day counts together.
    const asker = await pageAs(await newOperator('operator'));
    const admin = await pageAs('admin');
    const records = await someRecords(asker, admin, fintoc);
    const views: View[] = [...PAGES, ...records, ...(await settingsRecords(admin))];
    expect(unvisited([...OTHERS, ...views.map(({ path }) => path)]), 'no page of app/ is left out').toEqual(
      [],
    );
    const page = await pageAs(await newOperator('admin', locale), locale);
    await page.emulateMedia({ colorScheme: theme });
    for (const view of views) await look(page, view, { locale, width });
  });
}

test('the sign-in page and the page that is not there look as well as the rest', async ({ page }) => {
  for (const path of ['/login', '/login?callbackUrl=/nowhere'])
    await look(page, { path }, { locale: 'es-MX', width: NARROW });
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, { path: '/login' }, { locale: 'es-MX', width: WIDE });
});

type Looking = { locale: Locale; width: number };

async function look(page: Page, { path, tabs = [], dialogs = [] }: View, { locale, width }: Looking) {
  await test.step(path, async () => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status', { name: /^(Cargando|Loading)$/ })).toHaveCount(0);
    await expectGoodLooks(page, width);
    for (const words of dialogs) {
      await widen(page, width);
      const name = words[locale];
      await page
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectGoodLooks(page, width, ['[role=dialog]']);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    for (const words of tabs) {
      await widen(page, width);
      await page.getByRole('tab', { name: words[locale] }).click();
      await expectGoodLooks(page, width, ['[role=tablist]', '[role=tabpanel][data-state=active]']);
    }
  });
}

/**
 * At the width of this pass; that nothing sticks out, at the other one too. First at the one that the page has. `parts`:
 * what a click brought, where axe has seen the rest of the page.
 */
async function expectGoodLooks(page: Page, width: number, parts?: string[]): Promise<void> {
  const isWide = page.viewportSize()?.width === WIDE;
  for (const each of isWide ? [WIDE, NARROW] : [NARROW, WIDE]) {
    await widen(page, each);
    await expectNoSidewaysScroll(page);
    if (each === width) await expectAccessible(page, parts);
  }
}

async function widen(page: Page, width: number): Promise<void> {
  if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 900 });
}
