import { createHmac } from 'node:crypto';
import { expect, test } from '~/e2e/fixtures';
import { startReceiver } from '~/lib/testing/receiver';

test('an admin sets a webhook, sees its secret once, and a test alarm arrives there signed with it', async ({
  pageAs,
}) => {
  const receiver = await startReceiver();
  const page = await pageAs('admin');
  await page.goto('/settings/alarms');
  const address = page.getByLabel('Dirección');
  try {
    await address.fill('http://alarmas.example.mx/');
    await page.getByRole('button', { name: 'Guardar dirección' }).click();
    await expect(page.getByText('Usa https; http solo para esta misma máquina').first()).toBeVisible();

    await address.fill(receiver.url);
    await page.getByRole('button', { name: 'Guardar dirección' }).click();
    const shown = page.getByRole('status').filter({ hasText: 'solo se muestra esta vez' });
    const secret = (await shown.getByText(/^alarm_/).textContent()) ?? '';
    expect(secret.length).toBeGreaterThan(40);

    await page.getByRole('button', { name: 'Enviar alarma de prueba' }).click();
    const row = page
      .getByRole('table', { name: 'Últimos mensajes de alarmas' })
      .getByRole('row')
      .filter({ hasText: 'Prueba' })
      .first();
    await expect(row).toContainText('Entregado', { timeout: 20_000 });
    const told = receiver.received.find(({ json }) => json.event === 'test');
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(told?.headers['monedero-signature'])) ?? [];
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${told?.text}`).digest('hex'));

    await page.reload();
    await expect(address).toHaveValue(receiver.url);
    await expect(page.getByText(secret)).toHaveCount(0);
  } finally {
    await address.fill('');
    await page.getByRole('button', { name: 'Guardar dirección' }).click();
    await expect(page.getByRole('button', { name: 'Enviar alarma de prueba' })).toHaveCount(0);
    await receiver.close();
  }
});

test('who reads the settings sees the alarms and changes nothing', async ({ pageAs }) => {
  const page = await pageAs('auditor');
  await page.goto('/settings/alarms');
  await expect(page.getByRole('heading', { name: 'Alarmas', level: 2 })).toBeVisible();
  await expect(page.getByRole('button', { name: /Guardar|Enviar|Nuevo secreto/ })).toHaveCount(0);
});
