import { personAt, toPlace } from '~/e2e/count';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from '~/e2e/fixtures';
import { actorOf, newWallet } from '~/e2e/given';
import { db } from '~/lib/db';

test('what came in today leads to the entries that sum to it, from the number and from the table under the chart', async ({
  pageAs,
}) => {
  const page = await pageAs('operator');
  // With an account of its own, so that what others do isn't in its day.
  const { id } = await newWallet(await actorOf(page), 'B', 59_013n);
  const { accountId } = await db().walletAsset.findFirstOrThrow({ where: { walletId: id } });

  const person = personAt(page);
  await page.goto('/');
  await toPlace(page, person, 'El día');
  await expect(page.getByRole('link', { name: 'El día' }).first()).toBeVisible();
  await person.press(page.getByRole('link', { name: 'Ayer', exact: true }));
  await expect(page).toHaveURL(/\/day\?from=(\d{4}-\d{2}-\d{2})&to=\1$/);
  await expect(page.getByRole('region', { name: 'De un vistazo' })).toBeVisible();
  expect(person.steps()).toBe(2);
  await page.goto(`/day?account=${accountId}`);
  const glance = page.getByRole('region', { name: 'De un vistazo' });
  await expect(glance.getByText('590.13 MXN')).toBeVisible();
  const statement = page.getByRole('table', { name: 'Del saldo inicial al final' });
  await expect(statement.getByRole('row').filter({ hasText: 'Saldo final' })).toContainText('590.13');
  await expect(statement.getByRole('img', { name: 'Cuadra' })).toBeVisible();

  const twin = page.getByText('Lo mismo en una tabla').first();
  await twin.click();
  await page
    .getByRole('table', { name: 'Lo mismo en una tabla' })
    .getByRole('link', { name: '590.13' })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Entró 590.13 MXN' })).toBeVisible();
  const lines = page.getByRole('table', { name: 'Movimientos' }).getByRole('row');
  await expect(lines).toHaveCount(2);
  await expect(lines.last()).toContainText('+590.13');
  await expectAccessible(page);

  await page.goBack();
  await glance.getByRole('link', { name: /^Entró/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Entró 590.13 MXN' })).toBeVisible();
  await lines.last().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/deposits\/tr_/);

  // The days before, on a phone: nothing came, and the page says so.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/day?account=${accountId}`);
  await page.getByRole('link', { name: 'Ayer' }).click();
  await expect(page).toHaveURL(/from=(\d{4}-\d{2}-\d{2})&to=\1&account=/);
  const hours = page.getByRole('region', { name: 'A qué hora se mueve el dinero' });
  await expect(hours.getByText('Nada se movió en estos días.').first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});
