import type { Locator, Page } from '@playwright/test';
import { expect, test } from '~/e2e/fixtures';
import { fundedWallet } from '~/e2e/given';
import { expectWithdrawal, someClabe } from '~/e2e/steps';

/** More stops than any page has before its first field. */
const MOST_STOPS = 80;

test('from sign-in to a paid withdrawal without a mouse, and the focus is seen at every stop', async ({
  page,
  pageAs,
  newOperator,
}) => {
  const person = await newOperator('operator');
  const wallet = await fundedWallet(await pageAs('operator'), '590.13');
  const { keyboard } = page;

  await page.goto('/login?callbackUrl=/wallets');
  await expect(page.getByLabel('Correo electrónico')).toBeFocused();
  await keyboard.type(person.email);
  await keyboard.press('Tab');
  await keyboard.type(person.password);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Monederos' })).toBeVisible();

  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Ir al contenido' })).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('searchbox', { name: 'Cliente, monedero o CLABE' }));
  await keyboard.type(wallet.name);
  const rows = page.getByRole('table', { name: 'Monederos' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await tabTo(page, rows.getByRole('link').first());
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: wallet.name })).toBeVisible();

  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Retirar' }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByLabel('CLABE del beneficiario'));
  await keyboard.type(someClabe());
  await tabTo(page, page.getByLabel('Nombre del beneficiario'));
  await keyboard.type('Berta Ruiz');
  await tabTo(page, page.getByLabel('Monto en MXN'));
  await keyboard.type('590.13');
  await tabTo(page, page.getByRole('button', { name: 'Pedir retiro' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Enviar retiro' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Retiro de/ })).toBeVisible();
  await expectWithdrawal(page, 'Pagado');
});

test('a dialog takes the focus, keeps it, and gives it back', async ({ pageAs }) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '10.00');
  const trigger = page.getByRole('button', { name: 'Congelar', exact: true });
  await trigger.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (let stop = 0; stop < 8; stop++) {
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(trigger).toBeFocused();
});

/** Presses Tab until the target has the focus. Whatever has it on the way must be seen to have it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) > 0) expect(await isMarked(focused), 'the focus is seen').toBe(true);
  }
  throw new Error(`${target} cannot be reached with Tab.`);
}

/** An outline, on the element or on what it draws over its row. */
function isMarked(focused: Locator): Promise<boolean> {
  return focused.evaluate((element) =>
    [null, '::after'].some((part) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, part);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow.includes('0px 0px 0px');
    }),
  );
}
