import { expect, test } from '~/e2e/fixtures';
import { actorOf } from '~/e2e/given';
import { askStatement } from '~/lib/statements/ask';

test('the bell counts by itself what its reader is told, the list leads to it, and who chose no is told nothing', async ({
  pageAs,
  newOperator,
}) => {
  const page = await pageAs(await newOperator('auditor'));
  await page.goto('/');
  const actor = await actorOf(page);
  const bell = page.getByRole('link', { name: /^Notificaciones/ });
  await expect(bell).toHaveAccessibleName('Notificaciones');
  // Nothing happened so long ago: the answer comes at once, and it is that there is no statement.
  const ask = () =>
    askStatement(actor, {
      ...{ scope: 'all', from: '2024-01-01', to: '2024-01-31', timeZone: 'UTC' },
      ...{ format: 'xlsx', locale: 'es-MX' },
    });
  await ask();
  await expect(bell).toHaveAccessibleName('Notificaciones: 1 sin leer');
  await bell.click();
  const line = page.getByRole('listitem').filter({ hasText: 'Tu estado de cuenta no pudo generarse' });
  await expect(page.getByRole('region', { name: 'Hoy' }).getByRole('listitem')).toHaveCount(1);
  await line.getByRole('link').click();
  await expect(page).toHaveURL(/\/statements$/);
  await expect(bell).toHaveAccessibleName('Notificaciones');

  await ask();
  await page.goto('/notices');
  await expect(line).toHaveCount(2);
  await page.getByRole('button', { name: 'Marcar todas como leídas' }).click();
  await expect(page.getByText('Todo leído').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Marcar como leída' })).toHaveCount(0);

  await page.getByRole('link', { name: 'Elegir qué me llega' }).click();
  await page.getByLabel('Mis estados de cuenta').selectOption('No');
  await page.getByRole('button', { name: 'Guardar notificaciones' }).click();
  await expect(page.getByText('Notificaciones guardadas')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Mis estados de cuenta')).toHaveValue('off');
});
