import { Webhook } from 'standardwebhooks';
import { expect, expectAccessible, test, unique } from '~/e2e/fixtures';
import { startReceiver } from '~/lib/testing/receiver';

test('an admin sets up an endpoint, a test event arrives signed, and what was sent and answered can be read', async ({
  pageAs,
}) => {
  const receiver = await startReceiver();
  const admin = await pageAs('admin');
  const name = unique('Backend');
  await admin.goto('/settings/webhooks');
  await admin.getByLabel('Nombre').fill(name);
  await admin.getByLabel('Dirección').fill('https://10.0.0.7/eventos');
  await admin.getByLabel('Tipos de eventos').fill('withdrawal.*');
  await admin.getByRole('button', { name: 'Crear endpoint' }).click();
  await expect(admin.getByText('Esta dirección lleva a una red privada').first()).toBeVisible();
  await admin.getByLabel('Dirección').fill(receiver.url);
  await admin.getByRole('button', { name: 'Crear endpoint' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Copia el secreto ahora' });
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Cerrar' }).first().click();

  await admin.getByRole('link', { name }).click();
  await admin.getByRole('button', { name: 'Enviar evento de prueba' }).click();
  const delivery = admin.getByRole('row').filter({ hasText: 'webhook_endpoint.tested' });
  // Without a reload.
  await expect(delivery.getByText('Entregado')).toBeVisible();
  const [message] = receiver.received;
  expect(
    new Webhook(secret).verify(message?.text ?? '', message?.headers as Record<string, string>),
  ).toMatchObject({
    type: 'webhook_endpoint.tested',
  });
  await expectAccessible(admin);

  await delivery.getByRole('link', { name: 'webhook_endpoint.tested' }).click();
  await expect(admin.getByText('webhook-signature')).toBeVisible();
  await expect(admin.getByText('204')).toBeVisible();
  await admin.getByRole('button', { name: 'Reenviar' }).click();
  await expect.poll(() => receiver.received.length).toBe(2);
  expect(receiver.received[1]?.text).toBe(message?.text);
  await receiver.close();
});
