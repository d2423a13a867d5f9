import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { actorOf, waitingWithdrawals } from '~/e2e/given';
import { declineWithdrawal } from '~/lib/withdrawals/withdrawals';

test('a list is read by keyboard with the record beside it, and on a phone the record is its page', async ({
  pageAs,
  newOperator,
}) => {
  const group = unique('Fila');
  const asker = await pageAs(await newOperator('operator'));
  const made = await waitingWithdrawals(asker, [{ name: `${group} uno` }, { name: `${group} dos` }]);
  const page = await pageAs(await newOperator('approver'));
  const { keyboard } = page;
  const panel = page.getByRole('complementary', { name: 'Junto a la lista' });
  const row = (nth: string) => page.getByRole('row', { name: new RegExp(`${group} ${nth}`) });
  const list = `/withdrawals?q=${encodeURIComponent(group)}`;

  await page.goto(list);
  await expect(row('dos')).toBeVisible();
  // Until the page's scripts are alive a key is nobody's.
  await expect(async () => {
    await keyboard.press('j');
    await expect(row('uno')).toBeFocused({ timeout: 500 });
  }).toPass();
  await keyboard.press('Enter');
  await expect(panel.getByText(`A ${group} uno`)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Aprobar' })).toBeVisible();
  await expectAccessible(page);
  await keyboard.press('ArrowDown');
  await expect(panel.getByText(`A ${group} dos`)).toBeVisible();
  await expect(row('dos')).toBeFocused();
  await expect(row('dos')).toHaveAttribute('aria-current', 'true');

  // The address says it all.
  await page.reload();
  await expect(panel.getByText(`A ${group} dos`)).toBeVisible();
  const link = page.url();
  await page.goBack();
  await expect(panel).toHaveCount(0);
  await page.goForward();
  await expect(panel.getByText(`A ${group} dos`)).toBeVisible();
  await keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(row('dos')).toBeFocused();
  await expect(page).not.toHaveURL(/peek=/);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: /^Retiro de/ })).toBeVisible();
  const bar = page.getByRole('navigation', { name: 'Accesos rápidos' });
  await expect(bar.getByRole('link', { name: /^Aprobaciones/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Aprobar' })).toBeInViewport();
  await page.goto(list);
  await page.getByRole('button', { name: 'Filtros' }).click();
  await page.getByRole('button', { name: 'Monto en MXN' }).click();
  await page.getByLabel('Monto exacto').fill('1');
  await page.getByRole('button', { name: 'Aplicar' }).click();
  await page.getByRole('button', { name: 'Ver la lista' }).click();
  await expect(page.getByRole('button', { name: 'Filtros (1)' })).toBeVisible();
  await expect(page.getByText('Ningún resultado con estos filtros')).toBeVisible();

  // Of several at once each is told: what a colleague decided meanwhile is refused, the other one is done.
  await asker.goto(list);
  await asker.getByRole('checkbox', { name: `Elegir ${group} uno` }).check();
  await asker.getByRole('checkbox', { name: `Elegir ${group} dos` }).check();
  await asker.getByRole('button', { name: 'Cancelar retiro (2)' }).click();
  const dialog = asker.getByRole('dialog');
  await dialog.getByLabel('Motivo, el mismo para todos').fill('Se pidieron dos veces');
  await declineWithdrawal(await actorOf(page), { withdrawalId: made[0]?.id ?? '', reason: 'No procede' });
  await dialog.getByRole('button', { name: 'Cancelar retiro (2)' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Se hizo con uno. Uno no se pudo:');
  await expect(dialog.getByRole('listitem')).toContainText(`${group} uno`);
  await expectAccessible(asker);
  await dialog.getByRole('button', { name: 'Cerrar' }).last().click();
  await expect(asker.getByText('Ningún resultado con estos filtros')).toBeVisible();
});
