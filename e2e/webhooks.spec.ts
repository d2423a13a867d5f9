import { expect, type LocalFintoc, test } from '~/e2e/fixtures';
import { balance, fact, fundedWallet, movement } from '~/e2e/steps';

test('one event delivered twenty times at once, and out of order with others, posts once', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  await fundedWallet(page, '321.00');
  const [event] = await depositEvents(fintoc, 32_100, page.url());
  await fintoc.control(`/events/${event.id}/redeliver`, { times: 20 });
  await expect
    .poll(async () => {
      const deliveries = await fintoc.read(`/deliveries?event_id=${event.id}`);
      return deliveries.filter(({ status }: { status: string }) => status === 'succeeded').length;
    })
    .toBe(21);
  const detail = await page.context().newPage();
  await detail.goto(`/webhooks/${event.id}`);
  await expect(fact(detail, 'Entregas repetidas')).toHaveText('20 veces más');
  await page.reload();
  await expect(balance(page, 'Disponible')).toHaveText('321.00 MXN');
  await expect(movement(page, 'Depósito')).toHaveCount(1);
});

test('an event of a type that we do not know is kept and shown', async ({ pageAs, fintoc }) => {
  const page = await pageAs('operator');
  const id = `evt_${crypto.randomUUID()}`;
  expect(await fintoc.deliver(eventOf(id, 'invoice.stamped', { id: `inv_${id}`, object: 'invoice' }))).toBe(
    200,
  );
  await page.goto(`/webhooks?q=${id}`);
  const row = page.getByRole('row').filter({ hasText: 'invoice.stamped' });
  await expect(row).toContainText('Sin acción');
  await row.getByRole('link').click();
  await expect(page.getByText('Es de un tipo que no usamos. Se guarda por si hace falta.')).toBeVisible();
  await expect(page.getByText(`inv_${id}`).first()).toBeVisible();
});

test('a delivery with a bad signature is 401, one over 1 MiB is 413, and neither is kept', async ({
  pageAs,
  fintoc,
}) => {
  const id = `evt_${crypto.randomUUID()}`;
  const event = eventOf(id, 'transfer.inbound.succeeded', { id: `tr_${id}`, object: 'transfer' });
  expect(await fintoc.deliver(event, `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`)).toBe(401);
  expect(await fintoc.deliver(event, '')).toBe(401);
  expect(await fintoc.deliver({ ...event, padding: 'x'.repeat(1024 * 1024) })).toBe(413);
  const page = await pageAs('operator');
  await page.goto(`/webhooks?q=${id}`);
  await expect(page.getByText('Ningún resultado con estos filtros')).toBeVisible();
});

test('an event that contradicts the books is a dead letter that says why, and its replay moves nothing', async ({
  pageAs,
  fintoc,
}) => {
  const page = await pageAs('operator');
  const wallet = await fundedWallet(page, '98.70');
  const [{ data }] = await depositEvents(fintoc, 9_870, wallet.url);
  const id = `evt_${crypto.randomUUID()}`;
  const contradiction = eventOf(id, 'transfer.inbound.rejected', { ...data, status: 'rejected' });
  expect(await fintoc.deliver(contradiction)).toBe(200);

  await page.goto(`/webhooks/dead?q=${id}`);
  const row = page.getByRole('row').filter({ hasText: 'transfer.inbound.rejected' });
  await expect(row).toContainText(
    'Fintoc dice ahora «rejected», pero la transferencia ya había terminado como «succeeded»',
  );
  await row.getByRole('link').click();
  await page.getByRole('button', { name: 'Reprocesar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reprocesar evento' }).click();
  await expect(page.getByText('El evento volvió a la cola')).toBeVisible();
  await expect(page.getByText('Se detuvo y nada se registró')).toBeVisible();
  await expect(page.getByText('No ha registrado nada.')).toBeVisible();
  await page.goto(wallet.url);
  await expect(balance(page, 'Disponible')).toHaveText('98.70 MXN');
  await expect(movement(page, 'Depósito')).toHaveCount(1);

  const auditor = await pageAs('auditor');
  await auditor.goto(`/audit?q=${id}`);
  await expect(auditor.getByRole('row').filter({ hasText: 'Óscar Operador' })).toHaveCount(1);
});

function eventOf(id: string, type: string, data: object) {
  return { id, object: 'event', type, mode: 'test', created_at: new Date().toISOString(), data };
}

/** What Fintoc told of the deposit to this wallet, whose CLABE carries the wallet's id. */
async function depositEvents(fintoc: LocalFintoc, amount: number, walletUrl: string) {
  const events = await fintoc.read('/events?type=transfer.inbound.succeeded');
  return events.filter(
    ({ data }: { data: { amount: number; account_number: { metadata: { wallet_id?: string } } } }) =>
      data.amount === amount && data.account_number.metadata.wallet_id === walletUrl.split('/').at(-1),
  );
}
