import type { Locator, Page } from '@playwright/test';
import { personAt } from '~/e2e/count';
import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { fundedWallet, waitingWithdrawals } from '~/e2e/given';
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
  await tabTo(page, page.getByRole('button', { name: 'Solicitar retiro' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Enviar retiro' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Retiro de/ })).toBeVisible();
  await expectWithdrawal(page, 'Pagado');
});

test('a morning of approvals without a mouse: choose three and approve, two and decline, open the last', async ({
  page,
  pageAs,
  newOperator,
}) => {
  const person = await newOperator('approver');
  const operator = await pageAs(await newOperator('operator'));
  const group = unique('Proveedor');
  const clabe = someClabe();
  const names = ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis'].map((nth) => `${group} ${nth}`);
  const asked = await waitingWithdrawals(
    operator,
    // The first and the last are the same payment under two names.
    names.map((name, nth) => ({ name, ...(nth % 5 === 0 && { clabe }) })),
  );
  const { keyboard } = page;
  const box = (nth: number) =>
    page.getByRole('checkbox', { name: new RegExp(`a ${group} ${names[nth]?.split(' ').at(-1)}$`) });
  const chosen = (count: number) => page.getByRole('status').filter({ hasText: `${count} elegidos` });
  const dialog = page.getByRole('dialog');

  await page.goto(`/login?callbackUrl=${encodeURIComponent(`/approvals?q=${group}`)}`);
  await expect(page.getByLabel('Correo electrónico')).toBeFocused();
  await keyboard.type(person.email);
  await keyboard.press('Tab');
  await keyboard.type(person.password);
  await keyboard.press('Enter');
  await expect(box(5)).toBeVisible();

  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Ir al contenido' })).toBeFocused();
  // Until the page's scripts are alive a key is nobody's.
  const { once, key, steps } = personAt(page);
  await once(() =>
    expect(async () => {
      await keyboard.press('j');
      await expect(box(0)).toBeFocused({ timeout: 500 });
    }).toPass(),
  );
  expect(await isMarked(page.locator(':focus')), 'the focus is seen').toBe(true);
  await key('x');
  await key('j');
  await key('Space');
  // There and back, and one that is the browser's: nobody needs them.
  await keyboard.press('ArrowDown');
  await keyboard.press('k');
  await keyboard.press('Control+a');
  for (let down = 0; down < 4; down++) await key('ArrowDown');
  await expect(box(5)).toBeFocused();
  await key('x');
  await expect(chosen(3)).toContainText('180,000.00 MXN');
  await expectAccessible(page);

  await key('a');
  await expect(dialog.getByRole('heading', { name: '¿Aprobar 3 retiros?' })).toBeVisible();
  await expect(dialog).toContainText('180,000.00 MXN');
  await expect(dialog).toContainText(clabe);
  await expect(dialog).toContainText('1 es igual que otro solicitado en menos de un día');
  await expect(dialog).toContainText('1 va a una CLABE que antes tuvo otro nombre');
  await expectAccessible(page);
  await key('Enter');
  await expect(page.getByText('3 retiros aprobados')).toBeVisible();
  expect(steps(), 'of six, the first two and the last').toBe(11);
  await expect(dialog).toHaveCount(0);

  // The row that had the focus is gone; the one before it has it, and those that are left are three.
  await expect(box(4)).toBeFocused();
  await keyboard.press('x');
  await keyboard.press('Shift+ArrowUp');
  await expect(chosen(2)).toBeVisible();
  await keyboard.press('d');
  await expect(dialog.getByLabel('Motivo')).toBeFocused();
  await tabTo(page, dialog.getByRole('button', { name: 'Rechazar 2 retiros' }));
  await keyboard.press('Enter');
  await expect(dialog.getByRole('alert'), 'a reason is asked for').toContainText('Falta este dato');
  await keyboard.type('Falta anexar la factura');
  await tabTo(page, dialog.getByRole('button', { name: 'Rechazar 2 retiros' }));
  await keyboard.press('Enter');
  await expect(page.getByText('2 retiros rechazados')).toBeVisible();

  await expect(box(2)).toBeFocused();
  await keyboard.press('?');
  await expect(dialog.getByRole('heading', { name: 'Teclas de la lista' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(box(2)).toBeFocused();
  await keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Junto a la lista' });
  await expect(panel.getByRole('button', { name: 'Aprobar' })).toBeVisible();
  await keyboard.press('Enter');
  await expect(panel.getByRole('link', { name: 'Abrir página completa' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Retiro de/ })).toBeVisible();

  for (const [nth, word] of [
    'Pagado',
    'Pagado',
    'Por aprobar',
    'Rechazado',
    'Rechazado',
    'Pagado',
  ].entries()) {
    await operator.goto(`/withdrawals/${asked[nth]?.id}`);
    await expectWithdrawal(operator, word);
    if (word === 'Rechazado')
      await expect(operator.getByText('Falta anexar la factura').first()).toBeVisible();
  }
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
